/**
 * An immutable collection by string id that shares structure: changing one of 10,000 entries copies one bucket of
 * about 80, and two versions are compared bucket by bucket (see `changes`). Insertion order is not kept.
 */
const BUCKETS = 128

export interface Keyed<T extends { readonly id: string }> {
  readonly buckets: readonly ReadonlyMap<string, T>[]
  readonly size: number
}

const EMPTY_BUCKET: ReadonlyMap<string, never> = new Map<string, never>()
const EMPTY: Keyed<never> = {
  buckets: new Array<ReadonlyMap<string, never>>(BUCKETS).fill(EMPTY_BUCKET),
  size: 0,
}

export const emptyKeyed = <T extends { readonly id: string }>(): Keyed<T> => EMPTY

const bucketOf = (id: string): number => {
  let hash = 0
  for (let index = 0; index < id.length; index += 1) hash = (hash * 31 + id.charCodeAt(index)) | 0
  return (hash >>> 0) % BUCKETS
}

const bucketAt = <T extends { readonly id: string }>(
  keyed: Keyed<T>,
  index: number,
): ReadonlyMap<string, T> => keyed.buckets[index] ?? EMPTY_BUCKET

export const getKeyed = <T extends { readonly id: string }>(keyed: Keyed<T>, id: string): T | undefined =>
  bucketAt(keyed, bucketOf(id)).get(id)

export const setKeyed = <T extends { readonly id: string }>(keyed: Keyed<T>, value: T): Keyed<T> => {
  const index = bucketOf(value.id)
  const old = bucketAt(keyed, index)
  if (old.get(value.id) === value) return keyed
  const bucket = new Map(old).set(value.id, value)
  return { buckets: keyed.buckets.with(index, bucket), size: keyed.size + (bucket.size - old.size) }
}

export const removeKeyed = <T extends { readonly id: string }>(keyed: Keyed<T>, id: string): Keyed<T> => {
  const index = bucketOf(id)
  const old = bucketAt(keyed, index)
  if (!old.has(id)) return keyed
  const bucket = new Map(old)
  bucket.delete(id)
  return { buckets: keyed.buckets.with(index, bucket), size: keyed.size - 1 }
}

/** Builds a collection from scratch in one go. */
export const keyedFrom = <T extends { readonly id: string }>(values: Iterable<T>): Keyed<T> => {
  const buckets = Array.from({ length: BUCKETS }, () => new Map<string, T>())
  for (const value of values) buckets[bucketOf(value.id)]?.set(value.id, value)
  return { buckets, size: buckets.reduce((sum, bucket) => sum + bucket.size, 0) }
}

export function* keyedValues<T extends { readonly id: string }>(keyed: Keyed<T>): Generator<T> {
  for (const bucket of keyed.buckets) yield* bucket.values()
}

/** What has to be done to `before` to get `after`. */
export const keyedChanges = <T extends { readonly id: string }>(
  before: Keyed<T>,
  after: Keyed<T>,
): { readonly set: readonly T[]; readonly removed: readonly string[] } => {
  const set: T[] = []
  const removed: string[] = []
  for (let index = 0; index < BUCKETS; index += 1) {
    const old = bucketAt(before, index)
    const now = bucketAt(after, index)
    if (old === now) continue
    for (const value of now.values()) if (old.get(value.id) !== value) set.push(value)
    for (const id of old.keys()) if (!now.has(id)) removed.push(id)
  }
  return { set, removed }
}
