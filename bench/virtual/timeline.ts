/** Time that passes as fast as the processor can run what falls due. Milliseconds. */
export interface Timeline {
  now(): number
  /** Runs `action` once after `ms`. The answer cancels it. */
  after(ms: number, action: () => void): () => void
  /** When the next thing falls due; null: nothing is left. */
  nextAt(): number | null
  /** Moves to the next thing due and runs it. False: nothing is left, or not before `until`. */
  step(until: number): boolean
}

interface Entry {
  readonly at: number
  /** Of two at the same time the one asked for first comes first. */
  readonly order: number
  action: (() => void) | null
}

const isBefore = (one: Entry, other: Entry): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order)

/** A binary heap: a herd of 10,000 has 10,000 timers at a time. */
export const createTimeline = (): Timeline => {
  const heap: Entry[] = []
  let now = 0
  let count = 0

  const push = (entry: Entry): void => {
    let at = heap.length
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (parent === undefined || !isBefore(entry, parent)) break
      heap[at] = parent
      at = up
    }
    heap[at] = entry
  }
  const pop = (): void => {
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let at = 0
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]]
      if (left === undefined) break
      const child = right !== undefined && isBefore(right, left) ? right : left
      if (!isBefore(child, last)) break
      heap[at] = child
      at = child === left ? 2 * at + 1 : 2 * at + 2
    }
    heap[at] = last
  }
  const first = (): Entry | null => {
    while (heap[0]?.action === null) pop()
    return heap[0] ?? null
  }
  return {
    now: () => now,
    after: (ms, action) => {
      const entry: Entry = { at: now + Math.max(0, ms), order: (count += 1), action }
      push(entry)
      return () => {
        entry.action = null
      }
    },
    nextAt: () => first()?.at ?? null,
    step: (until) => {
      const due = first()
      if (due === null || due.at > until) return false
      pop()
      now = due.at
      due.action?.()
      return true
    },
  }
}
