import { createHash } from 'node:crypto'

/** UTF-16 units. A node and an item id as Finesse writes them have about 80. */
const MAX_KEPT = 256

/**
 * A string of its own, about 100 bytes. What the parser hands out are slices that keep the whole frame alive, and a
 * joined string keeps its parts: only what is written out byte by byte lets go of them. Ids of any length may come;
 * of a long one the digest is kept.
 */
const keyOf = (node: string, itemId: string): string => {
  const joined = `${node}\n${itemId}`
  return joined.length > MAX_KEPT
    ? createHash('sha256').update(joined).digest('base64')
    : Buffer.from(joined, 'utf8').toString('utf8')
}

/**
 * Remembers which items were seen, per node: a second subscription to a node brings every event twice (section 5.3).
 * Bounded: the oldest are forgotten first; 10,000 are about 1 MB, whatever their frames were.
 */
export const createRecentItems = (limit: number): ((node: string, itemId: string) => boolean) => {
  const seen = new Set<string>()
  /** True the first time. An item without id cannot be told from another, so it always counts as new. */
  return (node, itemId) => {
    if (itemId === '') return true
    const key = keyOf(node, itemId)
    if (seen.has(key)) return false
    seen.add(key)
    if (seen.size > limit) {
      const oldest = seen.values().next()
      if (oldest.done !== true) seen.delete(oldest.value)
    }
    return true
  }
}
