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
import {
  emptyDesk,
  initialState,
  noRound,
  type BlockedReason,
  type Failure,
  type NodeName,
  type SessionState,
} from '../state'
import { forcedSignOutAfter } from './forcedSignOut'
import { rememberBefore } from './gap'
import { otherNode, probeOther } from './health'
import { mayTry } from './patience'
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

/** Lets go of everything held: connection, timers, answers under way (their number is no longer ours). */
export const letGo = (state: SessionState): SessionState => ({
  ...state,
  gen: state.gen + 1,
  link: null,
  asleep: null,
  timers: {},
  login: null,
  load: null,
  buffer: [],
  misses: 0,
  passwordProblem: null,
  verified: false,
  service: { status: 'ok' },
  degraded: { userEvents: false, finessePresence: false },
})

export const logged = (
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

export const closeTrack = (state: SessionState, env: Env, problem: Problem | null): SessionState =>
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
      clockSamples: state.clockSamples,
      preferences: state.preferences,
      strikes: state.strikes,
      phase: { name: 'signedOut', notice },
      track: { ...closed.track, roundTripMs: null, lastEventAt: null },
    },
    { type: 'forgetPassword' },
    { type: 'closeRest' },
    logged(state, notice === null ? 'info' : 'warn', 'session.signedOut', notice),
  )
}

/** What a person sees of the desk while there is no connection. */
export const frozenDesk = (state: SessionState): SessionState =>
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

/** What we did not have was not sent, and is no strike. */
const wasSent = (refused: Problem): boolean => refused.params.condition !== 'no-password'

/** Counts wrong passwords in a row (3.1): the fifth is never sent. */
export function struck(state: SessionState, env: Env): SessionState {
  const { account, strikes } = state
  if (account === null) return state
  const { server, loginId } = account
  const same = strikes?.server === server && strikes.loginId === loginId
  const count = same ? strikes.count + 1 : 1
  return { ...state, strikes: { server, loginId, count, at: env.now } }
}

export function enterBlocked(
  state: SessionState,
  env: Env,
  reason: BlockedReason,
  failure: Pick<Failure, 'problem' | 'certificate'>,
): SessionStep {
  const midShift = state.phase.name === 'online' || state.phase.name === 'recovering'
  const { problem, certificate } = failure
  const told =
    state.phase.name === 'online'
      ? tell(rememberBefore(state, serverNow(state, env), problem), env, 'finesse', {
          kind: 'connectionLost',
          problem,
        })
      : state
  const next = frozenDesk(
    letGo(
      closeTrack(reason === 'passwordWrong' && wasSent(problem) ? struck(told, env) : told, env, problem),
    ),
  )
  const blocked: SessionState = {
    ...next,
    phase: { name: 'blocked', reason, problem, certificate, midShift },
  }
  const line = logged(state, 'warn', 'session.blocked', problem)
  return reason === 'passwordWrong'
    ? withEffects(blocked, { type: 'forgetPassword' }, line)
    : withEffects(blocked, line)
}

/** Asked in this very try, by the probe that goes out beside the first node's. */
const isJustVerified = ({ health, round, factsOf }: SessionState, name: NodeName): boolean => {
  const report = health[name]
  return report?.health === 'inService' && report.checkedAt >= round.at && factsOf[name] !== undefined
}

/**
 * It lived here a moment ago, and nothing says that it is out of service: connecting need not wait for its word, only
 * being live does (a round trip and a half saved). A service that is out is polled, not connected to (fault F3).
 */
const isTrusted = ({ health, round, factsOf, homeIndex, nodes }: SessionState, name: NodeName): boolean =>
  factsOf[name] !== undefined &&
  nodes[homeIndex]?.name === name &&
  round.polls === 0 &&
  (health[name]?.health ?? 'inService') === 'inService'

/** First step of every try: which service is it, and is it in service? */
export function enterVerifying(state: SessionState, env: Env): SessionStep {
  const node = nodeOf(state)
  if (node === null) return stay(state)
  const fresh = letGo(state)
  const phase =
    state.phase.name === 'recovering'
      ? { ...state.phase, step: 'verifying' as const, nextTryAt: null }
      : { name: 'signingIn' as const, step: 'verifying' as const }
  const next = timerOn({ ...fresh, phase }, 'step', STEP_MS.verifying)
  const first: Effect = { type: 'readSystemInfo', gen: next.gen, node: node.address }
  // Asked at the same time: when this one fails, it is known already whether the other is worth a try.
  const other = otherNode(next)
  const spared = other !== null && !mayTry(next, other, next.round.at)
  const probes = spared || state.round.tried.length > 0 || phase.name === 'signingIn' ? [] : probeOther(next)
  const facts = next.factsOf[node.name]
  if (phase.name === 'signingIn' || facts === undefined) return withEffects(next, first, ...probes)
  if (isJustVerified(next, node.name)) return enterConnecting({ ...next, facts, verified: true }, env)
  if (!isTrusted(next, node.name)) return withEffects(next, first, ...probes)
  const connecting = enterConnecting({ ...next, facts }, env)
  return withEffects(connecting.state, first, ...probes, ...connecting.effects)
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

/** From `blocked` or from waiting: go on with what was stopped. */
export function resume(state: SessionState, env: Env): SessionStep {
  const { phase } = state
  const fresh: SessionState = { ...state, round: noRound, backOff: { tries: 0 } }
  if (phase.name === 'recovering') return phase.step === 'waiting' ? enterVerifying(fresh, env) : stay(state)
  if (phase.name !== 'blocked' || state.account === null) return stay(state)
  if (!phase.midShift)
    return enterVerifying(
      {
        ...fresh,
        phase: { name: 'signingIn', step: 'verifying' },
        desk: emptyDeskKeeping(state),
      },
      env,
    )
  const now = serverNow(state, env)
  return enterVerifying(
    {
      ...fresh,
      nodeIndex: state.homeIndex,
      phase: {
        name: 'recovering',
        step: 'waiting',
        cause: phase.problem,
        since: now,
        nextTryAt: null,
        forcedSignOut: forcedSignOutAfter(state, state.before?.at ?? now),
      },
    },
    env,
  )
}

const emptyDeskKeeping = (state: SessionState): SessionState['desk'] => ({
  ...emptyDesk,
  reasons: { ...emptyDesk.reasons, favourites: state.desk.reasons.favourites },
})
