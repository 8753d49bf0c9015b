import { problem, type Problem } from '../../src-contract/problem'
import { choicesOf } from './choicesOf'
import { dialogsLoaded, reasonsRead, restFailed, retryLists, userLoaded } from './connection/load'
import { linkReported } from './connection/link'
import { restoreReady } from './connection/afterFailover'
import { enterAskingSignOut, enterClosing, enterSignedOut, enterVerifying, resume } from './connection/phases'
import { passwordGiven, passwordRefused as refusedPassword } from './connection/password'
import { attemptFailed, beginRound } from './connection/rounds'
import { askService, moveAway, readRest, rereadOver, serviceLost, watch } from './connection/service'
import { loginAnswered, loginChecked, loginTimedOut, nodeProbed, systemInfoRead } from './connection/signOn'
import { eventMissed, expectEvent } from './connection/silence'
import { askNodes, survey } from './connection/survey'
import { networkChanged, reconnect, suspended, woke } from './connection/wake'
import {
  accepted,
  ask,
  askLogin,
  inFlight,
  notAccepted,
  refusalOf,
  requestTimedOut,
  settleCheck,
  type StateAsk,
} from './desk/requests'
import { chooseTeam, pollTeam, teamRead, teamSubscribed } from './desk/team'
import { applyUser, face } from './desk/user'
import type { RestFailure } from '../finesse/rest/types'
import type { Env, SessionEvent } from './events'
import type { RestCall } from './problems'
import { reconcile } from './reconcile'
import { andThen, contextOf, newRequestId, stay, timerOff, withDesk, type SessionStep } from './step'
import { emptyDesk, initialState, type Account, type Node, type SessionState, type TimerName } from './state'

/** Answers that belong to a number: another number's change nothing. */
function isStale(state: SessionState, event: SessionEvent): boolean {
  switch (event.type) {
    case 'linkReported':
    case 'teamSubscribed':
      return event.gen !== state.link?.gen
    case 'timerFired':
      return state.timers[event.name]?.id !== event.id
    default:
      return 'gen' in event && event.gen !== state.gen
  }
}

function signIn(
  state: SessionState,
  env: Env,
  event: Extract<SessionEvent, { type: 'signInRequested' }>,
): SessionStep {
  if (state.phase.name !== 'signedOut' && state.phase.name !== 'blocked') return stay(state)
  const { account, favourites } = event
  return enterVerifying(
    {
      ...initialState,
      gen: state.gen,
      counter: state.counter,
      clockBase: state.clockBase,
      clockSamples: state.clockSamples,
      preferences: state.preferences,
      strikes: state.strikes,
      track: { ...initialState.track, attempts: state.track.attempts },
      phase: { name: 'signingIn', step: 'verifying' },
      account,
      nodes: startNodes(account),
      desk: { ...emptyDesk, reasons: { ...emptyDesk.reasons, favourites } },
    },
    env,
  )
}

/** The typed node and, known from an earlier shift, its partner: the typed one may be down this morning. */
const startNodes = ({ node, partner }: Account): readonly Node[] =>
  partner === null
    ? [{ name: 'A', address: node }]
    : [{ name: partner.name === 'A' ? 'B' : 'A', address: node }, partner]

function signOut(state: SessionState, env: Env, reasonCodeId: string | null): SessionStep {
  const { phase, desk } = state
  if (phase.name === 'signingIn') return enterSignedOut(state, env, null)
  if (phase.name === 'blocked' && !phase.midShift) return enterSignedOut(state, env, null)
  // Nobody can be signed out without a password: that is all there is to say.
  if (phase.name === 'blocked' && phase.reason === 'passwordWrong')
    return enterSignedOut(state, env, notSignedOut(state))
  if (phase.name === 'recovering' || phase.name === 'blocked') {
    const { state: counted, id } = newRequestId(state)
    return enterAskingSignOut(counted, reasonCodeId, id)
  }
  if (phase.name !== 'online') return stay(state)
  if (desk.user === null || desk.user.state === 'LOGOUT') return enterClosing(state, env)
  return askState(state, env, { state: 'LOGOUT', reasonCodeId })
}

/** Leaving without Finesse's word that the agent is signed out. */
const notSignedOut = (state: SessionState): Problem => problem('signOutUnconfirmed', where(state))

