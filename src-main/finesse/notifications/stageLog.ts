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
  /** Seen while the stage runs; told with its outcome, whatever that is. */
  note(stage: Stage, facts: StageFacts): void
  /** Everything begun and not finished failed for this reason. */
  failOpen(failure: ConnectionFailure): void
  /** The latest stage begun in this attempt at this endpoint. */
  reached(): Stage
}

const NO_FACTS: StageFacts = {}

interface Begun {
  readonly since: number
  /** Known so far; of DNS, TCP and TLS the transport keeps them itself. */
  readonly facts: StageFacts
}

interface Spent {
  readonly ms: number
  readonly facts: StageFacts
}

/** Keeps the promise of `StageReport`: `started` is followed by exactly one of the others. */
export const createStageLog = (
  clock: FinesseClock,
  first: NotificationEndpoint,
  on: (event: NotificationEvent) => void,
): StageLog => {
  let endpoint = first
  let latest: Stage = 'dns'
  // Several teams may be subscribed at once: a stage can be open more than once, first begun first finished.
  const open = new Map<Stage, readonly Begun[]>()

  const emit = (report: StageReport): void => on({ type: 'stage', report, endpoint })
  const spent = (stage: Stage): Spent | null => {
    const [begun, ...others] = open.get(stage) ?? []
    if (begun === undefined) return null
    if (others.length === 0) open.delete(stage)
    else open.set(stage, others)
    return { ms: clock.monotonic() - begun.since, facts: begun.facts }
  }
  const start = (stage: Stage, facts: StageFacts): void => {
    open.set(stage, [...(open.get(stage) ?? []), { since: clock.monotonic(), facts }])
    if (STAGES.indexOf(stage) > STAGES.indexOf(latest)) latest = stage
  }
  const finish = (
    stage: Stage,
    status: 'failed' | 'degraded',
    failure: ConnectionFailure,
    facts: StageFacts,
  ): void => {
    const begun = spent(stage)
    if (begun === null) return
    emit({ stage, status, at: clock.now(), ms: begun.ms, facts: { ...begun.facts, ...facts }, failure })
  }

  return {
    startEndpoint: (next) => {
      endpoint = next
      latest = 'dns'
      open.clear()
    },
    begin: (stage, facts = NO_FACTS) => {
      start(stage, facts)
      emit({ stage, status: 'started', at: clock.now(), facts })
    },
    succeed: (stage, facts = NO_FACTS) => {
      const begun = spent(stage)
      if (begun === null) return
      const known = { ...begun.facts, ...facts }
      emit({ stage, status: 'succeeded', at: clock.now(), ms: begun.ms, facts: known })
    },
    degrade: (stage, failure, facts = NO_FACTS) => finish(stage, 'degraded', failure, facts),
    skip: (stage, facts = NO_FACTS) => emit({ stage, status: 'skipped', at: clock.now(), facts }),
    relay: (report) => {
      if (report.status === 'started') start(report.stage, report.facts)
      else if (report.status !== 'skipped' && spent(report.stage) === null) return
      emit(report)
    },
    note: (stage, facts) => {
      const [begun, ...others] = open.get(stage) ?? []
      if (begun !== undefined) open.set(stage, [{ ...begun, facts: { ...begun.facts, ...facts } }, ...others])
    },
    failOpen: (failure) => {
      for (const [stage, starts] of [...open]) {
        for (const _start of starts) finish(stage, 'failed', failure, NO_FACTS)
      }
    },
    reached: () => latest,
  }
}
