import { problem } from '../../../src-contract/problem'
import type { User } from '../../finesse/model'
import type { NotificationEvent } from '../../finesse/notifications/types'
import type { Accepted, RestResult, SystemInfoAnswer } from '../../finesse/rest/types'
import { userNode } from './nodes'
import type { Env } from '../events'
import { apiErrorProblem } from '../problems'
import {
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
import type { SessionState } from '../state'
import { restFailed, startLoad } from './load'
import { nodesOf } from './nodes'
import { attemptFailed, enterConnecting, enterStep, type Failure } from './phases'
import { failedAttempt } from './track'
import { servicePolled } from './service'

/** 8.3: an agent already signed on gets no event; then the User is read. */
const LOGIN_EVENT_MS = 3_000
const LOGIN_READS = 3

const refusedHere = (
  state: SessionState,
  env: Env,
  code: 'outOfService' | 'systemInfoIncomplete' | 'ssoNotSupported',
  message = '',
) =>
  attemptFailed(state, env, {
    problem: problem(code, {
      ...contextOf(state),
      id: state.account?.loginId ?? '',
      stage: 'systemInfo',
      message,
    }),
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

/** The clock, the other node, the XMPP domains: all from SystemInfo of the node we talk to (rule 3). */
export function systemInfoRead(
  state: SessionState,
  env: Env,
  result: RestResult<SystemInfoAnswer>,
): SessionStep {
  if (state.phase.name === 'online') {
    const failure = result.ok ? null : restFailed(state, result.error, 'systemInfo')
    // A reverse proxy asks for the password (7): polling on would lock the account.
    return failure?.problem.code === 'passwordWrong'
      ? attemptFailed(state, env, failure)
      : servicePolled(state, env, result)
  }
  const { phase, account } = state
  if ((phase.name !== 'signingIn' && phase.name !== 'recovering') || phase.step !== 'verifying')
    return stay(state)
  if (account === null) return stay(state)
  if (!result.ok) return unreachable(state, env, restFailed(state, result.error, 'systemInfo'))
  const { info, clockOffsetMs } = result.value
  const clocked: SessionState =
    clockOffsetMs === null ? state : { ...state, clockBase: env.now + clockOffsetMs - env.monotonic }
  if (info.status !== 'IN_SERVICE')
    return refusedHere(clocked, env, 'outOfService', info.statusReason ?? info.status ?? '')
  if (info.systemAuthMode === 'SSO') return refusedHere(clocked, env, 'ssoNotSupported')
  if (info.xmppDomain === null || info.xmppPubSubDomain === null)
    return refusedHere(
      clocked,
      env,
      'systemInfoIncomplete',
      info.xmppDomain === null ? 'xmppDomain' : 'xmppPubSubDomain',
    )
  // The partner is learned from the configured node only; its own answer names the same two.
  const nodes = state.nodeIndex === 0 ? nodesOf(account.node, info) : state.nodes
  return enterConnecting(
    {
      ...clocked,
      nodes,
      facts: {
        xmppDomain: info.xmppDomain,
        pubsubDomain: info.xmppPubSubDomain,
        deployment: info.deploymentType,
      },
    },
    env,
  )
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