/** 8.4: UCCE takes LOGOUT from Ready with 202 and then refuses it by an event, which has no way to come here. */
const maySignOut = ({ desk, facts }: SessionState): boolean =>
  desk.user?.state === 'NOT_READY' ||
  desk.user?.state === 'LOGOUT' ||
  (desk.user?.state === 'READY' && facts?.deployment === 'UCCX')

const askState = (state: SessionState, env: Env, what: StateAsk): SessionStep =>
  refusalOf(state, choicesOf(state), what) === null ? ask(state, env, what) : stay(state)

/** LOGIN on the living session is possible only when Finesse has signed the agent out. */
const loginAgain = (state: SessionState, env: Env): SessionStep =>
  state.phase.name === 'online' && state.desk.user?.state === 'LOGOUT' && !inFlight(state)
    ? askLogin(state, env)
    : stay(state)

/** The sign-out under way ends the session by itself, within its own limit. */
const isAskingSignOut = ({ phase }: SessionState): boolean =>
  phase.name === 'signingOut' && phase.step === 'asking'

/** Leaves without signing the agent out: for quitting with "stay signed in", and for shutdown. */
const leave = (state: SessionState, env: Env, limitMs: number): SessionStep =>
  state.phase.name === 'signedOut' || isAskingSignOut(state)
    ? stay(state)
    : state.link?.ready === true
      ? enterClosing(state, env, limitMs)
      : enterSignedOut(state, env, null)

const STEP_STAGES = {
  verifying: 'systemInfo',
  connecting: 'open',
  signingOn: 'signIn',
  loading: 'user',
  waiting: 'systemInfo',
} as const

function stepTimedOut(state: SessionState, env: Env): SessionStep {
  const { phase } = state
  if (phase.name === 'signingOut')
    return enterSignedOut(state, env, isAskingSignOut(state) ? notSignedOut(state) : null)
  if (phase.name !== 'signingIn' && phase.name !== 'recovering') return stay(state)
  const seconds = Math.round((state.timers.step?.ms ?? 20_000) / 1000)
  return attemptFailed(state, env, {
    problem: problem('stepTimeout', { ...where(state), stage: STEP_STAGES[phase.step], seconds }),
    side: 'server',
    retryAfterMs: null,
    certificate: null,
  })
}

const where = (state: SessionState) => {
  const { host, port } = contextOf(state)
  return { host, port }
}

function timerFired(state: SessionState, env: Env, name: TimerName): SessionStep {
  const fired = timerOff(state, name)
  switch (name) {
    case 'step':
      return stepTimedOut(state, env)
    case 'retry':
      return state.phase.name === 'recovering' ? beginRound(fired, env) : stay(fired)
    case 'stable':
      return stay({ ...fired, backOff: { tries: 0 } })
    case 'request':
      return requestTimedOut(fired, env)
    case 'login':
      return loginTimedOut(fired)
    case 'poll':
      return askService(fired)
    case 'move':
      return moveAway(fired, env)
    case 'reread':
      return rereadOver(fired, env)
    case 'watch':
      return andThen(watch(fired), retryLists)
    case 'miss':
      return eventMissed(fired, env)
    case 'survey':
      return survey(fired, env)
    case 'team':
      return pollTeam(fired)
    case 'restore':
      return restoreReady(fired, env)
  }
}

/** Every further call with it would count towards the lock (15.13); a missing right is another 401 (15.12). */
function passwordRefused(
  state: SessionState,
  env: Env,
  error: RestFailure,
  call: RestCall,
): SessionStep | null {
  if (state.phase.name !== 'online') return null
  const { problem: why } = restFailed(state, error, call)
  return why.code === 'passwordWrong' ? refusedPassword(state, env, why) : null
}

/** A read that is ahead of the events. */
const missed = (before: SessionState, step: SessionStep): SessionStep => {
  const known = before.desk.user
  const now = step.state.desk.user
  const ahead = known !== null && now !== null && face(known) !== face(now)
  return ahead ? { ...step, state: expectEvent(step.state) } : step
}

