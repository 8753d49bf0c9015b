import { problem } from '../../../src-contract/problem'
import type { RestResult, SystemInfoAnswer } from '../../finesse/rest/types'
import { refreshTeam } from '../desk/team'
import type { Env } from '../events'
import {
  andThen,
  contextOf,
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
import type { SessionState } from '../state'
import { delayBefore, pollDelayMs } from './backOff'
import { restRetryAfterOf } from './causes'
import { closeGap, rememberBefore } from './gap'
import { healthOf, isHealthy, otherNode, probeOther } from './health'
import { attemptFailed, beginRound } from './rounds'

/**
 * Finesse is out of service while the connection lives (13.2, 13.3): nothing may be asked, SystemInfo of both nodes is
 * polled. When this node is back everything is read again; when only the other one is healthy the session moves there.
 */
export function serviceLost(state: SessionState, env: Env): SessionStep {
  if (state.phase.name !== 'online' || state.service.status === 'unavailable') return stay(state)
  const since = serverNow(state, env)
  const cause = problem('outOfService', {
    ...contextOf(state),
    id: state.account?.loginId ?? '',
    message: '',
  })
  const next: SessionState = {
    ...rememberBefore(state, since, cause),
    service: { status: 'unavailable', since, polls: 0 },
  }
  return stay(timerOn(next, 'poll', pollDelayMs(0, env.random())))
}

/** How it is now, on both nodes. */
export const askService = (state: SessionState): SessionStep => {
  const node = nodeOf(state)
  if (state.phase.name !== 'online' || state.service.status === 'ok' || node === null) return stay(state)
  return withEffects(
    timerOff(state, 'poll'),
    { type: 'readSystemInfo', gen: state.gen, node: node.address },
    ...probeOther(state),
  )
}

/**
 * Something says that it is back, and says so to every client in the same second: everything is read again after it,
 * so this is spread like a sign-in (benchmark herd-rest).
 */
export function askServiceSoon(state: SessionState, env: Env): SessionStep {
  if (state.phase.name !== 'online' || state.service.status === 'ok') return stay(state)
  return stay(timerOn(state, 'poll', delayBefore(0, 'server', env.random())))
}

function serviceBack(state: SessionState, env: Env): SessionStep {
  const told = tell({ ...state, service: { status: 'ok' } }, env, 'finesse', {
    kind: 'serverStatus',
    status: 'IN_SERVICE',
    inService: true,
  })
  return readAgain(timerOff(timerOff(told, 'poll'), 'move'))
}

/** Spread like every sign-in of a fleet that lost its server in the same second (performance.md 1.6). */
export function considerMove(state: SessionState, env: Env): SessionStep {
  const here = nodeOf(state)
  const there = otherNode(state)
  if (here === null || there === null || state.timers.move !== undefined) return stay(state)
  // 13.3: the node in use is asked once more before it is left.
  const polled = state.service.status === 'unavailable' && state.service.polls > 0
  if (!polled || isHealthy(state, here.name) || !isHealthy(state, there.name)) return stay(state)
  return stay(timerOn(state, 'move', delayBefore(0, 'server', env.random())))
}

export function moveAway(state: SessionState, env: Env): SessionStep {
  const there = otherNode(state)
  if (state.phase.name !== 'online' || state.service.status === 'ok' || !isHealthy(state, there?.name))
    return stay(state)
  const here = nodeOf(state)
  const cause =
    (here === null ? null : state.health[here.name]?.problem) ??
    problem('outOfService', { ...contextOf(state), id: state.account?.loginId ?? '', message: '' })
  const lost = attemptFailed(state, env, {
    problem: cause,
    side: 'server',
    retryAfterMs: null,
    certificate: null,
    move: true,
  })
  return andThen(lost, (next) => beginRound(next, env))
}

/** Asked because it is out of service, or in the regular survey: then an event was lost, or the link to the phones. */
export function servicePolled(
  state: SessionState,
  env: Env,
  result: RestResult<SystemInfoAnswer>,
): SessionStep {
  const { service } = state
  const inService = result.ok && healthOf(result.value.info) === 'inService'
  if (service.status === 'ok') return result.ok && !inService ? serviceLost(state, env) : stay(state)
  if (inService) return serviceBack(state, env)
  const polls = service.polls + 1
  const next: SessionState = { ...state, service: { ...service, polls } }
  const usual = pollDelayMs(polls, env.random())
  // Fault R8: the server knows better when it is worth asking.
  const wanted = result.ok ? null : restRetryAfterOf(result.error)
  const delay = wanted === null ? usual : Math.max(usual, delayBefore(0, 'server', env.random(), wanted))
  return considerMove(timerOn(next, 'poll', delay), env)
}

/** A server whose events cannot be read sends many of them: it is not asked for everything after each. */
const REREAD_MS = 2_000

/** Own state, then the rest. Newer events win over these reads. */
function read(state: SessionState, rest: 'calls' | 'callsAndTeam'): SessionStep {
  const node = nodeOf(state)
  const { account, desk } = state
  if (node === null || account === null || state.passwordProblem !== null) return stay(state)
  if (desk.reread !== null)
    return stay(desk.reread.again ? state : withDesk(state, { reread: { ...desk.reread, again: true } }))
  const { gen } = state
  const begun = timerOn(state, 'reread', REREAD_MS)
  const reading = withDesk(begun, { reread: { from: begun.counter, reading: true, rest, again: false } })
  const to = { gen, node: node.address, loginId: account.loginId }
  return withEffects(reading, { type: 'readUser', ...to, purpose: 'refresh' })
}

/** The User has been read, or cannot be. */
export function readRest(state: SessionState): SessionStep {
  const node = nodeOf(state)
  const { account, gen } = state
  const { reread } = state.desk
  if (node === null || account === null || reread === null || reread.rest === 'none') return stay(state)
  const reading = withDesk(state, { reread: { ...reread, from: state.counter, rest: 'none' } })
  const to = { gen, node: node.address, loginId: account.loginId }
  const asked = withEffects(reading, { type: 'readDialogs', ...to })
  return reread.rest === 'callsAndTeam' ? andThen(asked, refreshTeam) : asked
}

/** Own state and calls. */
export const readOwn = (state: SessionState): SessionStep => read(state, 'calls')

/** All that may have changed unseen (13.4). */
export const readAgain = (state: SessionState): SessionStep => read(state, 'callsAndTeam')

const WATCH_MS = 60_000
/** Fault X21: what may not be subscribed is read so often. */
const POLLED_MS = 5_000
const MAY_BE_STUCK = /^(?:RESERVED|TALKING|HOLD|WORK)/

export const startWatch = (state: SessionState): SessionState =>
  timerOn(state, 'watch', state.degraded.userEvents ? POLLED_MS : WATCH_MS)

/** Fault X14: an event that was lost would leave a call or its state on the screen for ever. */
export function watch(state: SessionState): SessionStep {
  if (state.phase.name !== 'online') return stay(state)
  const next = startWatch(state)
  const { user, calls } = state.desk
  const busy = calls.size > 0 || (user !== null && MAY_BE_STUCK.test(user.state)) || state.degraded.userEvents
  return busy && state.service.status === 'ok' ? readOwn(next) : stay(next)
}

/** The pause is over, or the list is in: whichever comes later ends the reading, or begins the next. */
export function rereadOver(state: SessionState, env: Env): SessionStep {
  const { reread } = state.desk
  if (reread === null || reread.reading || state.timers.reread !== undefined) return stay(state)
  const idle = withDesk(state, { reread: null })
  if (reread.again) return readAgain(idle)
  // Nothing came while Finesse was out of service: that was a gap, too (13.3).
  const open = idle.before !== null && idle.gap === null && idle.service.status === 'ok'
  return stay(open ? closeGap(idle, env) : idle)
}

export const rereadDone = (state: SessionState, env: Env): SessionStep => {
  const { reread } = state.desk
  return reread === null
    ? stay(state)
    : rereadOver(withDesk(state, { reread: { ...reread, reading: false } }), env)
}
