import { STAGES, type Attempt, type StageRecord } from '../../../src-contract/connection'
import type { Problem } from '../../../src-contract/problem'
import type { StageReport } from '../../finesse/stages'
import type { Track } from '../state'

const KEPT_ATTEMPTS = 20

const WAITING: readonly StageRecord[] = STAGES.map((stage) => ({
  stage,
  status: 'waiting',
  startedAt: null,
  ms: null,
  facts: {},
  problem: null,
}))

export interface AttemptStart {
  readonly id: number
  readonly endpoint: string
  readonly node: string
  readonly at: number
}

export const beginAttempt = (track: Track, start: AttemptStart): Track => ({
  ...track,
  attempts: [
    ...track.attempts,
    {
      id: start.id,
      endpoint: start.endpoint,
      node: start.node,
      startedAt: start.at,
      endedAt: null,
      outcome: 'running' as const,
      problem: null,
      stages: WAITING,
    },
  ].slice(-KEPT_ATTEMPTS),
})

const changeLast = (track: Track, change: (attempt: Attempt) => Attempt): Track => {
  const last = track.attempts.at(-1)
  if (last === undefined || last.endedAt !== null) return track
  const next = change(last)
  return next === last ? track : { ...track, attempts: [...track.attempts.slice(0, -1), next] }
}

const untouched = (attempt: Attempt): boolean => attempt.stages.every((record) => record.status === 'waiting')

const failedProblem = (attempt: Attempt): Problem | null =>
  attempt.stages.find((record) => record.status === 'failed')?.problem ?? null

/** The next endpoint of the same try: the present one has failed, the new one is an attempt of its own to the reader. */
export function switchEndpoint(track: Track, start: AttemptStart): Track {
  const last = track.attempts.at(-1)
  if (last === undefined || last.endedAt !== null || last.endpoint === start.endpoint) return track
  if (untouched(last)) return changeLast(track, (attempt) => ({ ...attempt, endpoint: start.endpoint }))
  return beginAttempt(endAttempt(track, 'failed', failedProblem(last), start.at), start)
}

const STATUS = {
  started: 'running',
  succeeded: 'ok',
  failed: 'failed',
  degraded: 'degraded',
  skipped: 'skipped',
} as const

/** `offset` turns the client's wall time into server time, ms. */
export const reportStage = (
  track: Track,
  report: StageReport,
  problem: Problem | null,
  offset: number,
): Track =>
  changeLast(track, (attempt) => ({
    ...attempt,
    stages: attempt.stages.map((record) => {
      if (record.stage !== report.stage) return record
      const ms = 'ms' in report ? report.ms : null
      return {
        stage: record.stage,
        status: STATUS[report.status],
        startedAt:
          report.status === 'started'
            ? report.at + offset
            : (record.startedAt ?? report.at + offset - (ms ?? 0)),
        ms,
        facts: report.facts,
        problem,
      }
    }),
  }))

/** There is no team to watch: stage 10 has nothing to do. */
export const skipTeam = (track: Track, at: number): Track =>
  changeLast(track, (attempt) => ({
    ...attempt,
    stages: attempt.stages.map((record) =>
      record.stage === 'subscribeTeam' && record.status === 'waiting'
        ? { ...record, status: 'skipped', startedAt: at, ms: 0 }
        : record,
    ),
  }))

export const liveAttempt = (track: Track): Track =>
  changeLast(track, (attempt) => (attempt.outcome === 'live' ? attempt : { ...attempt, outcome: 'live' }))

/** The line lives, but an event was missed: stage 11 says so until one comes (null). */
export const doubtLive = (track: Track, problem: Problem | null): Track =>
  changeLast(track, (attempt) => ({
    ...attempt,
    stages: attempt.stages.map((record) =>
      record.stage === 'live' && (record.status === 'ok' || record.status === 'degraded')
        ? { ...record, status: problem === null ? 'ok' : 'degraded', problem }
        : record,
    ),
  }))

export const endAttempt = (
  track: Track,
  outcome: 'failed' | 'ended',
  problem: Problem | null,
  at: number,
): Track =>
  changeLast(track, (attempt) => ({
    ...attempt,
    endedAt: at,
    outcome,
    problem: problem ?? failedProblem(attempt),
    stages: attempt.stages.map((record) =>
      record.status === 'running'
        ? {
            ...record,
            status: outcome === 'failed' ? 'failed' : 'skipped',
            ms: record.startedAt === null ? null : Math.max(0, at - record.startedAt),
            problem: outcome === 'failed' ? problem : null,
          }
        : record,
    ),
  }))

/** A step that failed before there was a connection, shown as an attempt too: DNS, TCP and TLS of the REST call. */
export const failedAttempt = (
  track: Track,
  start: AttemptStart,
  stage: string | null,
  problem: Problem,
): Track => {
  const index = STAGES.findIndex((known) => known === stage)
  const begun = beginAttempt(track, start)
  const marked = changeLast(begun, (attempt) => ({
    ...attempt,
    stages: attempt.stages.map((record, at) =>
      index < 0 || at > index
        ? record
        : {
            ...record,
            status: at < index ? 'ok' : 'failed',
            startedAt: start.at,
            problem: at < index ? null : problem,
          },
    ),
  }))
  return endAttempt(marked, 'failed', problem, start.at)
}
