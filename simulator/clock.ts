/** Time as an argument. Milliseconds throughout. */
export interface Clock {
  /** Epoch ms. */
  now(): number
  /** Runs `action` once after `ms`. The answer cancels it. */
  after(ms: number, action: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}

export interface ManualClock extends Clock {
  /** Moves time on, running what falls due in order. */
  advance(ms: number): void
}

export function manualClock(start: number): ManualClock {
  let now = start
  let last = 0
  const due = new Map<number, { readonly at: number; readonly action: () => void }>()
  const earliest = (until: number) => {
    let found: [number, { at: number; action: () => void }] | null = null
    for (const entry of due)
      if (entry[1].at <= until && (found === null || entry[1].at < found[1].at)) found = entry
    return found
  }
  return {
    now: () => now,
    after: (ms, action) => {
      const id = (last += 1)
      due.set(id, { at: now + Math.max(0, ms), action })
      return () => {
        due.delete(id)
      }
    },
    advance: (ms) => {
      const until = now + ms
      for (let next = earliest(until); next !== null; next = earliest(until)) {
        due.delete(next[0])
        now = next[1].at
        next[1].action()
      }
      now = until
    },
  }
}

export interface SkippingClock extends Clock {
  /** Moves time on, running what falls due in order and letting sockets settle after each. */
  skip(ms: number): Promise<void>
}

const SETTLING_TURNS = 30

/** The machine's time plus what was skipped: real sockets, no waiting. */
export function skippingClock(): SkippingClock {
  let skipped = 0
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  const now = () => Date.now() + skipped
  const settle = async () => {
    for (let turn = 0; turn < SETTLING_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    now,
    after: (ms, action) => {
      const entry = {
        at: now() + Math.max(0, ms),
        run: () => {
          cancel()
          action()
        },
      }
      const timer = setTimeout(entry.run, ms)
      const cancel = () => {
        clearTimeout(timer)
        waiting.delete(entry)
      }
      waiting.add(entry)
      return cancel
    },
    skip: async (ms) => {
      const until = now() + ms
      const next = () => [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      await settle()
      for (let entry = next(); entry !== undefined; entry = next()) {
        skipped += Math.max(0, entry.at - now())
        entry.run()
        await settle()
      }
      skipped += Math.max(0, until - now())
    },
  }
}
