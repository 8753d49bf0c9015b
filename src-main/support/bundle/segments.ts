import { setImmediate } from 'node:timers/promises'
import {
  TRACE_KINDS,
  type TraceEntry,
  type TraceFilter,
  type TraceKind,
} from '../../../src-contract/inspector'
import type { InspectorSource } from '../../inspector/source'
import { segmentName, type SegmentIndex, WRITE_LIMITS } from './format'
import { redactValue } from './masks'

const LETTERS: Readonly<Record<TraceKind, string>> = {
  event: 'e',
  iq: 'i',
  presence: 'p',
  stream: 's',
  ping: 'g',
  upgrade: 'u',
  rest: 'r',
  stage: 't',
  note: 'n',
}
const KINDS: ReadonlyMap<string, TraceKind> = new Map(TRACE_KINDS.map((kind) => [LETTERS[kind], kind]))

const letterOf = ({ kind, failed }: TraceEntry): string =>
  failed ? LETTERS[kind].toUpperCase() : LETTERS[kind]

/** What a letter of an index says; kinds of a later version read as notes, as in the entry itself. */
export const readLetter = (letter: string): { readonly kind: TraceKind; readonly failed: boolean } => {
  const lower = letter.toLowerCase()
  return { kind: KINDS.get(lower) ?? 'note', failed: letter !== lower }
}

export interface Segment {
  readonly index: SegmentIndex
  /** One entry per line, oldest first. */
  readonly text: string
  /** Of the entries, in the sense of `TraceRow.bytes`. */
  readonly entryBytes: number
}

const EVERYTHING: TraceFilter = { kinds: [], text: '', failedOnly: false }
const PAGE = 500
/** Characters masked in one go: a few milliseconds of the main loop. */
const BREATH = 200_000

const cutTo = (entry: TraceEntry, max: number): TraceEntry =>
  entry.text.length <= max ? entry : { ...entry, text: entry.text.slice(0, max) }

/** Entries from the newest to the oldest. Those that leave the ring meanwhile are missed. */
async function* newestFirst(source: InspectorSource): AsyncGenerator<TraceEntry> {
  let { end } = await source.tracePage(EVERYTHING, null, 1)
  let below = Infinity
  while (true) {
    const from = Math.max(0, end - PAGE)
    const page = await source.tracePage(EVERYTHING, from, end - from)
    for (const row of [...page.rows].reverse()) {
      // A page begins later than asked when the oldest left meanwhile, and then reaches into the one before.
      if (row.seq >= below) continue
      below = row.seq
      const entry = await source.traceEntry(row.seq)
      if (entry !== null) yield entry
    }
    if (page.from <= page.first || page.rows.length === 0) return
    end = page.from
  }
}

/** The trace in pieces, the newest first, every text redacted. */
export async function* traceSegments(
  source: InspectorSource,
  redact: (text: string) => string,
): AsyncGenerator<Segment> {
  let lines: string[] = []
  let entries: TraceEntry[] = []
  let characters = 0
  let sinceBreath = 0
  const close = (): Segment | null => {
    const newest = entries[0]
    const oldest = entries.at(-1)
    if (newest === undefined || oldest === undefined) return null
    const segment: Segment = {
      index: {
        name: segmentName(oldest.seq),
        firstSeq: oldest.seq,
        lastSeq: newest.seq,
        kinds: entries.map(letterOf).reverse().join(''),
      },
      text: lines.reverse().join(''),
      entryBytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    }
    lines = []
    entries = []
    characters = 0
    return segment
  }
  for await (const entry of newestFirst(source)) {
    const line = `${JSON.stringify(redactValue(cutTo(entry, WRITE_LIMITS.entryText), redact))}\n`
    if (characters + line.length > WRITE_LIMITS.segment || entries.length >= WRITE_LIMITS.segmentEntries) {
      const segment = close()
      if (segment !== null) yield segment
    }
    lines.push(line)
    // Without its text, which may be large.
    entries.push({ ...entry, text: '' })
    characters += line.length
    sinceBreath += line.length
    if (sinceBreath > BREATH) {
      sinceBreath = 0
      await setImmediate()
    }
  }
  const last = close()
  if (last !== null) yield last
}