function userRead(
  state: SessionState,
  env: Env,
  event: Extract<SessionEvent, { type: 'userRead' }>,
): SessionStep {
  const { purpose, result } = event
  if (purpose === 'load') return userLoaded(state, env, result)
  if (purpose === 'login') return loginChecked(state, env, result)
  if (state.phase.name !== 'online') return stay(state)
  if (!result.ok) return passwordRefused(state, env, result.error, 'user') ?? readRest(state)
  const trusted = state.strikes === null ? state : { ...state, strikes: null }
  const applied = missed(trusted, applyUser(trusted, env, result.value, null))
  return purpose === 'check' ? andThen(applied, (next) => settleCheck(next, env)) : andThen(applied, readRest)
}

function stateAnswered(
  state: SessionState,
  env: Env,
  event: Extract<SessionEvent, { type: 'stateAnswered' | 'loginAnswered' }>,
): SessionStep {
  const { requestId, result } = event
  // Signing out without a connection: there is nothing more to wait for.
  if (state.phase.name === 'signingOut') {
    if (state.link !== null) return stay(state)
    return enterSignedOut(state, env, result.ok && maySignOut(state) ? null : notSignedOut(state))
  }
  if (event.type === 'loginAnswered' && state.login !== null)
    return loginAnswered(state, env, requestId, result)
  if (result.ok) return accepted(state, env, requestId)
  const stopped = passwordRefused(state, env, result.error, 'setState')
  if (stopped !== null) return stopped
  const step = notAccepted(state, env, requestId, result.error)
  const out = result.error.kind === 'status' && result.error.status === 503
  return out ? andThen(step, (next) => serviceLost(next, env)) : step
}

function step(state: SessionState, event: SessionEvent, env: Env): SessionStep {
  switch (event.type) {
    case 'signInRequested':
      return signIn(state, env, event)
    case 'signInCancelled':
      return state.phase.name === 'signingIn' ? leave(state, env, 500) : stay(state)
    case 'signOutRequested':
      return signOut(state, env, event.reasonCodeId)
    case 'leaveRequested':
      return leave(state, env, event.limitMs)
    case 'stateRequested':
      return askState(state, env, { state: event.state, reasonCodeId: event.reasonCodeId })
    case 'loginRequested':
      return loginAgain(state, env)
    case 'refusalDismissed':
      return state.desk.request?.phase === 'refused' ? stay(withDesk(state, { request: null })) : stay(state)
    case 'teamChosen':
      return chooseTeam(state, env, event.teamId)
    case 'resumeRequested':
      return state.phase.name === 'online' && state.passwordProblem !== null
        ? passwordGiven(state)
        : resume(state, env)
    case 'dismissed':
      return state.phase.name === 'blocked' ? enterSignedOut(state, env, null) : stay(state)
    case 'reconnectRequested':
      return reconnect(state, env)
    case 'gapDismissed':
      return stay({ ...state, gap: null, before: null, verdict: null })
    case 'trustChanged':
      return askNodes(state, env)
    case 'preferencesChanged':
      return stay({ ...state, preferences: event.preferences })
    case 'networkChanged':
      return networkChanged(state, env)
    case 'suspended':
      return stay(suspended(state, env))
    case 'woke':
      return woke(state, env, event.asleepMs)
    case 'timerFired':
      return timerFired(state, env, event.name)
    case 'systemInfoRead':
      return systemInfoRead(state, env, event.result)
    case 'nodeProbed':
      return nodeProbed(state, env, event.name, event.result)
    case 'loginAnswered':
    case 'stateAnswered':
      return stateAnswered(state, env, event)
    case 'userRead':
      return userRead(state, env, event)
    case 'dialogsRead':
      return dialogsLoaded(state, env, event.result)
    case 'reasonsRead':
      return reasonsRead(state, event.category, event.result)
    case 'teamRead':
      return teamRead(state, env, event.teamId, event.result)
    case 'teamSubscribed':
      return teamSubscribed(state, event.teamId, event.result.ok ? null : event.result.error)
    case 'linkReported':
      return linkReported(state, env, event.event)
  }
}

/** One event, one step. Pure: time and chance come in `env`, everything to be done goes out as data. */
export function reduce(state: SessionState, event: SessionEvent, env: Env): SessionStep {
  if (isStale(state, event)) return stay(state)
  const next = step(state, event, env)
  return { state: next.state, effects: [...reconcile(state, next.state), ...next.effects] }
}
