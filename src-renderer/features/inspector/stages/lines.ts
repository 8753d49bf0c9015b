import type { StageStatus } from '../../../../src-contract/connection'
import type { AttemptDetail, RestCallView, StageDetail } from '../../../../src-contract/inspector'
import type { Line } from '../selection'

export type BarLook = 'ok' | 'failed' | 'degraded' | 'running' | 'call'

const STAGE_LOOKS = {
  waiting: 'ok',
  skipped: 'ok',
  ok: 'ok',
  running: 'running',
  failed: 'failed',
  degraded: 'degraded',
} as const satisfies Record<StageStatus, BarLook>

export const lookOfStage = (stage: StageDetail): BarLook => STAGE_LOOKS[stage.status]

const FIRST_ERROR = 400

export const statusOfCall = (call: RestCallView): StageStatus => {
  if (call.problem !== null || (call.status !== null && call.status >= FIRST_ERROR)) return 'failed'
  return call.ms === null ? 'running' : 'ok'
}

export const lookOfCall = (call: RestCallView): BarLook => {
  const status = statusOfCall(call)
  return status === 'ok' ? 'call' : status === 'failed' ? 'failed' : 'running'
}

/** What a person looks for first: what failed, else what is under way, else the last thing that was reached. */
export const firstLine = (attempt: AttemptDetail): Line => {
  const { stages, calls } = attempt
  const broken = stages.find((stage) => stage.status === 'failed')
  if (broken) return { kind: 'stage', stage: broken.stage }
  const call =
    attempt.failedAt === 'rest' ? calls.findLast((each) => statusOfCall(each) === 'failed') : undefined
  if (call) return { kind: 'call', id: call.id }
  const found =
    stages.find((stage) => stage.status === 'running') ??
    stages.find((stage) => stage.status === 'degraded') ??
    stages.findLast((stage) => stage.status === 'ok')
  return { kind: 'stage', stage: found?.stage ?? 'dns' }
}
