import type { Cause } from '../../src-contract/causes/ids'
import type { Attempt, NodeName, Stage } from '../../src-contract/connection'
import type { AttemptDetail, AttemptSummary, RestCallView, WireText } from '../../src-contract/inspector'
import type { Mode } from '../../src-contract/model'
import type { Problem } from '../../src-contract/problem'
import type { ConnectionFailure } from '../finesse/failures'
import type { Verdict } from './evidence'
import { keepText, stageDetail, waitingStages, type StageWork } from './stageWork'

/** Of whose connection a tap tells. */
export interface LinkInfo {
  readonly node: NodeName | null
  readonly mode: Mode | null
  readonly resource: string | null
}

/** An attempt while it is going on. */
export interface AttemptWork {
  readonly id: number
  readonly info: LinkInfo
  readonly host: string
  readonly port: number
  readonly path: string
  startedAt: number
  endedAt: number | null
  outcome: Attempt['outcome']
  readyAt: number | null
  liveAt: number | null
  failedAt: Stage | 'rest' | null
  problem: Problem | null
  cause: Cause | null
  readonly stages: readonly StageWork[]
  /** Of the texts, roughly what they take. */
  bytes: number
}

const EMPTY_BYTES = 6_000

export const attemptWork = (
  id: number,
  info: LinkInfo,
  endpoint: { readonly host: string; readonly port: number; readonly path: string },
  startedAt: number,
): AttemptWork => ({
  id,
  info,
  ...endpoint,
  startedAt,
  endedAt: null,
  outcome: 'running',
  readyAt: null,
  liveAt: null,
  failedAt: null,
  problem: null,
  cause: null,
  stages: waitingStages(),
  bytes: EMPTY_BYTES,
})

export const stageOf = (attempt: AttemptWork, stage: Stage): StageWork | undefined =>
  attempt.stages.find((work) => work.stage === stage)

export const addText = (attempt: AttemptWork, stage: Stage, text: WireText): void => {
  const work = stageOf(attempt, stage)
  if (work !== undefined && keepText(work, text)) attempt.bytes += text.text.length
}

/** Which of several stages that ended together is to blame: the one the failure is about, else the furthest. */
const blamed = (attempt: AttemptWork, failure: ConnectionFailure | null): StageWork | undefined => {
  const failed = attempt.stages.filter(({ status }) => status === 'failed')
  const named =
    failure?.kind === 'timeout'
      ? failure.stage
      : failure?.kind === 'auth' || failure?.kind === 'bind' || failure?.kind === 'presence'
        ? failure.kind
        : null
  return failed.find(({ stage }) => stage === named) ?? failed.at(-1)
}

/** It was live and is not any more: said where a person looks for it. */
export const breakLive = (attempt: AttemptWork, { problem, cause }: Verdict): void => {
  const live = stageOf(attempt, 'live')
  if (live !== undefined) Object.assign(live, { status: 'failed', problem, cause })
}

/** `failure`: null when the next endpoint is tried. `verdict`: what is to be said of it where no stage failed. */
export const endAttempt = (
  attempt: AttemptWork,
  at: number,
  failure: ConnectionFailure | null,
  verdict: (stage: Stage) => Verdict | null,
): void => {
  if (attempt.endedAt !== null) return
  attempt.endedAt = at
  for (const work of attempt.stages)
    if (work.status === 'running') {
      work.status = 'skipped'
      work.ms = work.startedAt === null ? null : Math.max(0, at - work.startedAt)
    }
  const isOurs = failure?.kind === 'closedByUs'
  if (attempt.failedAt !== null) {
    attempt.outcome = 'failed'
    return
  }
  if (attempt.liveAt !== null || isOurs) {
    attempt.outcome = 'ended'
    const said = isOurs ? null : verdict('live')
    attempt.problem = said?.problem ?? null
    attempt.cause = said?.cause ?? null
    if (said !== null) breakLive(attempt, said)
    return
  }
  attempt.outcome = 'failed'
  const work = blamed(attempt, failure)
  const said = work?.problem == null ? verdict(work?.stage ?? 'live') : null
  attempt.failedAt = work?.stage ?? 'live'
  attempt.problem = work?.problem ?? said?.problem ?? null
  attempt.cause = work?.cause ?? said?.cause ?? null
}

export const summaryOf = (attempt: AttemptWork): AttemptSummary => ({
  id: attempt.id,
  node: attempt.info.node,
  endpoint: `${attempt.host}:${String(attempt.port)}`,
  startedAt: attempt.startedAt,
  endedAt: attempt.endedAt,
  outcome: attempt.outcome,
  liveAt: attempt.liveAt,
  failedAt: attempt.failedAt,
  problem: attempt.problem,
  cause: attempt.cause,
})

export const detailOf = (attempt: AttemptWork, calls: readonly RestCallView[]): AttemptDetail => ({
  ...summaryOf(attempt),
  mode: attempt.info.mode,
  stages: attempt.stages.map(stageDetail),
  calls,
})

const later = (at: number | null, byMs: number): number | null => (at === null ? null : at + byMs)

export const shiftAttempt = (attempt: AttemptWork, byMs: number): void => {
  attempt.startedAt += byMs
  attempt.endedAt = later(attempt.endedAt, byMs)
  attempt.readyAt = later(attempt.readyAt, byMs)
  attempt.liveAt = later(attempt.liveAt, byMs)
  for (const work of attempt.stages) {
    work.startedAt = later(work.startedAt, byMs)
    work.exchange = work.exchange.map((text) => ({ ...text, at: text.at + byMs }))
  }
}
