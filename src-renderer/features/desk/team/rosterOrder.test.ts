import { describe, expect, it } from 'vitest'
import type { Look, Member } from '../../../../src-contract/model'
import { createRosterOrder, type RosterRows, type RosterView } from './rosterOrder'

const member = (id: string, name: string, look: Look = 'ready', since: number | null = 0): Member => ({
  id,
  name,
  look,
  since,
  extension: `2${id}`,
  state: look,
  reason: null,
})
const team = (...members: Member[]) => new Map(members.map((one) => [one.id, one]))
const view: RosterView = { sort: 'name', grouped: false, text: '', look: null }
const names = ({ rows }: RosterRows) =>
  rows.map((row) => (row.kind === 'group' ? `${row.look} ${row.count}` : row.member.name))

describe('roster order', () => {
  it('sorts by name the way the language does', () => {
    const order = createRosterOrder('nl')
    const members = team(
      member('1', 'Zoë'),
      member('2', 'Émile'),
      member('3', 'anna'),
      member('4', 'Agent 10'),
      member('5', 'Agent 9'),
    )
    expect(names(order(members, 'all', view))).toEqual(['Agent 9', 'Agent 10', 'anna', 'Émile', 'Zoë'])
  })

  it('sorts by time in state, longest first, unknown last', () => {
    const order = createRosterOrder('en')
    const members = team(
      member('1', 'a', 'ready', 30),
      member('2', 'b', 'ready', null),
      member('3', 'c', 'ready', 10),
    )
    expect(names(order(members, 'all', { ...view, sort: 'time' }))).toEqual(['c', 'a', 'b'])
  })

  it('groups by state in a fixed order, with counts, and filters to one state', () => {
    const order = createRosterOrder('en')
    const members = team(
      member('1', 'a', 'signedOut'),
      member('2', 'b', 'call'),
      member('3', 'c', 'ready'),
      member('4', 'd', 'call'),
    )
    expect(names(order(members, 'all', { ...view, grouped: true }))).toEqual([
      'ready 1',
      'c',
      'call 2',
      'b',
      'd',
      'signedOut 1',
      'a',
    ])
    const calls = order(members, new Set(), { ...view, look: 'call' })
    expect([names(calls), calls.shown, calls.counts.get('ready')]).toEqual([['b', 'd'], 2, 1])
  })

  it('finds by any words of name, extension or id', () => {
    const order = createRosterOrder('en')
    const members = team(member('1', 'Lea Brandt'), member('2', 'Léa Moller'))
    expect(names(order(members, 'all', { ...view, text: 'lea 22' }))).toEqual(['Léa Moller'])
  })

  it('keeps the order right through thousands of random small changes', () => {
    let seed = 7
    const random = (n: number) => (seed = (seed * 48_271) % 2_147_483_647) % n
    for (const sort of ['name', 'time'] as const) {
      const order = createRosterOrder('en')
      const members = new Map<string, Member>()
      for (let id = 0; id < 300; id++)
        members.set(`${id}`, member(`${id}`, `N${random(100)}`, 'ready', random(1000)))
      order(members, 'all', { ...view, sort })
      for (let round = 0; round < 200; round++) {
        const dirty = new Set<string>()
        for (let n = random(20); n >= 0; n--) {
          const id = `${random(320)}`
          dirty.add(id)
          if (random(6) === 0) members.delete(id)
          else members.set(id, member(id, `N${random(100)}`, 'call', random(1000)))
        }
        const fresh = createRosterOrder('en')(members, 'all', { ...view, sort })
        expect(names(order(members, dirty, { ...view, sort }))).toEqual(names(fresh))
      }
    }
  })
})
