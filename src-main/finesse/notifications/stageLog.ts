import type { ConnectionFailure } from '../failures'
import { STAGES, type Stage, type StageFacts, type StageReport } from '../stages'
import type { FinesseClock, NotificationEndpoint, NotificationEvent } from './types'

export interface StageLog {
  /** Reports from now on belong to this endpoint. */
  startEndpoint(endpoint: NotificationEndpoint): void
  begin(stage: Stage, facts?: StageFacts): void
  succeed(stage: Stage, facts?: StageFacts): void
  degrade(stage: Stage, failure: ConnectionFailure, facts?: StageFacts): void
  skip(stage: Stage, facts?: StageFacts): void
  /** A report made elsewhere (DNS, TCP and TLS are made by the transport). */
  relay(report: StageReport): void
  /** Everything begun and not finished failed for this reason. */
  failOpen(failure: ConnectionFailure): void
  /** The latest stage begun in this attempt at this endpoint. */
  reached(): Stage
}

const NO_FACTS: StageFacts = {}

/** Keeps the promise of `StageReport`: `started` is followed by exactly one of the others. */
export const createStageLog = (
  clock: FinesseClock,
  first: NotificationEndpoint,
  on: (event: NotificationEvent) => void,
): StageLog => {
  let endpoint = first
  let latest: Stage = 'dns'
  // Several teams may be subscribed at once: a stage can be open more than once, first begun first finished.
  const open = new Map<Stage, readonly number[]>()

  const emit = (report: StageReport): void => on({ type: 'stage', report, endpoint })
  const spent = (stage: Stage): number | null => {
    const [since, ...others] = open.get(stage) ?? []
    if (since === undefined) return null
    if (others.length === 0) open.delete(stage)
    else open.set(stage, others)
    return clock.monotonic() - since
  }
  const note = (stage: Stage): void => {
    open.set(stage, [...(open.get(stage) ?? []), clock.monotonic()])
    if (STAGES.indexOf(stage) > STAGES.indexOf(latest)) latest = stage
  }
  const finish = (
    stage: Stage,
    status: 'failed' | 'degraded',
    failure: ConnectionFailure,
    facts: StageFacts,
  ): void => {
    const ms = spent(stage)
    if (ms !== null) emit({ stage, status, at: clock.now(), ms, facts, failure })
  }

  return {
    startEndpoint: (next) => {
      endpoint = next
      latest = 'dns'
      open.clear()
    },
    begin: (stage, facts = NO_FACTS) => {
      note(stage)
      emit({ stage, status: 'started', at: clock.now(), facts })
    },
    succeed: (stage, facts = NO_FACTS) => {
      const ms = spent(stage)
      if (ms !== null) emit({ stage, status: 'succeeded', at: clock.now(), ms, facts })
    },
    degrade: (stage, failure, facts = NO_FACTS) => finish(stage, 'degraded', failure, facts),
    skip: (stage, facts = NO_FACTS) => emit({ stage, status: 'skipped', at: clock.now(), facts }),
    relay: (report) => {
      if (report.status === 'started') note(report.stage)
      else if (report.status !== 'skipped' && spent(report.stage) === null) return
      emit(report)
    },
    failOpen: (failure) => {
      for (const [stage, starts] of [...open]) {
        for (const _start of starts) finish(stage, 'failed', failure, NO_FACTS)
      }
    },
    reached: () => latest,
  }
}
