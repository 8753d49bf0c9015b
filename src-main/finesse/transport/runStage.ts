import type { ConnectionFailure } from '../failures'
import type { FinesseClock } from '../notifications/types'
import { err, ok, type Result } from '../result'
import type { Stage, StageFacts, StageReport } from '../stages'
import { timeLimit } from '../timeLimit'

export interface StageContext {
  readonly clock: FinesseClock
  readonly signal?: AbortSignal | undefined
  readonly report: (report: StageReport) => void
}

export interface StageSuccess<T> {
  readonly value: T
  readonly facts: StageFacts
}

export type Settle<T> = (outcome: Result<StageSuccess<T>, ConnectionFailure>) => void

/**
 * Runs one stage with its time limit: reports `started`, then exactly one outcome. `work` starts it and returns
 * what abandons it; that is called after every end but success, whatever `work` says afterwards is ignored.
 * `facts` are known before it starts and told with a failure too, `seen` is asked when it ends, however it does.
 */
export const runStage = <T>(
  stage: Stage,
  limitMs: number,
  context: StageContext,
  facts: StageFacts,
  work: (settle: Settle<T>) => () => void,
  seen: () => StageFacts = () => ({}),
): Promise<Result<T, ConnectionFailure>> => {
  const { clock, signal, report } = context
  if (signal?.aborted === true) return Promise.resolve(err({ kind: 'closedByUs' }))
  const startedAt = clock.monotonic()
  report({ stage, status: 'started', at: clock.now(), facts })

  return new Promise((resolve) => {
    let settled = false
    // Assigned before anything can settle later; `work` may settle while it is still starting.
    let abandon: () => void = () => undefined
    const settle: Settle<T> = (outcome) => {
      if (settled) return
      settled = true
      cancelLimit()
      signal?.removeEventListener('abort', aborted)
      const at = clock.now()
      const ms = clock.monotonic() - startedAt
      const known = { ...facts, ...seen() }
      if (outcome.ok) {
        report({ stage, status: 'succeeded', at, ms, facts: { ...known, ...outcome.value.facts } })
        resolve(ok(outcome.value.value))
      } else {
        abandon()
        report({ stage, status: 'failed', at, ms, facts: known, failure: outcome.error })
        resolve(err(outcome.error))
      }
    }
    const aborted = (): void => {
      settle(err({ kind: 'closedByUs' }))
    }
    const cancelLimit = timeLimit(clock, limitMs, () => {
      settle(err({ kind: 'timeout', stage, ms: limitMs }))
    })
    signal?.addEventListener('abort', aborted, { once: true })
    abandon = work(settle)
  })
}
