import { problem, type Problem } from '../../../src-contract/problem'
import type { SystemInfo, User } from '../../finesse/model'
import type { NotificationEvent } from '../../finesse/notifications/types'
import type { Accepted, RestResult, SystemInfoAnswer } from '../../finesse/rest/types'
import { userNode } from './nodes'
import type { Env } from '../events'
import { apiErrorProblem, outOfServiceProblem } from '../problems'
import {
  andThen,
  contextOf,
  newRequestId,
  nodeOf,
  serverNow,
  stay,
  timerOff,
  timerOn,
  withEffects,
  withTrack,
  type SessionStep,
} from '../step'
import type { Failure, Node, NodeName, SessionState } from '../state'
import { finishLoad, restFailed, startLoad } from './load'
import { nodesOf } from './nodes'
import { clocked, forgetClock } from './clock'
import { restRetryAfterOf } from './causes'
import { healthOf, noteHealth } from './health'
import { noteWait } from './patience'
import { enterConnecting, enterStep, enterVerifying } from './phases'
import { attemptFailed } from './rounds'
import { failedAttempt } from './track'
import { passwordRefused } from './password'
import { considerMove, servicePolled } from './service'
import { judge } from './verdict'

/** 8.3: an agent already signed on gets no event; then the User is read. */
const LOGIN_EVENT_MS = 3_000
const LOGIN_READS = 3

const refusedHere = (state: SessionState, env: Env, why: Problem) =>
  attemptFailed(state, env, {
    problem: why,
    side: 'server',
    retryAfterMs: null,
    certificate: null,
  })

/** Failed before there was a connection: an attempt all the same, with the stage it reached. */
function unreachable(state: SessionState, env: Env, failure: Failure): SessionStep {
  const node = nodeOf(state)
  if (node === null) return attemptFailed(state, env, failure)
  const id = state.counter + 1
  const endpoint = `${node.address.host}:${String(node.address.port)}`
  const start = { id, endpoint, node: node.name, at: serverNow(state, env) }
  const stage = String(failure.problem.params.stage ?? '')
  const track = failedAttempt(state.track, start, stage, failure.problem)
  return attemptFailed(withTrack({ ...state, counter: id }, track), env, failure)
}

const partnerOf = (state: SessionState, nodes: readonly Node[]): Node | null =>
  nodes.find((node) => node.address !== state.account?.node) ?? null

/** The partner is learned from the configured node only: its own answer names the same two. */
function learnNodes(state: SessionState, info: SystemInfo): SessionStep {
  const { account, nodeIndex } = state
  if (account === null || nodeIndex !== 0) return stay(state)
  const nodes = nodesOf(account.node, info)
  const partner = partnerOf(state, nodes)
  return withEffects({ ...state, nodes }, { type: 'rememberPartner', server: account.server, partner })
}

const incomplete = (state: SessionState, code: 'systemInfoIncomplete' | 'ssoNotSupported', message = '') =>
  problem(code, { ...contextOf(state), id: state.account?.loginId ?? '', stage: 'systemInfo', message })

/** What the node in turn says of itself, in a try. The clock, the other node, the XMPP domains come from it (rule 3). */
function verify(state: SessionState, env: Env, { info, clockOffsetMs }: SystemInfoAnswer): SessionStep {
  const measured = clocked(forgetClock(state), env, clockOffsetMs)
  if (healthOf(info) !== 'inService')
    return refusedHere(measured, env, outOfServiceProblem(info, contextOf(state)))
  if (info.systemAuthMode === 'SSO') return refusedHere(measured, env, incomplete(state, 'ssoNotSupported'))
  const { xmppDomain, xmppPubSubDomain } = info
  if (xmppDomain === null)
    return refusedHere(measured, env, incomplete(state, 'systemInfoIncomplete', 'xmppDomain'))
  if (xmppPubSubDomain === null)
    return refusedHere(measured, env, incomplete(state, 'systemInfoIncomplete', 'xmppPubSubDomain'))
  const facts = { xmppDomain, pubsubDomain: xmppPubSubDomain, deployment: info.deploymentType }
  const known: SessionState = { ...measured, verified: true }
  if (state.link === null)
    return andThen(learnNodes(known, info), (next) => enterConnecting({ ...next, facts }, env))
  // Connected meanwhile as it was before; another domain means another server behind the name.
  const { xmppDomain: before } = state.link.facts
  if (before !== xmppDomain) return enterVerifying({ ...state, factsOf: {} }, env)
  return andThen(learnNodes({ ...known, facts }, info), (next) => finishLoad(next, env))
}

/** Connecting did not wait for it, and being live does. */
const isAwaited = ({ phase, verified }: SessionState): boolean =>
  phase.name === 'recovering' && !verified && (phase.step === 'connecting' || phase.step === 'loading')

