import type { SelfTestCheck } from '../../src-contract/inspector'
import type { Cause } from '../../src-contract/causes/ids'
import type { Problem } from '../../src-contract/problem'
import type { CauseContext } from '../diagnosis/causeOf'
import type { CertificateFacts, ConnectionFailure } from '../finesse/failures'
import type { Stage, StageFacts, StageReport } from '../finesse/stages'
import { chainOf } from '../inspector/wireText'
import type { NodeAddress } from '../session/ports'
import { connectionProblem } from '../session/problems'
import { formatServerAddress } from '../session/serverAddress'
import type { CheckHandle, Checks } from './checks'

export interface StageTrack {
  readonly report: (report: StageReport, endpoint: NodeAddress) => void
  /** Of the `tls` stage that is under way. */
  readonly chain: (certificates: readonly CertificateFacts[]) => void
  /** A stage that nobody reported. */
  readonly fail: (stage: Stage, endpoint: NodeAddress, failure: ConnectionFailure) => SelfTestCheck
  /** The connection is over: what failed at last has failed for good. The first of it, null if there is nothing. */
  readonly settle: () => SelfTestCheck | null
}

/** What is known beside what the stages saw. */
export type Evidence = Omit<CauseContext, 'host' | 'port' | 'facts' | 'chain' | 'now'>

interface TrackPorts {
  readonly checks: Checks
  readonly evidence: Evidence
  readonly now: () => number
  readonly causeOf: (failure: ConnectionFailure, stage: Stage, context: CauseContext) => Cause
  /** Seen before at the same server: told only when it fails. */
  readonly isKnown?: (stage: Stage, server: string) => boolean
  /** A stage whose refusal counts as failure although the connection survives it. */
  readonly isRequired?: (stage: Stage) => boolean
  /** Why a stage is left out, where that was decided before. */
  readonly skipped?: (stage: Stage) => StageFacts
}

interface Held {
  readonly handle: CheckHandle
  readonly server: string
}

/** Whether a failed stage was the end is known only when no other endpoint is tried: until then it is held back. */
export const createStageTrack = (ports: TrackPorts): StageTrack => {
  const { checks, evidence } = ports
  const open = new Map<Stage, CheckHandle>()
  const startFacts = new Map<Stage, StageFacts>()
  let chain: readonly CertificateFacts[] = []
  let held: readonly Held[] = []
  const required: SelfTestCheck[] = []

  const words = (
    failure: ConnectionFailure,
    stage: Stage,
    { host, port }: NodeAddress,
    facts: StageFacts,
  ): { readonly problem: Problem; readonly cause: Cause } => ({
    problem: connectionProblem(failure, { host, port, loginId: evidence.loginId, extension: '' }),
    cause: ports.causeOf(failure, stage, { ...evidence, host, port, facts, chain, now: ports.now() }),
  })

  const leave = (server: string): void => {
    const [first] = held
    if (first === undefined || first.server === server) return
    for (const { handle } of held) handle.put({ status: 'degraded' })
    held = []
  }

  const finished = (report: Exclude<StageReport, { status: 'started' }>, endpoint: NodeAddress): void => {
    const { stage, status } = report
    const server = formatServerAddress(endpoint)
    const left = status === 'skipped' ? ports.skipped?.(stage) : undefined
    const facts = { ...startFacts.get(stage), ...report.facts, ...left }
    const isHidden = status === 'succeeded' || status === 'skipped' ? ports.isKnown?.(stage, server) : false
    const known = open.get(stage)
    open.delete(stage)
    if (isHidden === true) return
    const seen = {
      facts,
      ms: 'ms' in report ? report.ms : null,
      chain: stage === 'tls' ? chainOf(chain) : [],
    }
    const handle =
      known ?? checks.open(stage, server, { ...seen, status: status === 'skipped' ? status : 'running' })
    if (status === 'skipped') {
      if (known !== undefined) handle.put({ ...seen, status })
    } else if (status === 'succeeded') handle.put({ ...seen, status: 'ok' })
    else {
      const told = { ...seen, ...words(report.failure, stage, endpoint, facts) }
      if (status === 'degraded') {
        const isRequired = ports.isRequired?.(stage) === true
        const check = handle.put({ ...told, status: isRequired ? 'failed' : 'degraded' })
        if (isRequired) required.push(check)
      } else {
        handle.put(told)
        held = [...held, { handle, server }]
      }
    }
  }

  return {
    report: (report, endpoint) => {
      const server = formatServerAddress(endpoint)
      leave(server)
      if (report.status !== 'started') return finished(report, endpoint)
      const { stage, facts } = report
      if (stage === 'tls') chain = []
      startFacts.set(stage, facts)
      if (ports.isKnown?.(stage, server) !== true) open.set(stage, checks.open(stage, server, { facts }))
    },
    chain: (certificates) => {
      chain = certificates
    },
    fail: (stage, endpoint, failure) => {
      const handle = open.get(stage) ?? checks.open(stage, formatServerAddress(endpoint))
      open.delete(stage)
      const { facts } = handle.get()
      return handle.put({ status: 'failed', ...words(failure, stage, endpoint, facts) })
    },
    settle: () => {
      const failed = held.map(({ handle }) => handle.put({ status: 'failed' }))
      held = []
      return failed[0] ?? required[0] ?? null
    },
  }
}
