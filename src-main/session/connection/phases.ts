import type { CertificateQuestion } from '../../../src-contract/model'
import type { Problem } from '../../../src-contract/problem'
import type { Effect, Env } from '../events'
import {
  nodeOf,
  serverNow,
  stay,
  tell,
  timerOn,
  withDesk,
  withEffects,
  withTrack,
  type SessionStep,
} from '../step'
import { emptyDesk, initialState, type BlockedReason, type Recovering, type SessionState } from '../state'
import { delayBefore, type CauseSide } from './backOff'
import { beginAttempt, endAttempt } from './track'
import { endpointsOf } from './nodes'

/** Backstops: each call and each stage has its own, shorter limit. */
const STEP_MS = {
  verifying: 20_000,
  connecting: 40_000,
  signingOn: 20_000,
  loading: 25_000,
  signingOut: 8_000,
}
const GOODBYE_MS = 1_000

export interface Failure {
  readonly problem: Problem
  readonly side: CauseSide
  readonly retryAfterMs: number | null
  readonly certificate: CertificateQuestion | null
}

/** Lets go of everything held: connection, timers, answers under way (their number is no longer ours). */
const letGo = (state: SessionState): SessionState => ({
  ...state,
  gen: state.gen + 1,
  link: null,
  timers: {},
  login: null,
  load: null,
  buffer: [],
  service: { status: 'ok' },
  degraded: { userEvents: false, finessePresence: false },
})

const log = (
  state: SessionState,
  level: 'info' | 'warn',
  event: string,
  problem: Problem | null,
): Effect => ({
  type: 'log',
  level,
  event,
  problem,
  node: nodeOf(state)?.name ?? null,
})

const closeTrack = (state: SessionState, env: Env, problem: Problem | null): SessionState =>
  withTrack(
    state,
    endAttempt(state.track, problem === null ? 'ended' : 'failed', problem, serverNow(state, env)),
  )

export function enterSignedOut(state: SessionState, env: Env, notice: Problem | null): SessionStep {
  const closed = closeTrack(state, env, notice)
  return withEffects(
    {
      ...initialState,
      gen: state.gen + 1,
      counter: state.counter,
      clockBase: state.clockBase,
      phase: { name: 'signedOut', notice },
      track: { ...closed.track, roundTripMs: null, lastEventAt: null },
    },
    { type: 'forgetPassword' },
    { type: 'closeRest' },
    log(state, notice === null ? 'info' : 'warn', 'session.signedOut', notice),
  )
}

/** What a person sees of the desk while there is no connection. */
const frozenDesk = (state: SessionState): SessionState =>
  withDesk(state, {
    request: null,
    reread: null,
    team: {
      ...state.desk.team,
      subscribed: false,
      refused: false,
      reading: false,
      stale: state.desk.members.size > 0,
    },
  })

export function enterBlocked(
  state: SessionState,
  env: Env,
  reason: BlockedReason,
  failure: Pick<Failure, 'problem' | 'certificate'>,
): SessionStep {
  const midShift = state.phase.name === 'online' || state.phase.name === 'recovering'
  const { problem, certificate } = failure
  const told =
    state.phase.name === 'online' ? tell(state, env, 'finesse', { kind: 'connectionLost', problem }) : state
  const next = frozenDesk(letGo(closeTrack(told, env, problem)))
  const blocked: SessionState = {
    ...next,
    phase: { name: 'blocked', reason, problem, certificate, midShift },
  }
  const logged = log(state, 'warn', 'session.blocked', problem)
  return reason === 'passwordWrong'
    ? withEffects(blocked, { type: 'forgetPassword' }, logged)
    : withEffects(blocked, logged)
}

/** First step of every try: which service is it, and is it in service? */
export function enterVerifying(state: SessionState): SessionStep {
  const node = nodeOf(state)
  if (node === null) return stay(state)
  const fresh = letGo(state)
  const phase =
    state.phase.name === 'recovering'
      ? { ...state.phase, step: 'verifying' as const, nextTryAt: null }
      : { name: 'signingIn' as const, step: 'verifying' as const }
  const next = timerOn({ ...fresh, phase }, 'step', STEP_MS.verifying)
  return withEffects(next, { type: 'readSystemInfo', gen: next.gen, node: node.address })
}

/** Opens the one connection; `reconcile` carries it out because `link` changed. */
export function enterConnecting(state: SessionState, env: Env): SessionStep {
  const { phase, facts, account } = state
  const node = nodeOf(state)
  if (node === null || facts === null || account === null) return stay(state)
  if (phase.name !== 'signingIn' && phase.name !== 'recovering') return stay(state)
  const id = state.counter + 1
  const [first] = endpointsOf(node.address)
  const endpoint = `${node.address.host}:${String(first?.port ?? node.address.port)}`
  const track = beginAttempt(state.track, { id, endpoint, node: node.name, at: serverNow(state, env) })
  const next: SessionState = {
    ...state,
    counter: id,
    track,
    phase: { ...phase, step: 'connecting' },
    link: { gen: state.gen, node, facts, ready: false, closing: null },
  }
  return stay(timerOn(next, 'step', STEP_MS.connecting))
}

