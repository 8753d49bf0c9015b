import type { TraceFilter } from '../../src-contract/inspector'
import type { Ring } from './ring'
import { kindMask, type EntryPlace } from './ringIndex'

/** Positions in a filtered list and the entries they stand for; grows with the trace, loses the oldest with it. */
export interface FilteredList {
  readonly key: string
  /** Brings it up to date. False: given up because another filter is asked for now. */
  update(): Promise<boolean>
  /** Lowest position and one past the highest. */
  first(): number
  end(): number
  /** Sequence numbers from this position on. */
  at(position: number, count: number): readonly number[]
}

export const filterKey = (filter: TraceFilter): string =>
  JSON.stringify([[...filter.kinds].sort(), filter.text.toLowerCase(), filter.failedOnly])

export const isUnfiltered = (filter: TraceFilter): boolean =>
  filter.kinds.length === 0 && filter.text === '' && !filter.failedOnly

const ASCII = /^[\0-\x7f]*$/

interface Options {
  readonly ring: Ring
  readonly filter: TraceFilter
  /** Lets other work run. */
  readonly breathe: () => Promise<void>
  readonly isWanted: () => boolean
}

/** How many entries may be looked at by their index alone before other work is let in. */
const CHUNK = 50_000

export const createFilteredList = ({ ring, filter, breathe, isWanted }: Options): FilteredList => {
  const kinds = kindMask(filter.kinds)
  const needle = filter.text.toLowerCase()
  // Off the heap, like the trace: a filter may match everything.
  let found = new Float64Array(1_024)
  /** Matches in `found`, the first of which stands at position `dropped`. */
  let start = 0
  let size = 0
  let dropped = 0
  let scanned = 0
  let running: Promise<boolean> | null = null

  const push = (seq: number): void => {
    if (start + size === found.length) {
      const room = size * 2 > found.length ? new Float64Array(found.length * 2) : found
      room.set(found.subarray(start, start + size))
      found = room
      start = 0
    }
    found[start + size] = seq
    size += 1
  }
  const forgetGone = (): void => {
    const first = ring.first()
    while (size > 0 && (found[start] ?? 0) < first) {
      start += 1
      size -= 1
      dropped += 1
    }
  }

  const textMatches = (raw: Buffer, { offset, line, text }: EntryPlace): boolean =>
    raw
      .toString('utf8', offset, offset + line + text)
      .toLowerCase()
      .includes(needle)

  const scanSlab = async (from: number, end: number, slab: number): Promise<number> => {
    const raw = await ring.slabBytes(slab)
    const index = ring.index()
    if (raw === null || index === null) return Math.max(end, ring.first())
    // One byte, one character: offsets stay. Only letters of ASCII change with their case.
    const lower = ASCII.test(needle) ? raw.toString('latin1').toLowerCase() : null
    let next = lower === null ? 0 : lower.indexOf(needle)
    for (let seq = Math.max(from, ring.first()); seq < end; seq += 1) {
      if (!index.matches(seq, kinds, filter.failedOnly)) continue
      if (lower === null) {
        if (textMatches(raw, index.place(seq))) push(seq)
        continue
      }
      const { offset, line, text } = index.place(seq)
      if (next >= 0 && next < offset) next = lower.indexOf(needle, offset)
      if (next < 0) break
      if (next + needle.length <= offset + line + text) push(seq)
    }
    return end
  }

  const scan = async (): Promise<boolean> => {
    // What comes meanwhile is for the next time: at a thousand events a second it would never end.
    const goal = ring.next()
    while (scanned < goal) {
      if (!isWanted()) return false
      scanned = Math.max(scanned, ring.first())
      const index = ring.index()
      const span = ring.span(scanned)
      if (index === null || span === null) break
      if (needle === '') {
        const end = Math.min(goal, scanned + CHUNK)
        for (; scanned < end; scanned += 1)
          if (index.matches(scanned, kinds, filter.failedOnly)) push(scanned)
        if (scanned < goal) await breathe()
      } else {
        scanned = await scanSlab(scanned, span.end, span.slab)
        await breathe()
      }
    }
    forgetGone()
    return true
  }

  return {
    key: filterKey(filter),
    update: () => {
      running ??= scan().finally(() => {
        running = null
      })
      return running
    },
    first: () => dropped,
    end: () => dropped + size,
    at: (position, count) => {
      const from = start + Math.max(0, position - dropped)
      return [...found.subarray(from, Math.min(start + size, from + count))]
    },
  }
}
