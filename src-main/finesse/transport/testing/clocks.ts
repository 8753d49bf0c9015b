import type { FinesseClock } from '../../notifications/types'

/** The machine's clock, for tests in which nothing has to run out. */
export const realClock: FinesseClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => {
      clearTimeout(timer)
    }
  },
}

export interface ManualClock extends FinesseClock {
  /** Moves time on and runs what falls due, in order. */
  advance(ms: number): void
  /** The process stood still: everything that fell due meanwhile runs afterwards, late, in one burst. */
  freeze(ms: number): void
  /** Time limits not yet run out or cancelled. */
  pending(): number
}

/** Stands still until told. */
export const manualClock = (start = 1_768_900_500_000): ManualClock => {
  let elapsed = 0
  const timers = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after: (ms, run) => {
      const timer = { at: elapsed + ms, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: (ms) => {
      const until = elapsed + ms
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (due === undefined) break
        timers.delete(due)
        elapsed = Math.max(elapsed, due.at)
        due.run()
      }
      elapsed = until
    },
    freeze: (ms) => {
      elapsed += ms
      const due = [...timers].filter(({ at }) => at <= elapsed).sort((a, b) => a.at - b.at)
      for (const timer of due) if (timers.delete(timer)) timer.run()
    },
    pending: () => timers.size,
  }
}
