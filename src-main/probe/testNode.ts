import type { SelfTestCheck } from '../../src-contract/inspector'
import { problem } from '../../src-contract/problem'
import { causeOfRest, causeOfSystemInfo, type CauseContext } from '../diagnosis/causeOf'
import { cause } from '../diagnosis/context'
import { DRIFT_MS } from '../diagnosis/systemInfo'
import type { SystemInfo } from '../finesse/model'
import { createRestClient } from '../finesse/rest/restClient'
import type { BasicCredentials, RestClient, RestFailure, SystemInfoAnswer } from '../finesse/rest/types'
import type { RestTap } from '../finesse/tap'
import { healthOf } from '../session/connection/health'
import type { NodeAddress } from '../session/ports'
import { outOfServiceProblem, restProblem } from '../session/problems'
import { formatServerAddress } from '../session/serverAddress'
import type { Checks } from './checks'
import { createStageTrack } from './stageTrack'
import type { ProbePorts } from './types'

export interface TestedNode {
  readonly rest: RestClient
  /** Null: it did not answer, or not with SystemInfo. */
  readonly info: SystemInfo | null
  readonly clockOffsetMs: number | null
  /** Null: this node can be used as far as REST can tell. */
  readonly failed: SelfTestCheck | null
}

export interface NodeQuestion {
  readonly node: NodeAddress
  /** Where a reverse proxy asks for a password before it shows SystemInfo (2.1). Null: never with one. */
  readonly credentials: BasicCredentials | null
  /** No domain is missing then. */
  readonly xmppDomain: string | null
}

const NOTHING = (): void => undefined

const factsOf = (info: SystemInfo): SelfTestCheck['facts'] => {
  const facts = {
    status: info.status,
    statusReason: info.statusReason,
    deployment: info.deploymentType,
    cti: info.lastCtiHeartbeatStatus,
    authMode: info.systemAuthMode,
    xmppDomain: info.xmppDomain,
    pubsubDomain: info.xmppPubSubDomain,
    primary: info.primaryNode?.host,
    secondary: info.secondaryNode?.host,
  }
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, value]],
    ),
  )
}

/** What a good answer says of trouble, in the session's order. */
const objectionTo = (info: SystemInfo, question: NodeQuestion, context: CauseContext) => {
  const { host, port } = question.node
  const at = { host, port, loginId: context.loginId, extension: '' }
  const incomplete = (message: string) =>
    problem('systemInfoIncomplete', { host, port, id: context.loginId, stage: 'systemInfo', message })
  if (healthOf(info) !== 'inService') return outOfServiceProblem(info, at)
  if (info.systemAuthMode === 'SSO')
    return problem('ssoNotSupported', { host, port, id: context.loginId, stage: 'systemInfo', message: '' })
  if (question.xmppDomain !== null) return null
  if (info.xmppDomain === null) return incomplete('xmppDomain')
  return info.xmppPubSubDomain === null ? incomplete('xmppPubSubDomain') : null
}

/** DNS, TCP, TLS and SystemInfo of one node; how far its clock is from ours. */
export const testNode = async (
  question: NodeQuestion,
  ports: ProbePorts,
  checks: Checks,
): Promise<TestedNode> => {
  const { node, credentials } = question
  const { clock } = ports
  const server = formatServerAddress(node)
  const loginId = credentials?.id ?? ''
  const track = createStageTrack({
    checks,
    evidence: { loginId, version: null, clockOffsetMs: null },
    now: clock.now,
    causeOf: (failure, _stage, context) =>
      causeOfRest({ kind: 'connection', failure }, 'systemInfo', context),
  })
  // Later calls find the connection open, or tell nothing new.
  let isOver = false
  const tap: RestTap = {
    requested: NOTHING,
    stage: (_call, report) => {
      if (!isOver) track.report(report, node)
    },
    chain: (_call, certificates) => {
      if (!isOver) track.chain(certificates)
    },
    answered: NOTHING,
    finished: NOTHING,
  }
  const rest = createRestClient({ ...node, ...ports, tap, credentials: () => credentials })
  const begun = clock.monotonic()
  const answer = await rest.systemInfo(ports.signal, credentials === null)
  isOver = true
  const broken = track.settle()
  const context = (clockOffsetMs: number | null): CauseContext => ({
    ...node,
    loginId,
    version: null,
    clockOffsetMs,
    facts: {},
    now: clock.now(),
  })
  if (answer.ok) return { rest, ...tell(answer.value, question, checks, context(answer.value.clockOffsetMs)) }
  const unknown = { rest, info: null, clockOffsetMs: null }
  if (broken !== null) return { ...unknown, failed: broken }
  const check = checks.open('systemInfo', server, {
    ms: clock.monotonic() - begun,
    problem: restProblem(answer.error, 'systemInfo', { ...context(null), extension: '' }),
    cause: causeOfRest(answer.error, 'systemInfo', context(null)),
    facts: statusFacts(answer.error),
    status: isUnasked(answer.error, credentials) ? 'degraded' : 'failed',
  })
  const { status } = check.get()
  return { ...unknown, failed: status === 'failed' ? check.get() : null }
}

const statusFacts = (failure: RestFailure): SelfTestCheck['facts'] =>
  'status' in failure ? { status: failure.status } : {}

/** A reverse proxy wants a password first (section 7), and there is none to give: that is no fault. */
const isUnasked = (failure: RestFailure, credentials: BasicCredentials | null): boolean =>
  credentials === null && failure.kind === 'status' && failure.status === 401

const tell = (
  { info, clockOffsetMs, roundTripMs }: SystemInfoAnswer,
  question: NodeQuestion,
  checks: Checks,
  context: CauseContext,
): Omit<TestedNode, 'rest'> => {
  const server = formatServerAddress(question.node)
  const objection = objectionTo(info, question, context)
  const known = causeOfSystemInfo(info, context)
  const isAboutClock = known?.id === 'clock.drift'
  const status = objection !== null ? 'failed' : known === null || isAboutClock ? 'ok' : 'degraded'
  const check = checks.open('systemInfo', server, {
    status,
    ms: roundTripMs,
    facts: factsOf(info),
    problem: objection,
    cause: isAboutClock ? null : known,
  })
  const isOff = clockOffsetMs !== null && Math.abs(clockOffsetMs) >= DRIFT_MS
  checks.open('clock', server, {
    status: clockOffsetMs === null ? 'skipped' : isOff ? 'degraded' : 'ok',
    facts: clockOffsetMs === null ? {} : { offsetMs: clockOffsetMs },
    cause: isOff ? cause('clock.drift', context, { offset: clockOffsetMs }) : null,
  })
  return { info, clockOffsetMs, failed: objection === null ? null : check.get() }
}