const currentName = (state: SessionState) => nodeOf(state)?.name ?? 'A'

export function systemInfoRead(
  state: SessionState,
  env: Env,
  result: RestResult<SystemInfoAnswer>,
): SessionStep {
  const noted = judge(noteHealth(state, env, currentName(state), result))
  if (state.phase.name === 'online') {
    const failure = result.ok ? null : restFailed(state, result.error, 'systemInfo')
    // A reverse proxy asks for the password (7): polling on would lock the account.
    return failure?.problem.code === 'passwordWrong'
      ? passwordRefused(noted, env, failure.problem)
      : servicePolled(result.ok ? clocked(noted, env, result.value.clockOffsetMs) : noted, env, result)
  }
  const { phase } = state
  const verifying = (phase.name === 'signingIn' || phase.name === 'recovering') && phase.step === 'verifying'
  if (!verifying && !isAwaited(state)) return stay(state)
  if (result.ok) return verify(noted, env, result.value)
  const failure = restFailed(state, result.error, 'systemInfo')
  return verifying ? unreachable(noted, env, failure) : attemptFailed(noted, env, failure)
}

/** The node we are not on. */
export function nodeProbed(
  state: SessionState,
  env: Env,
  name: NodeName,
  result: RestResult<SystemInfoAnswer>,
): SessionStep {
  const waitMs = result.ok ? null : restRetryAfterOf(result.error)
  const noted = judge(noteHealth(noteWait(state, env, name, waitMs), env, name, result))
  return state.service.status === 'unavailable' ? considerMove(noted, env) : stay(noted)
}

/** Rule 2: XMPP first, then LOGIN. It is a forced sign-in that keeps the state of one already signed on (8.3). */
export function startLogin(state: SessionState): SessionStep {
  const node = nodeOf(state)
  const { account } = state
  if (node === null || account === null) return stay(state)
  const { state: counted, id } = newRequestId(state)
  const next = { ...enterStep(counted, 'signingOn'), login: { requestId: id, reads: 0 } }
  return withEffects(next, {
    type: 'login',
    gen: next.gen,
    node: node.address,
    loginId: account.loginId,
    extension: account.extension,
    requestId: id,
  })
}

export function loginAnswered(
  state: SessionState,
  env: Env,
  requestId: string,
  result: RestResult<Accepted>,
): SessionStep {
  if (state.login?.requestId !== requestId) return stay(state)
  if (!result.ok) return attemptFailed(state, env, restFailed(state, result.error, 'signIn'))
  return stay(timerOn(state, 'login', LOGIN_EVENT_MS))
}

const isOwn = (state: SessionState, path: string): boolean =>
  path.toLowerCase() === userNode(state.account?.loginId ?? '').toLowerCase()

const signedOn = (state: SessionState): SessionStep => startLoad(timerOff({ ...state, login: null }, 'login'))

/** An event while LOGIN is under way: it may be the answer (8.3), good or bad. */
export function loginNotified(state: SessionState, env: Env, event: NotificationEvent): SessionStep {
  if (state.login === null || event.type !== 'notified') return stay(state)
  const { update, node } = event
  if (!isOwn(state, node) && !isOwn(state, update.source)) return stay(state)
  const { data } = update
  if (data?.kind === 'apiErrors') {
    const [error] = data.value
    const foreign = update.requestId !== null && update.requestId !== state.login.requestId
    if (error === undefined || foreign) return stay(state)
    return attemptFailed(state, env, {
      problem: apiErrorProblem(error, 'login', contextOf(state)),
      side: 'server',
      retryAfterMs: null,
      certificate: null,
    })
  }
  return data?.kind === 'user' && data.value.state !== 'LOGOUT' ? signedOn(state) : stay(state)
}

export function loginTimedOut(state: SessionState): SessionStep {
  const node = nodeOf(state)
  const { account, login } = state
  if (login === null || node === null || account === null) return stay(state)
  return withEffects(
    { ...state, login: { ...login, reads: login.reads + 1 } },
    { type: 'readUser', gen: state.gen, node: node.address, loginId: account.loginId, purpose: 'login' },
  )
}

export function loginChecked(state: SessionState, env: Env, result: RestResult<User>): SessionStep {
  const { login } = state
  if (login === null) return stay(state)
  if (!result.ok) return attemptFailed(state, env, restFailed(state, result.error, 'user'))
  if (result.value.state !== 'LOGOUT') return signedOn(state)
  if (login.reads < LOGIN_READS) return stay(timerOn(state, 'login', LOGIN_EVENT_MS))
  return attemptFailed(state, env, {
    problem: problem('noConfirmation', {
      ...contextOf(state),
      id: state.account?.loginId ?? '',
      type: 'LOGIN',
      stage: 'signIn',
    }),
    side: 'server',
    retryAfterMs: null,
    certificate: null,
  })
}
