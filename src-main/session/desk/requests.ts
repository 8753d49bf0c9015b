import { problem, type Problem } from '../../../src-contract/problem'
import type { Reason } from '../../../src-contract/model'
import type { Choice, StateChoices, WhyNot } from '../../../src-contract/state'
import type { User } from '../../finesse/model'
import type { RestFailure } from '../../finesse/rest/types'
import { enterClosing } from '../connection/phases'
import type { Effect, Env } from '../events'
import { restProblem } from '../problems'
import {
  contextOf,
  newRequestId,
  nodeOf,
  serverNow,
  stay,
  tell,
  timerOff,
  timerOn,
  withDesk,
  withEffects,
  type SessionStep,
} from '../step'
import type { PendingRequest, SessionState } from '../state'
import { isPendingState } from './choices'
import { lookOf } from './looks'
import { findReason, rememberReason } from './reasons'

/** 15.1: an event should come within this time; then the User is read. */
export const CONFIRM_MS = 5_000

export const inFlight = (state: SessionState): boolean =>
  state.desk.request !== null && state.desk.request.phase !== 'refused'

const NOT_ASKED: Readonly<Partial<Record<WhyNot, 'notConnected' | 'busy' | 'outOfService'>>> = {
  notConnected: 'notConnected',
  requestPending: 'busy',
  serverUnavailable: 'outOfService',
}

const barrier = (choice: Choice): Problem | null =>
  choice.allowed ? null : problem(NOT_ASKED[choice.why] ?? 'notAllowedNow', { condition: choice.why })

export interface StateAsk {
  readonly state: 'READY' | 'NOT_READY' | 'LOGOUT'
  readonly reasonCodeId: string | null
}

/** Why a request is not even sent. The command answers with it, the reducer does nothing then. */
export function refusalOf(state: SessionState, choices: StateChoices, ask: StateAsk): Problem | null {
  const { reasons } = state.desk
  if (ask.state === 'READY') return barrier(choices.ready)
  const signOut = ask.state === 'LOGOUT'
  const choice = signOut
    ? choices.signOut
    : ask.reasonCodeId === null
      ? choices.notReady
      : choices.changeReason
  const list = signOut ? reasons.signOut : reasons.notReady
  if (!choice.allowed) return barrier(choice)
  if (ask.reasonCodeId === null)
    return list.length > 0 ? problem('reasonRequired', { type: ask.state }) : null
  const known = reasons.status !== 'ready' || list.some((reason) => reason.id === ask.reasonCodeId)
  return known ? null : problem('reasonUnknown', { id: ask.reasonCodeId, type: ask.state })
}

export function readReasons(state: SessionState): readonly Effect[] {
  const node = nodeOf(state)
  const { account, desk } = state
  if (node === null || account === null) return []
  const { loginId } = account
  const to = { gen: state.gen, node: node.address, loginId, teamId: desk.user?.teamId ?? null }
  return [
    { type: 'readReasons', ...to, category: 'NOT_READY' },
    { type: 'readReasons', ...to, category: 'LOGOUT' },
  ]
}

const send = (state: SessionState, request: PendingRequest, target: StateAsk['state']): readonly Effect[] => {
  const node = nodeOf(state)
  const { account } = state
  if (node === null || account === null) return []
  return [
    {
      type: 'setState',
      gen: state.gen,
      node: node.address,
      loginId: account.loginId,
      state: target,
      reasonCodeId: request.reasonCodeId,
      requestId: request.requestId,
    },
  ]
}

/** Marks it asked and sends it. Never an optimistic state: the User changes only by Finesse's word. */
export function ask(state: SessionState, env: Env, what: StateAsk): SessionStep {
  const { state: counted, id } = newRequestId(state)
  const through =
    what.state === 'LOGOUT' && state.desk.user?.state === 'READY' && state.facts?.deployment !== 'UCCX'
  const request: PendingRequest = {
    requestId: id,
    target: what.state,
    reason: findReason(state.desk.reasons, what.reasonCodeId),
    reasonCodeId: through ? null : what.reasonCodeId,
    askedAt: serverNow(state, env),
    phase: 'asked',
    problem: null,
    login: false,
    thenSignOut: through ? { reasonCodeId: what.reasonCodeId, withReason: false } : null,
  }
  const next = withDesk(counted, { request })
  return withEffects(next, ...send(next, request, through ? 'NOT_READY' : what.state))
}

