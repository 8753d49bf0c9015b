import { TRACE_KINDS, type TraceKind } from '../../src-contract/inspector'

export type TraceDirection = 'sent' | 'received' | 'none'

/** What is known of an entry without its text. */
export interface EntryFacts {
  readonly at: number
  readonly kind: TraceKind
  readonly direction: TraceDirection
  /** host:port */
  readonly server: string
  readonly failed: boolean
  /** Of the text as it came, bytes. */
  readonly bytes: number
}

/** Where an entry's line and text lie: `line` bytes, then `text` bytes, from `offset` of slab `slab`. */
export interface EntryPlace {
  readonly slab: number
  readonly offset: number
  readonly line: number
  readonly text: number
}

const DIRECTIONS: readonly TraceDirection[] = ['none', 'sent', 'received']
const FAILED = 4
const CUT = 8
/** at 8, slab 4, offset 4, text 4, bytes 4, line 2, server 2, kind 1, flags 1 */
export const BYTES_PER_ENTRY = 30
const MOST_SERVERS = 1_000

export interface RingIndex {
  readonly bytes: number
  add(seq: number, facts: EntryFacts, place: EntryPlace, cut: boolean): void
  facts(seq: number): EntryFacts
  place(seq: number): EntryPlace
  isCut(seq: number): boolean
  /** Without making an object. */
  matches(seq: number, kinds: number, failedOnly: boolean): boolean
}

/** A bit per kind; all for none asked. */
export const kindMask = (kinds: readonly TraceKind[]): number =>
  kinds.length === 0 ? -1 : kinds.reduce((mask, kind) => mask | (1 << TRACE_KINDS.indexOf(kind)), 0)

/** Columns in typed arrays, off the heap: an entry more costs the collector nothing. The caller keeps to `capacity`. */
export const createRingIndex = (capacity: number): RingIndex => {
  const at = new Float64Array(capacity)
  const slab = new Uint32Array(capacity)
  const offset = new Uint32Array(capacity)
  const text = new Uint32Array(capacity)
  const bytes = new Uint32Array(capacity)
  const line = new Uint16Array(capacity)
  const server = new Uint16Array(capacity)
  const kind = new Uint8Array(capacity)
  const flags = new Uint8Array(capacity)
  const servers: string[] = ['']
  const serverIds = new Map<string, number>([['', 0]])

  const serverId = (name: string): number => {
    const known = serverIds.get(name)
    if (known !== undefined) return known
    // Two nodes are the rule; an unlimited number of names would be a leak.
    if (servers.length >= MOST_SERVERS) return 0
    serverIds.set(name, servers.length)
    return servers.push(name) - 1
  }

  return {
    bytes: capacity * BYTES_PER_ENTRY,
    add: (seq, facts, place, cut) => {
      const row = seq % capacity
      at[row] = facts.at
      slab[row] = place.slab
      offset[row] = place.offset
      text[row] = place.text
      bytes[row] = facts.bytes
      line[row] = place.line
      server[row] = serverId(facts.server)
      kind[row] = TRACE_KINDS.indexOf(facts.kind)
      flags[row] = DIRECTIONS.indexOf(facts.direction) | (facts.failed ? FAILED : 0) | (cut ? CUT : 0)
    },
    facts: (seq) => {
      const row = seq % capacity
      const flag = flags[row] ?? 0
      return {
        at: at[row] ?? 0,
        kind: TRACE_KINDS[kind[row] ?? 0] ?? 'note',
        direction: DIRECTIONS[flag & 3] ?? 'none',
        server: servers[server[row] ?? 0] ?? '',
        failed: (flag & FAILED) !== 0,
        bytes: bytes[row] ?? 0,
      }
    },
    place: (seq) => {
      const row = seq % capacity
      return { slab: slab[row] ?? 0, offset: offset[row] ?? 0, line: line[row] ?? 0, text: text[row] ?? 0 }
    },
    isCut: (seq) => ((flags[seq % capacity] ?? 0) & CUT) !== 0,
    matches: (seq, kinds, failedOnly) => {
      const row = seq % capacity
      return ((1 << (kind[row] ?? 0)) & kinds) !== 0 && (!failedOnly || ((flags[row] ?? 0) & FAILED) !== 0)
    },
  }
}
