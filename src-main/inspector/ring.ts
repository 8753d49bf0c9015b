import { BYTES_PER_ENTRY, createRingIndex, type EntryFacts, type RingIndex } from './ringIndex'

/** Deflates and inflates away from the main thread. */
export interface RingCodec {
  deflate(raw: Buffer): Promise<Buffer>
  /** `bytes`: length of the answer. */
  inflate(packed: Buffer, bytes: number): Promise<Buffer>
}

export interface RingOptions {
  /** For everything: index, open and packed slabs, slabs that are being read. */
  readonly maxBytes: number
  readonly codec: RingCodec
  readonly capacity?: number
  readonly slabBytes?: number
  /** Longest text kept, bytes; the rest is cut off. */
  readonly mostText?: number
}

export interface RingEntry {
  readonly facts: EntryFacts
  readonly line: string
  readonly text: string
  /** The end of the text was left out. */
  readonly cut: boolean
}

/** Consecutive entries that lie in one slab. */
export interface SlabSpan {
  readonly slab: number
  readonly first: number
  /** One past the last. */
  readonly end: number
}

export interface Ring {
  readonly maxBytes: number
  /** Lowest sequence number that is kept. */
  first(): number
  /** The one the next entry gets. */
  next(): number
  bytes(): number
  append(facts: EntryFacts, line: string, text: string): number
  /** All entries leave; numbers go on. */
  clear(): void
  read(seq: number): Promise<RingEntry | null>
  index(): RingIndex | null
  /** The slab of this entry and the entries it holds; null when it is gone. */
  span(seq: number): SlabSpan | null
  /** The bytes of a slab; null when it is gone. Not to be kept, and not to be read after the next await. */
  slabBytes(slab: number): Promise<Buffer | null>
}

interface Slab {
  readonly id: number
  readonly first: number
  end: number
  /** Bytes used while open. */
  used: number
  /** Takes no more entries. */
  sealed: boolean
  raw: Buffer | null
  packed: Buffer | null
}

const CAPACITY = 120_000
const SLAB_BYTES = 256 * 1024
const MOST_TEXT = 256 * 1024
const MOST_LINE = 1_000
const CACHED_SLABS = 4

/**
 * The trace: texts in slabs of bytes off the heap, full ones deflated; the oldest slabs leave when the bound would be
 * exceeded. Nothing here grows with the number of entries.
 */
