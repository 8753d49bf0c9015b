import type { FinesseClock } from '../finesse/notifications/types'
import { err } from '../finesse/result'
import type { RestFailure, RestResult } from '../finesse/rest/types'

const RETRIES = 2
const FIRST_MS = 500
/** Longer than this a read does not wait: what asked for it has a limit of its own. */
const PATIENCE_MS = 10_000

const PASSING: ReadonlySet<number> = new Set([500, 502, 504])

/** Milliseconds to wait before the read is tried again; null: what it said will not change in a moment. */
function pauseAfter(failure: RestFailure, retry: number, random: number): number | null {
  const jittered = random * FIRST_MS * 2 ** retry
  switch (failure.kind) {
    case 'status':
      if (failure.retryAfterMs !== null && (failure.status === 429 || failure.status === 503))
        return failure.retryAfterMs <= PATIENCE_MS ? failure.retryAfterMs + jittered : null
      return PASSING.has(failure.status) ? jittered : null
    case 'malformed':
      return jittered
    case 'connection':
      return failure.failure.kind === 'socket' || failure.failure.kind === 'closed' ? jittered : null
    default:
      return null
  }
}

const cancelled = err<RestFailure>({ kind: 'cancelled' })

/** Reads are repeated at most twice, spread (fault R6). Never used for what changes something: that is not repeated. */
export const createRetry = (ports: {
  readonly clock: Pick<FinesseClock, 'after'>
  readonly random: () => number
}) => {
  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        cancel()
        signal.removeEventListener('abort', finish)
        resolve()
      }
      const cancel = ports.clock.after(ms, finish)
      signal.addEventListener('abort', finish)
    })

  return async <T>(signal: AbortSignal, call: () => Promise<RestResult<T>>): Promise<RestResult<T>> => {
    for (let retry = 0; ; retry += 1) {
      const result = await call()
      if (result.ok || retry >= RETRIES) return result
      const ms = pauseAfter(result.error, retry, ports.random())
      if (ms === null) return result
      await pause(ms, signal)
      if (signal.aborted) return cancelled
    }
  }
}
