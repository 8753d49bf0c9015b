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

type Compare = (a: Member, b: Member) => number

const compareIds: Compare = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Longest in the state first; unknown times last. */
const byTime: Compare = (a, b) =>
  (a.since ?? Number.MAX_SAFE_INTEGER) - (b.since ?? Number.MAX_SAFE_INTEGER) || compareIds(a, b)

const place = (sorted: readonly Member[], member: Member, compare: Compare): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const there = sorted[middle]
    if (there && compare(there, member) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Few changes: take the changed ones out, put each back where it belongs. Many: sort anew. */
const resort = (
  sorted: readonly Member[],
  members: ReadonlyMap<string, Member>,
  dirty: ReadonlySet<string>,
  compare: Compare,
): readonly Member[] => {
  if (dirty.size > members.size / 8) return [...members.values()].sort(compare)
  const kept = sorted.filter((member) => !dirty.has(member.id))
  const moved = [...dirty].flatMap((id) => members.get(id) ?? []).sort(compare)
  const result: Member[] = []
  let from = 0
  for (const member of moved) {
    const to = place(kept, member, compare)
    for (let index = from; index < to; index++) result.push(kept[index] as Member)
    result.push(member)
    from = to
  }
  for (let index = from; index < kept.length; index++) result.push(kept[index] as Member)
  return result
}

/** Keeps thousands of members in order at a cost that follows the changes, not the size of the team. */
export const createRosterOrder = (locale: string) => {
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true })
  const byName: Compare = (a, b) => collator.compare(a.name, b.name) || compareIds(a, b)
  const hays = new WeakMap<Member, string>()
  const rowOf = new WeakMap<Member, RosterRow>()
  let sorted: readonly Member[] = []
  let sortedBy: RosterSort | null = null

  const hayOf = (member: Member): string => {
    const known = hays.get(member)
    if (known !== undefined) return known
    const hay = fold(`${member.name} ${member.extension ?? ''} ${member.id} ${member.reason?.label ?? ''}`)
    hays.set(member, hay)
    return hay
  }
  const asRow = (member: Member): RosterRow => {
    const known = rowOf.get(member)
    if (known) return known
    const row: RosterRow = { kind: 'member', member }
    rowOf.set(member, row)
    return row
  }

  return (
    members: ReadonlyMap<string, Member>,
    dirty: 'all' | ReadonlySet<string>,
    view: RosterView,
  ): RosterRows => {
    const compare = view.sort === 'name' ? byName : byTime
    if (dirty === 'all' || sortedBy !== view.sort) sorted = [...members.values()].sort(compare)
    else if (dirty.size > 0) sorted = resort(sorted, members, dirty, compare)
    sortedBy = view.sort

    const words = fold(view.text).split(/\s+/).filter(Boolean)
    const groups = new Map<Look, RosterRow[]>()
    const flat: RosterRow[] = []
    for (const member of sorted) {
      if (words.length > 0 && !words.every((word) => hayOf(member).includes(word))) continue
      const group = groups.get(member.look)
      if (group) group.push(asRow(member))
      else groups.set(member.look, [asRow(member)])
      if (!view.grouped && (view.look === null || view.look === member.look)) flat.push(asRow(member))
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
