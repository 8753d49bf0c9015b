import type { Env } from '../events'
import type { SessionState } from '../state'

const SAMPLES = 5

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/**
 * One more measurement of the server's clock (14). `offsetMs` is server time minus wall time, from the middle of the
 * round trip; it is kept against the monotonic clock, which no jump of the wall clock moves (fault T1). One slow
 * answer among five does not count.
 */
export function clocked(state: SessionState, env: Env, offsetMs: number | null): SessionState {
  if (offsetMs === null) return state
  const clockSamples = [...state.clockSamples, env.now + offsetMs - env.monotonic].slice(-SAMPLES)
  return { ...state, clockSamples, clockBase: median(clockSamples) }
}

/** Another server has another clock: what was measured of the last one says nothing. */
export const forgetClock = (state: SessionState): SessionState => ({ ...state, clockSamples: [] })

/** The monotonic clock stood still while the machine slept: server time did not. */
export const slept = (state: SessionState, asleepMs: number | null): SessionState =>
  asleepMs === null || asleepMs <= 0 || state.clockBase === null
    ? { ...state, clockSamples: [] }
    : { ...state, clockSamples: [], clockBase: state.clockBase + asleepMs }
