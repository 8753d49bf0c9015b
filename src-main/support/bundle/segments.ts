import { setImmediate } from 'node:timers/promises'
import { TRACE_KINDS, type TraceEntry, type TraceKind } from '../../../src-contract/inspector'
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

/** The trace as it was captured. */
export interface RawTrace {
  /** Lowest and next sequence number. */
  readonly first: number
  readonly next: number
  /** Of `count` numbers from `seq` on, those that are still there, oldest first. */
  read(seq: number, count: number): Promise<readonly TraceEntry[]>
}

const PAGE = 500
/** Characters masked in one go: a few milliseconds of the main loop. */
const BREATH = 200_000

/** Redacted before it is cut: half a secret would not be found any more. */
const lineOf = (entry: TraceEntry, redact: (text: string) => string): string => {
  const text = redact(entry.text).slice(0, WRITE_LIMITS.entryText)
  const rest = redactValue({ ...entry, text: '' }, redact) as object
  return `${JSON.stringify({ ...rest, text })}\n`
}

/** Entries from the newest to the oldest. Those that leave the ring meanwhile are missed. */
export async function* newestFirst({ first, next, read }: RawTrace): AsyncGenerator<TraceEntry> {
  let below = next
  while (below > first) {
    const from = Math.max(first, below - PAGE)
    const entries = await read(from, below - from)
    // What left meanwhile is not made up for by newer ones.
    yield* entries.filter(({ seq }) => seq < below).reverse()
    if (entries.length === 0) return
    below = from
  }
}

/** The trace in pieces, the newest first, every text redacted. */
export async function* traceSegments(
  trace: RawTrace,
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
  for await (const entry of newestFirst(trace)) {
    const line = lineOf(entry, redact)
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
