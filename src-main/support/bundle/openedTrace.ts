import { setImmediate } from 'node:timers/promises'
import type { TraceEntry, TraceFilter, TracePage, TraceRow } from '../../../src-contract/inspector'
import type { InspectorSource } from '../../inspector/source'
import { prettyText } from '../../inspector/pretty'
import { filterKey, isUnfiltered } from '../../inspector/traceFilter'
import { parseJson } from './boundedJson'
import { WRITE_LIMITS, type SegmentIndex } from './format'
import { readLetter } from './segments'
import { traceEntryShape } from './shapes'

type TraceSource = Pick<InspectorSource, 'tracePage' | 'traceEntry'>

/** The text of a segment, checked against the manifest; null when it cannot be read. */
export type ReadSegment = (name: string) => Promise<string | null>

const CACHED_SEGMENTS = 8
const CACHED_FILTERS = 4
/** Characters of a line, as in the living trace: a page of longer ones would hold up the window. */
const MOST_LINE = 1_000

/** Keeps the `most` newest answers; a question that is under way is not asked twice, and learns when it is forgotten. */
const remember = <T>(
  most: number,
  ask: (key: string, isWanted: () => boolean) => Promise<T>,
): ((key: string) => Promise<T>) => {
  const known = new Map<string, Promise<T>>()
  return (key) => {
    const found = known.get(key) ?? ask(key, () => known.has(key))
    known.delete(key)
    known.set(key, found)
    for (const oldest of known.keys()) {
      if (known.size <= most) break
      known.delete(oldest)
    }
    return found
  }
}

const lineOf = (text: string): string => JSON.stringify(text).slice(1, -1).toLowerCase()

const rowOf = ({ seq, at, direction, kind, server, line, bytes, failed }: TraceEntry): TraceRow => ({
  seq,
  at,
  direction,
  kind,
  server: server.slice(0, MOST_LINE),
  line: line.slice(0, MOST_LINE),
  bytes,
  failed,
})

/** In the place of an entry of a segment that cannot be read, so that the others keep their places. */
const lost = (segment: SegmentIndex, at: number): TraceEntry => ({
  seq: segment.firstSeq + at,
  at: 0,
  direction: 'none',
  ...readLetter(segment.kinds[at] ?? 'n'),
  server: '',
  line: `${segment.name} damaged`,
  bytes: 0,
  text: '',
})

const isInOrder = (entries: readonly TraceEntry[], { firstSeq, lastSeq }: SegmentIndex): boolean =>
  entries[0]?.seq === firstSeq &&
  entries.at(-1)?.seq === lastSeq &&
  entries.every((entry, at) => at === 0 || entry.seq > (entries[at - 1]?.seq ?? 0))

const entriesIn = (text: string | null, segment: SegmentIndex): readonly TraceEntry[] => {
  const lines = text === null ? [] : text.split('\n', segment.kinds.length + 2).filter((line) => line !== '')
  if (lines.length === segment.kinds.length) {
    const entries: TraceEntry[] = []
    for (const line of lines) {
      const checked = traceEntryShape.safeParse(parseJson(line))
      if (!checked.success) break
      entries.push(checked.data)
    }
    if (entries.length === lines.length && isInOrder(entries, segment)) return entries
  }
  return Array.from(segment.kinds, (_, at) => lost(segment, at))
}

const matchesText = (line: string, inLine: string, text: string): boolean => {
  // Most lines are told apart without being parsed.
  if (!line.toLowerCase().includes(inLine)) return false
  const entry = traceEntryShape.safeParse(parseJson(line))
  return (
    entry.success &&
    (entry.data.text.toLowerCase().includes(text) || entry.data.line.toLowerCase().includes(text))
  )
}

/**
 * The trace of an opened bundle. What can be told from the index is; segments are inflated when their entries are asked
 * for, and all of them, one after the other, when a text is looked for.
 */
export const createOpenedTrace = (segments: readonly SegmentIndex[], read: ReadSegment): TraceSource => {
  const named = new Map(segments.map((segment) => [segment.name, segment]))
  /** Position of each segment's first entry in the whole trace, and the end. */
  const starts = [0]
  for (const { kinds } of segments) starts.push((starts.at(-1) ?? 0) + kinds.length)
  const end = starts.at(-1) ?? 0

  const load = remember(CACHED_SEGMENTS, async (name): Promise<readonly TraceEntry[]> => {
    const segment = named.get(name)
    return segment === undefined ? [] : entriesIn(await read(name), segment)
  })

  const segmentAt = (position: number): number => {
    let low = 0
    let high = segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= position) low = middle
      else high = middle - 1
    }
    return low
  }

  const search = async (key: string, isWanted: () => boolean): Promise<Uint32Array> => {
    const [kinds, text, failedOnly] = JSON.parse(key) as [TraceFilter['kinds'], string, boolean]
    const wanted: ReadonlySet<string> = new Set(kinds)
    const inLine = lineOf(text)
    const found: number[] = []
    for (const [at, segment] of segments.entries()) {
      const start = starts[at] ?? 0
      const candidates: number[] = []
      for (let index = 0; index < segment.kinds.length; index += 1) {
        const { kind, failed } = readLetter(segment.kinds[index] ?? 'n')
        if ((wanted.size === 0 || wanted.has(kind)) && (failed || !failedOnly)) candidates.push(index)
      }
      if (text === '') for (const index of candidates) found.push(start + index)
      else if (candidates.length > 0) {
        const whole = (await read(segment.name)) ?? ''
        // Mostly it is nowhere in the segment, which is quickly seen.
        const lines = whole.toLowerCase().includes(inLine) ? whole.split('\n') : []
        for (const index of candidates)
          if (matchesText(lines[index] ?? '', inLine, text)) found.push(start + index)
        await setImmediate()
        // Somebody types: of each letter's search only the last ones are brought to their end.
        if (!isWanted()) break
      }
    }
    return Uint32Array.from(found)
  }
  const searched = remember(CACHED_FILTERS, search)

  const entryAt = async (position: number): Promise<TraceEntry | undefined> => {
    const at = segmentAt(position)
    const segment = segments[at]
    return segment === undefined ? undefined : (await load(segment.name))[position - (starts[at] ?? 0)]
  }

  return {
    tracePage: async (filter, from, count): Promise<TracePage> => {
      const found = isUnfiltered(filter) ? null : await searched(filterKey(filter))
      const size = found?.length ?? end
      const start = Math.min(Math.max(0, from ?? size - count), size)
      const rows: TraceRow[] = []
      for (let at = start; at < Math.min(size, start + count); at += 1) {
        const entry = await entryAt(found?.[at] ?? at)
        if (entry !== undefined) rows.push(rowOf(entry))
      }
      return { first: 0, end: size, from: start, rows }
    },
    traceEntry: async (seq) => {
      const segment = segments.find((one) => seq >= one.firstSeq && seq <= one.lastSeq)
      if (segment === undefined) return null
      const entry = (await load(segment.name)).find((one) => one.seq === seq)
      if (entry === undefined) return null
      return { ...rowOf(entry), text: await prettyText(entry.text.slice(0, WRITE_LIMITS.entryText)) }
    },
  }
}