export function askLogin(state: SessionState, env: Env): SessionStep {
  const node = nodeOf(state)
  const { account } = state
  if (node === null || account === null) return stay(state)
  const { state: counted, id } = newRequestId(state)
  const request: PendingRequest = {
    requestId: id,
    target: 'NOT_READY',
    reason: null,
    reasonCodeId: null,
    askedAt: serverNow(state, env),
    phase: 'asked',
    problem: null,
    login: true,
    thenSignOut: null,
  }
  return withEffects(withDesk(counted, { request }), {
    type: 'login',
    gen: state.gen,
    node: node.address,
    loginId: account.loginId,
    extension: account.extension,
    requestId: id,
  })
}

export function refuse(state: SessionState, env: Env, why: Problem): SessionStep {
  const { request } = state.desk
  if (request === null || request.phase === 'refused') return stay(state)
  const told = tell(state, env, 'finesse', { kind: 'requestRefused', target: request.target, problem: why })
  const refused: PendingRequest = { ...request, phase: 'refused', problem: why }
  const step = timerOff(withDesk(told, { request: refused }), 'request')
  // R18: the lists may have changed meanwhile, whatever words Finesse has for it.
  const suspect =
    why.code === 'reasonUnknown' || (why.code === 'finesseRefused' && request.reasonCodeId !== null)
  return suspect ? withEffects(step, ...readReasons(step)) : stay(step)
}

const FALLBACK = (state: SessionState): Reason | null => {
  const { favourites, notReady } = state.desk.reasons
  return notReady.find((reason) => reason.id === favourites[0]) ?? notReady[0] ?? null
}

/** The Not Ready on the way out is asked without a reason first, so that no report shows one nobody chose. */
function retryWithReason(state: SessionState, why: Problem): SessionStep | null {
  const { request } = state.desk
  const reason = FALLBACK(state)
  if (request?.thenSignOut == null || request.thenSignOut.withReason) return null
  if (why.code !== 'reasonRequired' || reason === null) return null
  const { state: counted, id } = newRequestId(state)
  const again: PendingRequest = {
    ...request,
    requestId: id,
    phase: 'asked',
    reasonCodeId: reason.id,
    thenSignOut: { ...request.thenSignOut, withReason: true },
  }
  const next = timerOff(withDesk(counted, { request: again }), 'request')
  return withEffects(next, ...send(next, again, 'NOT_READY'))
}

export const refuseOrRetry = (state: SessionState, env: Env, why: Problem): SessionStep =>
  retryWithReason(state, why) ?? refuse(state, env, why)

const readBack = (state: SessionState): SessionStep => {
  const node = nodeOf(state)
  const { account } = state
  const { request } = state.desk
  if (node === null || account === null || request === null) return stay(state)
  const next = timerOn(
    withDesk(state, { request: { ...request, phase: 'checking' } }),
    'request',
    CONFIRM_MS * 2,
  )
  return withEffects(next, {
    type: 'readUser',
    gen: state.gen,
    node: node.address,
    loginId: account.loginId,
    purpose: 'check',
  })
}

/** During a call 202 is all that comes: the choice itself is what there is to show (8.6). */
function acceptedDuringCall(state: SessionState, env: Env, request: PendingRequest): SessionStep | null {
  const { user } = state.desk
  const { target } = request
  if (user === null || target === 'LOGOUT' || request.login) return null
  if (!isPendingState(state.facts?.deployment ?? null, user.state)) return null
  const told = tell(state, env, 'you', { kind: 'agentPending', state: target, look: lookOf(target) })
  const pending = { requestId: request.requestId, state: target, reason: request.reason }
  return withFavourite(timerOff(withDesk(told, { pending, request: null }), 'request'), request)
}

function withFavourite(state: SessionState, request: PendingRequest): SessionStep {
  const { account } = state
  const { favourites } = state.desk.reasons
  if (request.target !== 'NOT_READY' || request.reasonCodeId === null || account === null) return stay(state)
  const ids = rememberReason(favourites, request.reasonCodeId)
  if (ids.every((id, index) => favourites[index] === id) && ids.length === favourites.length)
    return stay(state)
  return withEffects(withDesk(state, { reasons: { ...state.desk.reasons, favourites: ids } }), {
    type: 'rememberFavourites',
    server: account.server,
    loginId: account.loginId,
    ids,
  })
}

