/** Delays before reconnecting: performance.md measured what a herd of 10,000 does to a server (docs/decisions). */

/** Who ended it decides how far the first try is spread. */
export type CauseSide = 'local' | 'server'

const LOCAL_SPREAD_MS = 2_000
const SERVER_SPREAD_MS = { unknownSize: 10_000, min: 2_000, max: 20_000 }
const CAP_MS = 30_000
/** Back-off starts anew after a connection lived this long. */
export const STABLE_MS = 30_000
/** So that a fleet told the same `Retry-After` does not come back in one instant. */
const RETRY_AFTER_SPREAD_MS = 1_000

/** W of the rule: about 100 sign-ins a second for the configured number of agents. */
export const serverSpreadMs = (agents: number | null): number =>
  agents === null
    ? SERVER_SPREAD_MS.unknownSize
    : Math.min(SERVER_SPREAD_MS.max, Math.max(SERVER_SPREAD_MS.min, (1.1 * agents * 1_000) / 100))

/**
 * Milliseconds to wait before try number `tries` (0 = the first after the loss). Full jitter: the whole interval
 * from 0 is used, and already the first delay is spread. `random` is uniform in [0, 1).
 */
export function delayBefore(
  tries: number,
  side: CauseSide,
  random: number,
  retryAfterMs: number | null = null,
  agents: number | null = null,
): number {
  if (retryAfterMs !== null) return retryAfterMs + random * RETRY_AFTER_SPREAD_MS
  const spread = side === 'local' ? LOCAL_SPREAD_MS : serverSpreadMs(agents)
  if (tries <= 0) return random * spread
  return random * Math.min(CAP_MS, spread * 2 ** Math.min(tries, 10))
}

/** Asking an out-of-service server again: U(2, 5) s, growing to 20 s (faults R7, F3). */
export const pollDelayMs = (polls: number, random: number): number =>
  Math.min(20_000, (2_000 + 3_000 * random) * 2 ** Math.min(polls, 4))
