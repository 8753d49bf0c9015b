import type { Env } from '../events'
import type { SessionState } from '../state'

const SAMPLES = 5
/** Corrections that nobody would notice are left out: they would let a running second go back. */
const STEADY_MS = 100
/** Half of the longest time a call may take. */
const SLOWEST_MS = 5_000

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/**
 * One more measurement of the server's clock (14). `offsetMs` is server time minus wall time, from the middle of the
 * round trip; it is kept against the monotonic clock, which no jump of the wall clock moves (fault T1). One slow
 * answer among five does not count; what is further off than a slow answer can be is another time of day, which
 * counts at once: the server's clock was set, or this machine slept and nobody said so.
 */
export function clocked(state: SessionState, env: Env, offsetMs: number | null): SessionState {
  if (offsetMs === null) return state
  const sample = env.now + offsetMs - env.monotonic
  const isFar = state.clockBase !== null && Math.abs(sample - state.clockBase) > SLOWEST_MS
  const clockSamples = [...(isFar ? [] : state.clockSamples), sample].slice(-SAMPLES)
  const measured = median(clockSamples)
  const isSteady = state.clockBase !== null && Math.abs(measured - state.clockBase) < STEADY_MS
  return { ...state, clockSamples, clockBase: isSteady ? state.clockBase : measured }
}

/** Another server has another clock: what was measured of the last one says nothing. */
export const forgetClock = (state: SessionState): SessionState => ({ ...state, clockSamples: [] })

/** The monotonic clock stood still while the machine slept: server time did not. */
export const slept = (state: SessionState, asleepMs: number | null): SessionState =>
  asleepMs === null || asleepMs <= 0 || state.clockBase === null
    ? { ...state, clockSamples: [] }
    : { ...state, clockSamples: [], clockBase: state.clockBase + asleepMs }