export const enterStep = (state: SessionState, step: 'signingOn' | 'loading'): SessionState => {
  const { phase } = state
  if (phase.name === 'signingIn')
    return timerOn({ ...state, phase: { ...phase, step } }, 'step', STEP_MS[step])
  if (phase.name === 'recovering' && step === 'loading')
    return timerOn({ ...state, phase: { ...phase, step } }, 'step', STEP_MS.loading)
  return state
}

function enterWaiting(state: SessionState, env: Env, failure: Failure): SessionStep {
  const lost = state.phase.name === 'online'
  const tries = lost ? state.backOff.tries : state.backOff.tries + 1
  const told = lost
    ? tell(state, env, 'finesse', { kind: 'connectionLost', problem: failure.problem })
    : state
  // 13.3: the node in use is checked once more before the other one is tried.
  const nodeIndex = lost ? state.nodeIndex : (state.nodeIndex + 1) % Math.max(1, state.nodes.length)
  const delay = delayBefore(tries, failure.side, env.random(), failure.retryAfterMs)
  const now = serverNow(state, env)
  const phase: Recovering = {
    name: 'recovering',
    step: 'waiting',
    cause: failure.problem,
    since: state.phase.name === 'recovering' ? state.phase.since : now,
    nextTryAt: now + Math.round(delay),
  }
  const next = frozenDesk(letGo(closeTrack(told, env, failure.problem)))
  return withEffects(
    timerOn({ ...next, phase, nodeIndex, backOff: { tries } }, 'retry', delay),
    log(state, 'warn', lost ? 'session.lost' : 'session.tryFailed', failure.problem),
  )
}

const NEVER_RETRIED: ReadonlyMap<string, BlockedReason> = new Map<string, BlockedReason>([
  ['passwordWrong', 'passwordWrong'],
  ['signedInElsewhere', 'signedInElsewhere'],
])

/** The one place that decides what follows a failed try or a lost connection. */
export function attemptFailed(state: SessionState, env: Env, failure: Failure): SessionStep {
  const { phase } = state
  if (phase.name === 'signedOut' || phase.name === 'blocked') return stay(state)
  if (phase.name === 'signingOut') return enterSignedOut(state, env, null)
  const reason = NEVER_RETRIED.get(failure.problem.code)
  if (reason !== undefined) return enterBlocked(state, env, reason, failure)
  // The other node's certificate is no reason to stop: the configured one may come back (fault F10).
  if (failure.certificate !== null && state.nodeIndex === 0)
    return enterBlocked(state, env, 'untrustedCertificate', failure)
  if (phase.name === 'signingIn') return enterSignedOut(state, env, failure.problem)
  if (failure.problem.code === 'accountLocked') return enterBlocked(state, env, 'other', failure)
  return enterWaiting(state, env, failure)
}

/** Says good-bye on the living link; without one there is nothing to wait for. */
export function enterClosing(state: SessionState, env: Env, limitMs = GOODBYE_MS): SessionStep {
  const { link } = state
  if (link === null) return enterSignedOut(state, env, null)
  const fresh = letGo(state)
  const next: SessionState = {
    ...fresh,
    phase: { name: 'signingOut', step: 'closing' },
    link: { ...link, closing: limitMs },
    desk: { ...fresh.desk, request: null, reread: null },
  }
  return stay(timerOn(next, 'step', limitMs + 500))
}

/** Sign-out without a connection: ask by REST, then go, whatever the answer. */
export function enterAskingSignOut(
  state: SessionState,
  reasonCodeId: string | null,
  requestId: string,
): SessionStep {
  const node = nodeOf(state)
  const { account } = state
  if (node === null || account === null) return stay(state)
  const next = timerOn(
    { ...letGo(state), phase: { name: 'signingOut', step: 'asking' } },
    'step',
    STEP_MS.signingOut,
  )
  return withEffects(next, {
    type: 'setState',
    gen: next.gen,
    node: node.address,
    loginId: account.loginId,
    state: 'LOGOUT',
    reasonCodeId,
    requestId,
  })
}

/** From `blocked` or from waiting: go on with what was stopped, on the configured node. */
export function resume(state: SessionState, env: Env): SessionStep {
  const { phase } = state
  if (phase.name === 'recovering') return phase.step === 'waiting' ? enterVerifying(state) : stay(state)
  if (phase.name !== 'blocked' || state.account === null) return stay(state)
  if (!phase.midShift)
    return enterVerifying({
      ...state,
      phase: { name: 'signingIn', step: 'verifying' },
      desk: emptyDeskKeeping(state),
    })
  return enterVerifying({
    ...state,
    backOff: { tries: 0 },
    phase: {
      name: 'recovering',
      step: 'waiting',
      cause: phase.problem,
      since: serverNow(state, env),
      nextTryAt: null,
    },
  })
}

const emptyDeskKeeping = (state: SessionState): SessionState['desk'] => ({
  ...emptyDesk,
  reasons: { ...emptyDesk.reasons, favourites: state.desk.reasons.favourites },
})
