import type { TraceEntry, TraceFilter, TracePage, TraceRow, TraceState } from '../../src-contract/inspector'
import { prettyText } from './pretty'
import type { Ring, RingEntry } from './ring'
import type { EntryFacts } from './ringIndex'
import { createFilteredList, filterKey, isUnfiltered, type FilteredList } from './traceFilter'

/** Everything is masked already when it comes here. */
export interface Trace {
  add(entry: Omit<EntryFacts, 'bytes'>, line: string, text: string): void
  setPaused(paused: boolean, at: number): void
  setPlain(plain: boolean, at: number): void
  state(): TraceState
  page(filter: TraceFilter, from: number | null, count: number): Promise<TracePage>
  entry(seq: number): Promise<TraceEntry | null>
  /** As captured, not laid out, at most `count` from `seq` on: for bundles. */
  raw(seq: number, count: number): Promise<readonly TraceEntry[]>
}

interface Options {
  readonly ring: Ring
  readonly breathe: () => Promise<void>
}

/** Filters that are kept up to date: two windows, or one that goes back and forth. */
const KEPT_FILTERS = 2

const rowOf = (seq: number, { facts, line }: RingEntry): TraceRow => ({ seq, ...facts, line })

export const createTrace = ({ ring, breathe }: Options): Trace => {
  let paused = false
  let plain = false
  let filters: readonly FilteredList[] = []

  const add: Trace['add'] = (entry, line, text) => {
    if (!paused) ring.append({ ...entry, bytes: Buffer.byteLength(text) }, line, text)
  }
  const note = (line: string, at: number): void => {
    ring.append({ at, kind: 'note', direction: 'none', server: '', failed: false, bytes: 0 }, line, '')
  }

  const rows = async (seqs: readonly number[]): Promise<readonly TraceRow[]> => {
    const all: TraceRow[] = []
    for (const seq of seqs) {
      const entry = await ring.read(seq)
      if (entry !== null) all.push(rowOf(seq, entry))
    }
    return all
  }

  const everything = async (from: number | null, count: number): Promise<TracePage> => {
    const end = ring.next()
    const start = Math.max(ring.first(), from ?? end - count)
    const length = Math.max(0, Math.min(end - start, count))
    const found = await rows(Array.from({ length }, (_, index) => start + index))
    return { first: ring.first(), end, from: found[0]?.seq ?? start, rows: found }
  }

  const listOf = (filter: TraceFilter): FilteredList => {
    const key = filterKey(filter)
    const known = filters.find((list) => list.key === key)
    const list =
      known ??
      createFilteredList({
        ring,
        filter,
        breathe,
        isWanted: () => filters.some((kept) => kept.key === key),
      })
    filters = [list, ...filters.filter((kept) => kept !== list)].slice(0, KEPT_FILTERS)
    return list
  }

  return {
    add,
    setPaused: (next, at) => {
      if (paused === next) return
      paused = next
      note(next ? 'paused' : 'resumed', at)
    },
    setPlain: (next, at) => {
      if (plain === next) return
      plain = next
      note(next ? 'plain' : 'masked', at)
    },
    state: () => ({
      first: ring.first(),
      next: ring.next(),
      bytes: ring.bytes(),
      maxBytes: ring.maxBytes,
      paused,
      plain,
    }),
    page: async (filter, from, count) => {
      if (isUnfiltered(filter)) return everything(from, count)
      const list = listOf(filter)
      await list.update()
      const first = list.first()
      const end = list.end()
      const start = Math.max(first, from ?? end - count)
      const found = await rows(list.at(start, count))
      return { first, end, from: start, rows: found }
    },
    entry: async (seq) => {
      const entry = await ring.read(seq)
      if (entry === null) return null
      return { ...rowOf(seq, entry), text: await prettyText(entry.text) }
    },
    raw: async (seq, count) => {
      const all: TraceEntry[] = []
      const start = Math.max(seq, ring.first())
      for (let at = start; at < Math.min(start + count, ring.next()); at += 1) {
        const entry = await ring.read(at)
        if (entry !== null) all.push({ ...rowOf(at, entry), text: entry.text })
      }
      return all
    },
  }
}