export function accepted(state: SessionState, env: Env, requestId: string): SessionStep {
  const { request } = state.desk
  if (request?.requestId !== requestId || request.phase !== 'asked') return stay(state)
  return (
    acceptedDuringCall(state, env, request) ??
    stay(timerOn(withDesk(state, { request: { ...request, phase: 'accepted' } }), 'request', CONFIRM_MS))
  )
}

/** R9: without an answer nobody knows whether the server did it; the User is read before anything else. */
export function notAccepted(
  state: SessionState,
  env: Env,
  requestId: string,
  failure: RestFailure,
): SessionStep {
  const { request } = state.desk
  if (request?.requestId !== requestId || request.phase !== 'asked') return stay(state)
  const why = restProblem(failure, request.login ? 'signIn' : 'setState', contextOf(state))
  return failure.kind === 'status' || failure.kind === 'redirect'
    ? refuseOrRetry(state, env, why)
    : readBack(withDesk(state, { request: { ...request, doubt: why } }))
}

const unconfirmed = (request: PendingRequest): Problem =>
  request.doubt ?? problem('noConfirmation', { type: request.target })

export function requestTimedOut(state: SessionState, env: Env): SessionStep {
  const { request } = state.desk
  if (request === null || request.phase === 'refused') return stay(state)
  return request.phase === 'checking' ? refuse(state, env, unconfirmed(request)) : readBack(state)
}

const REACHED: Readonly<Record<PendingRequest['target'], (state: string) => boolean>> = {
  // A call may be offered before the READY event is seen.
  READY: (state) => state === 'READY' || state.startsWith('RESERVED'),
  NOT_READY: (state) => state === 'NOT_READY',
  LOGOUT: (state) => state === 'LOGOUT',
}

/** Without an id it is the code asked for, or a system's or supervisor's that came in between (12.8). */
function reasonOk(request: PendingRequest, user: User): boolean {
  const { reasonCode } = user
  if (request.reasonCodeId === null || reasonCode === null) return true
  if (reasonCode.id !== null) return reasonCode.id === request.reasonCodeId
  return reasonCode.code === null || request.reason === null || reasonCode.code === request.reason.code
}

/** Whether this User is what was asked for. Half-way to sign-out that is Not Ready. */
export function answers(request: PendingRequest | null, user: User): boolean {
  if (request === null || request.phase === 'refused') return false
  const target = request.thenSignOut === null ? request.target : 'NOT_READY'
  if (request.thenSignOut !== null && user.state === 'LOGOUT') return true
  if (request.login) return user.state !== 'LOGOUT'
  return REACHED[target](user.state) && (target !== 'NOT_READY' || reasonOk(request, user))
}

/** The User is what was asked for: the request is gone, or its second half begins. */
export function confirm(state: SessionState, env: Env): SessionStep {
  const { request, user } = state.desk
  if (request === null || user === null) return stay(state)
  const settled = timerOff(withDesk(state, { request: null }), 'request')
  if (request.target === 'LOGOUT' && user.state === 'LOGOUT') return enterClosing(settled, env)
  if (request.thenSignOut !== null) {
    const reasonCodeId = request.thenSignOut.reasonCodeId
    const { state: counted, id } = newRequestId(settled)
    const second: PendingRequest = {
      ...request,
      requestId: id,
      phase: 'asked',
      reasonCodeId,
      thenSignOut: null,
    }
    const next = withDesk(counted, { request: second })
    return withEffects(next, ...send(next, second, 'LOGOUT'))
  }
  return withFavourite(settled, request)
}

/** After the checking read: it is there, or it became a choice for after the call, or it did not happen. */
export function settleCheck(state: SessionState, env: Env): SessionStep {
  const { request, user } = state.desk
  if (request === null || request.phase !== 'checking' || user === null) return stay(state)
  if (answers(request, user)) return confirm(state, env)
  return acceptedDuringCall(state, env, request) ?? refuse(state, env, unconfirmed(request))
}
