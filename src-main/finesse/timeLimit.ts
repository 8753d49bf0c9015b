import type { FinesseClock } from './notifications/types'

/** A timer this late says that the process stood still. */
const LATE_MS = 1_000

/** What has come meanwhile is read in far less. */
const GRACE_MS = 2_000

export const isLate = (lateByMs: number, limitMs: number): boolean => lateByMs > Math.min(LATE_MS, limitMs)

/**
 * A time limit for somebody else. Timers run before sockets are read, so after standing still (sleep, debugger,
 * starved machine: fault T5) a limit may have passed although the answer is there: it is then given a little longer,
 * once. Returns the function that cancels it.
 */
export const timeLimit = (clock: FinesseClock, ms: number, passed: () => void): (() => void) => {
  const start = clock.monotonic()
  let cancel = clock.after(ms, () => {
    if (isLate(clock.monotonic() - start - ms, ms)) cancel = clock.after(Math.min(ms, GRACE_MS), passed)
    else passed()
  })
  return () => {
    cancel()
  }
}
