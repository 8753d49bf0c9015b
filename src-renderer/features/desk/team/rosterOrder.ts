import type { Look, Member } from '../../../../src-contract/model'
import { fold } from '../state/stateOptions'

export type RosterSort = 'name' | 'time'

export interface RosterView {
  readonly sort: RosterSort
  readonly grouped: boolean
  /** What was typed into the search field. */
  readonly text: string
  /** Only this state. */
  readonly look: Look | null
}

export type RosterRow =
  | { readonly kind: 'group'; readonly look: Look; readonly count: number }
  | { readonly kind: 'member'; readonly member: Member }

export interface RosterRows {
  readonly rows: readonly RosterRow[]
  /** Members shown. */
  readonly shown: number
  readonly total: number
  /** Members that match the text, per state, whatever state is chosen. */
  readonly counts: ReadonlyMap<Look, number>
}

/** The order of the groups: who can help first, who is gone last. */
export const LOOK_ORDER: readonly Look[] = [
  'ready',
  'reserved',
  'call',
  'hold',
  'wrapUp',
  'notReady',
  'lost',
  'unknown',
  'signedOut',
]

/** What is worked out once per member as it is now; a change makes a new member and a new entry. */
interface Entry {
  readonly member: Member
  readonly row: RosterRow
  /** What the search looks into; made when first needed. */
  hay: string | null
  /** The text last looked for, and whether it was found. */
  text: string
  found: boolean
}

type Compare = (a: Member, b: Member) => number

const compareIds: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Longest in the state first; unknown times last. */
const byTime: Compare = (a, b) =>
  (a.since ?? Number.MAX_SAFE_INTEGER) - (b.since ?? Number.MAX_SAFE_INTEGER) || compareIds(a, b)

const place = (sorted: readonly Entry[], member: Member, compare: Compare): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const there = sorted[middle]
    if (there && compare(there.member, member) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

const entryOf = (member: Member): Entry => ({
  member,
  row: { kind: 'member', member },
  hay: null,
  text: '',
  found: true,
})

const sortAll = (members: ReadonlyMap<string, Member>, compare: Compare): readonly Entry[] =>
  [...members.values()].sort(compare).map(entryOf)

/** Few changes: take the changed ones out, put each back where it belongs. Many: sort anew. */
const resort = (
  sorted: readonly Entry[],
  members: ReadonlyMap<string, Member>,
  dirty: ReadonlySet<string>,
  compare: Compare,
): readonly Entry[] => {
  if (dirty.size > members.size / 8) return sortAll(members, compare)
  const kept = sorted.filter(({ member }) => !dirty.has(member.id))
  const moved = [...dirty].flatMap((id) => members.get(id) ?? []).sort(compare)
  const result: Entry[] = []
  let from = 0
  for (const member of moved) {
    const to = place(kept, member, compare)
    for (let index = from; index < to; index++) result.push(kept[index] as Entry)
    result.push(entryOf(member))
    from = to
  }
  for (let index = from; index < kept.length; index++) result.push(kept[index] as Entry)
  return result
}

/** The same question is asked of every member in every frame: its answer is kept. */
const matches = (entry: Entry, text: string, words: readonly string[]): boolean => {
  if (entry.text === text) return entry.found
  const { name, extension, id, reason } = entry.member
  entry.hay ??= fold(`${name} ${extension ?? ''} ${id} ${reason?.label ?? ''}`)
  const { hay } = entry
  entry.text = text
  entry.found = words.every((word) => hay.includes(word))
  return entry.found
}

/** Keeps thousands of members in order at a cost that follows the changes, not the size of the team. */
export const createRosterOrder = (locale: string) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true })
  const byName: Compare = (a, b) => collator.compare(a.name, b.name) || compareIds(a, b)
  let sorted: readonly Entry[] = []
  let sortedBy: RosterSort | null = null

  return (
    members: ReadonlyMap<string, Member>,
    dirty: 'all' | ReadonlySet<string>,
    view: RosterView,
  ): RosterRows => {
    const compare = view.sort === 'name' ? byName : byTime
    if (dirty === 'all' || sortedBy !== view.sort) sorted = sortAll(members, compare)
    else if (dirty.size > 0) sorted = resort(sorted, members, dirty, compare)
    sortedBy = view.sort

    const text = fold(view.text).trim()
    const words = text.split(/\s+/).filter(Boolean)
    const groups = new Map<Look, RosterRow[]>()
    const flat: RosterRow[] = []
    for (const entry of sorted) {
      if (!matches(entry, text, words)) continue
      const { look } = entry.member
      const group = groups.get(look)
      if (group) group.push(entry.row)
      else groups.set(look, [entry.row])
      if (!view.grouped && (view.look === null || view.look === look)) flat.push(entry.row)
    }
    const looks = LOOK_ORDER.filter((look) => groups.has(look))
    const counts = new Map(looks.map((look) => [look, groups.get(look)?.length ?? 0]))
    const chosen = looks.filter((look) => view.look === null || view.look === look)
    const rows = view.grouped
      ? chosen.flatMap((look): RosterRow[] => {
          const group = groups.get(look) ?? []
          return [{ kind: 'group', look, count: group.length }, ...group]
        })
      : flat
    const shown = chosen.reduce((sum, look) => sum + (counts.get(look) ?? 0), 0)
    return { rows, shown, total: members.size, counts }
  }
}
