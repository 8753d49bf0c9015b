import type { Cause } from '../../src-contract/causes/ids'
import { STAGES, type Stage, type StageStatus } from '../../src-contract/connection'
import type { ChainCertificate, StageDetail, WireText } from '../../src-contract/inspector'
import type { Problem } from '../../src-contract/problem'
import type { CertificateFacts } from '../finesse/failures'
import type { StageFacts, StageReport } from '../finesse/stages'
import type { Verdict } from './evidence'
import { chainOf } from './wireText'

/** A stage while it is going on. */
export interface StageWork {
  readonly stage: Stage
  status: StageStatus
  startedAt: number | null
  ms: number | null
  facts: StageFacts
  /** With what only the diagnosis needs; `chain` is what is kept. */
  certificates: readonly CertificateFacts[]
  chain: readonly ChainCertificate[]
  exchange: WireText[]
  problem: Problem | null
  cause: Cause | null
}

const MOST_TEXTS = 16

export const waitingStages = (): readonly StageWork[] =>
  STAGES.map((stage) => ({
    stage,
    status: 'waiting',
    startedAt: null,
    ms: null,
    facts: {},
    certificates: [],
    chain: [],
    exchange: [],
    problem: null,
    cause: null,
  }))

const STATUS = {
  started: 'running',
  succeeded: 'ok',
  failed: 'failed',
  degraded: 'degraded',
  skipped: 'skipped',
} as const

/** Several teams are subscribed one by one: their nodes and results add up. */
const LISTS = ['nodes', 'results'] as const

const merged = (before: StageFacts, after: StageFacts): StageFacts => {
  const all: Record<string, StageFacts[string]> = { ...before, ...after }
  for (const name of LISTS) {
    const old = before[name]
    const added = after[name]
    if (typeof old === 'object' && typeof added === 'object') all[name] = [...new Set([...old, ...added])]
  }
  return all
}

/** `offset` turns our wall time into server time, ms. */
export const applyReport = (
  work: StageWork,
  report: StageReport,
  facts: StageFacts,
  offset: number,
  verdict: Verdict | null,
): void => {
  const ms = 'ms' in report ? report.ms : null
  work.facts = merged(work.facts, facts)
  if (report.status === 'started') {
    work.startedAt ??= report.at + offset
    work.status = 'running'
    return
  }
  // We gave it up ourselves: nobody's fault.
  const ours = 'failure' in report && report.failure.kind === 'closedByUs'
  // One team that is refused stays in sight, although the next is not; so does what REST found out meanwhile.
  work.status = ours
    ? work.problem === null
      ? 'skipped'
      : work.status
    : work.problem !== null && report.status === 'succeeded'
      ? work.status
      : STATUS[report.status]
  work.startedAt ??= report.at + offset - (ms ?? 0)
  work.ms = ms ?? 0
  if (verdict !== null && !ours) {
    work.problem = verdict.problem
    work.cause = verdict.cause
  }
}

export const keepChain = (work: StageWork, certificates: readonly CertificateFacts[]): void => {
  work.certificates = certificates
  work.chain = chainOf(certificates)
}

/** Whether it was kept: a stage keeps its first texts. */
export const keepText = (work: StageWork, text: WireText): boolean => {
  if (work.exchange.length >= MOST_TEXTS) return false
  work.exchange.push(text)
  return true
}

export const stageDetail = (work: StageWork): StageDetail => ({
  stage: work.stage,
  status: work.status,
  startedAt: work.startedAt,
  ms: work.ms,
  facts: work.facts,
  chain: work.chain,
  exchange: [...work.exchange],
  problem: work.problem,
  cause: work.cause,
})