export const createRing = (options: RingOptions): Ring => {
  const { maxBytes, codec } = options
  const slabBytes = options.slabBytes ?? SLAB_BYTES
  const mostText = options.mostText ?? MOST_TEXT
  const capacity = options.capacity ?? CAPACITY
  if (maxBytes < capacity * BYTES_PER_ENTRY + slabBytes + mostText + MOST_LINE * 3)
    throw new RangeError('The bound leaves no room for one text.')
  let index: RingIndex | null = null
  /** Oldest first; the last one is open. */
  const slabs: Slab[] = []
  const inflated = new Map<number, Buffer>()
  const reading = new Map<number, Promise<Buffer | null>>()
  let nextSlab = 0
  let next = 0
  let used = 0

  const slabOf = (seq: number): Slab | undefined => {
    let low = 0
    let high = slabs.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const slab = slabs[middle]
      if (slab === undefined) return undefined
      if (seq < slab.first) high = middle - 1
      else if (seq >= slab.end) low = middle + 1
      else return slab
    }
    return undefined
  }
  const slabById = (id: number): Slab | undefined => slabs[id - (slabs[0]?.id ?? 0)]

  const forget = (id: number): void => {
    const cached = inflated.get(id)
    if (cached === undefined) return
    inflated.delete(id)
    used -= cached.length
  }
  const evict = (): void => {
    const oldest = slabs.shift()
    if (oldest === undefined) return
    used -= (oldest.raw?.length ?? 0) + (oldest.packed?.length ?? 0)
    forget(oldest.id)
  }
  /** Makes room for `bytes` more. What is only there to be read again goes first. */
  const makeRoom = (bytes: number): void => {
    for (const id of inflated.keys()) {
      if (used + bytes <= maxBytes) return
      forget(id)
    }
    while (used + bytes > maxBytes && slabs.length > 0) evict()
  }

  const seal = (slab: Slab): void => {
    const { raw } = slab
    if (raw === null || slab.sealed) return
    slab.sealed = true
    codec.deflate(raw.subarray(0, slab.used)).then(
      (packed) => {
        // It may have left meanwhile.
        if (slabById(slab.id) !== slab) return
        slab.packed = packed
        slab.raw = null
        used += packed.length - raw.length
      },
      // It stays as it is, and leaves the sooner.
      () => undefined,
    )
  }

  const openSlab = (needed: number): Slab & { readonly raw: Buffer } => {
    const last = slabs.at(-1)
    if (last !== undefined) {
      const { raw } = last
      if (raw !== null && !last.sealed && raw.length - last.used >= needed)
        return Object.assign(last, { raw })
      seal(last)
    }
    const size = Math.max(slabBytes, needed)
    makeRoom(size)
    const raw = Buffer.allocUnsafeSlow(size)
    const slab = { id: nextSlab, first: next, end: next, used: 0, sealed: false, raw, packed: null }
    nextSlab += 1
    used += size
    slabs.push(slab)
    return slab
  }

  const inflate = (slab: Slab, packed: Buffer): Promise<Buffer | null> => {
    const under = reading.get(slab.id)
    if (under !== undefined) return under
    const read = codec.inflate(packed, slab.used).then(
      (raw) => {
        reading.delete(slab.id)
        if (slabById(slab.id) !== slab) return null
        for (const id of inflated.keys()) {
          if (inflated.size < CACHED_SLABS) break
          forget(id)
        }
        if (used + raw.length <= maxBytes) {
          inflated.set(slab.id, raw)
          used += raw.length
        }
        return raw
      },
      () => {
        reading.delete(slab.id)
        return null
      },
    )
    reading.set(slab.id, read)
    return read
  }

  const bytesOf = async (id: number): Promise<Buffer | null> => {
    const slab = slabById(id)
    if (slab === undefined) return null
    if (slab.raw !== null) return slab.raw
    const known = inflated.get(id)
    if (known !== undefined) {
      // The one read last leaves last.
      inflated.delete(id)
      inflated.set(id, known)
      return known
    }
    return slab.packed === null ? null : inflate(slab, slab.packed)
  }

  return {
    maxBytes,
    first: () => slabs[0]?.first ?? next,
    next: () => next,
    bytes: () => used,
    index: () => index,
    append: (facts, line, text) => {
      if (index === null) {
        index = createRingIndex(capacity)
        used += index.bytes
      }
      const head = line.length > MOST_LINE ? line.slice(0, MOST_LINE) : line
      const headBytes = Buffer.byteLength(head)
      const whole = Buffer.byteLength(text)
      // The index is as full as it may be: its oldest entries leave with their slab.
      while (next - (slabs[0]?.first ?? next) >= capacity) evict()
      const slab = openSlab(headBytes + Math.min(whole, mostText))
      const offset = slab.used
      slab.used += slab.raw.write(head, offset, 'utf8')
      const written = slab.raw.write(text, slab.used, Math.min(whole, mostText), 'utf8')
      slab.used += written
      index.add(next, facts, { slab: slab.id, offset, line: headBytes, text: written }, written < whole)
      next += 1
      slab.end = next
      return next - 1
    },
    clear: () => {
      while (slabs.length > 0) evict()
    },
    read: async (seq) => {
      const slab = slabOf(seq)
      if (slab === undefined || index === null) return null
      const place = index.place(seq)
      const facts = index.facts(seq)
      const cut = index.isCut(seq)
      const raw = await bytesOf(slab.id)
      if (raw === null) return null
      const end = place.offset + place.line
      return {
        facts,
        line: raw.toString('utf8', place.offset, end),
        text: raw.toString('utf8', end, end + place.text),
        cut,
      }
    },
    span: (seq) => {
      const slab = slabOf(seq)
      return slab === undefined ? null : { slab: slab.id, first: slab.first, end: slab.end }
    },
    slabBytes: bytesOf,
  }
}
