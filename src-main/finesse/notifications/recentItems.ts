/**
 * Remembers which items were seen, per node: a second subscription to a node brings every event twice (section 5.3).
 * Bounded: the oldest are forgotten first.
 */
export const createRecentItems = (limit: number): ((node: string, itemId: string) => boolean) => {
  const seen = new Set<string>()
  /** True the first time. An item without id cannot be told from another, so it always counts as new. */
  return (node, itemId) => {
    if (itemId === '') return true
    const key = `${node}\n${itemId}`
    if (seen.has(key)) return false
    seen.add(key)
    if (seen.size > limit) {
      const oldest = seen.values().next()
      if (oldest.done !== true) seen.delete(oldest.value)
    }
    return true
  }
}
