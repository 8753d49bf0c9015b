import type { RestResult, SystemInfoAnswer } from '../../finesse/rest/types'
import { refreshTeam } from '../desk/team'
import type { Env } from '../events'
import {
  andThen,
  nodeOf,
  stay,
  tell,
  timerOff,
  timerOn,
  withDesk,
  withEffects,
  type SessionStep,
} from '../step'
import type { SessionState } from '../state'
import { pollDelayMs } from './backOff'

/**
 * Finesse is out of service while the connection lives (13.2, 13.3): nothing may be asked, SystemInfo is polled,
 * then everything is read again. Moving to the other node is for later.
 */
export function serviceLost(state: SessionState, env: Env): SessionStep {
  if (state.phase.name !== 'online' || state.service.status === 'unavailable') return stay(state)
  const next = { ...state, service: { status: 'unavailable' as const, polls: 0 } }
  return stay(timerOn(next, 'poll', pollDelayMs(0, env.random())))
}

/** Something says that it is back: ask at once rather than at the next poll. */
export const askService = (state: SessionState): SessionStep => {
  const node = nodeOf(state)
  if (state.phase.name !== 'online' || state.service.status === 'ok' || node === null) return stay(state)
  return withEffects(timerOff(state, 'poll'), { type: 'readSystemInfo', gen: state.gen, node: node.address })
}

export function servicePolled(
  state: SessionState,
  env: Env,
  result: RestResult<SystemInfoAnswer>,
): SessionStep {
  const { service } = state
  if (state.phase.name !== 'online' || service.status === 'ok') return stay(state)
  if (result.ok && result.value.info.status === 'IN_SERVICE') {
    const told = tell({ ...state, service: { status: 'ok' } }, env, 'finesse', {
      kind: 'serverStatus',
      status: 'IN_SERVICE',
      inService: true,
    })
    return readAgain(timerOff(told, 'poll'))
  }
  const polls = service.polls + 1
  return stay(
    timerOn(
      { ...state, service: { status: 'unavailable', polls } },
      'poll',
      pollDelayMs(polls, env.random()),
    ),
  )
}

/** A server whose events cannot be read sends many of them: it is not asked for everything after each. */
const REREAD_MS = 2_000

/** Own state and calls. Newer events win over these reads. */
function readOwn(state: SessionState): SessionStep {
  const node = nodeOf(state)
  const { account, desk } = state
  if (node === null || account === null) return stay(state)
  if (desk.reread !== null)
    return stay(desk.reread.again ? state : withDesk(state, { reread: { ...desk.reread, again: true } }))
  const to = { gen: state.gen, node: node.address, loginId: account.loginId }
  const begun = timerOn(state, 'reread', REREAD_MS)
  const reading = withDesk(begun, { reread: { from: begun.counter, reading: true, again: false } })
  return withEffects(reading, { type: 'readUser', ...to, purpose: 'refresh' }, { type: 'readDialogs', ...to })
}

/** All that may have changed unseen (13.4). */
export const readAgain = (state: SessionState): SessionStep =>
  state.desk.reread === null ? andThen(readOwn(state), refreshTeam) : readOwn(state)

const WATCH_MS = 60_000
const MAY_BE_STUCK = /^(?:RESERVED|TALKING|HOLD|WORK)/

export const startWatch = (state: SessionState): SessionState => timerOn(state, 'watch', WATCH_MS)

/** Fault X14: an event that was lost would leave a call or its state on the screen for ever. */
export function watch(state: SessionState): SessionStep {
  if (state.phase.name !== 'online') return stay(state)
  const next = startWatch(state)
  const { user, calls } = state.desk
  const busy = calls.size > 0 || (user !== null && MAY_BE_STUCK.test(user.state))
  return busy && state.service.status === 'ok' ? readOwn(next) : stay(next)
}

/** The pause is over, or the list is in: whichever comes later ends the reading, or begins the next. */
export function rereadOver(state: SessionState): SessionStep {
  const { reread } = state.desk
  if (reread === null || reread.reading || state.timers.reread !== undefined) return stay(state)
  const idle = withDesk(state, { reread: null })
  return reread.again ? readAgain(idle) : stay(idle)
}

export const rereadDone = (state: SessionState): SessionStep => {
  const { reread } = state.desk
  return reread === null
    ? stay(state)
    : rereadOver(withDesk(state, { reread: { ...reread, reading: false } }))
}
