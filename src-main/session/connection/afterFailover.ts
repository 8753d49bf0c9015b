import type { User } from '../../finesse/model'
import { isSupervisorCode } from '../desk/actors'
import { ask, askLogin, inFlight } from '../desk/requests'
import type { Env } from '../events'
import { nodeOf, serverNow, stay, tell, timerOn, type SessionStep } from '../step'
import type { SessionState } from '../state'

/** Finesse waits three minutes at most for a lost agent (13.1): later, being signed out is its decision. */
const FAILOVER_MS = 180_000
/** Ready is asked for once events flow again (13.5). */
const RESTORE_MS = 2_000
const RESTORE_WITHIN_MS = 10 * 60_000

const codeOf = (user: User): number | null => user.reasonCode?.code ?? null

/** Somebody wanted it so. */
const bySupervisor = (state: SessionState, user: User): boolean => {
  const code = codeOf(user)
  return code !== null && isSupervisorCode(code, state.facts?.deployment ?? null)
}

/**
 * Found signed out on the other node, soon after the first was lost: the platform's rules did it (13.5), whatever
 * code it gives. A sign-out that comes when we are live again is Finesse's last word (fault F6), and so is one after
 * three minutes.
 */
function maySignIn(state: SessionState, env: Env): boolean {
  const { before, desk, preferences } = state
  if (!preferences.signInAfterFailover || before === null || desk.user === null) return false
  return (
    desk.user.state === 'LOGOUT' &&
    before.user !== null &&
    before.user.state !== 'LOGOUT' &&
    before.node !== nodeOf(state)?.name &&
    serverNow(state, env) - before.at < FAILOVER_MS &&
    !bySupervisor(state, desk.user)
  )
}

const wasReady = (state: SessionState): boolean => state.before?.user?.state === 'READY'

function mayRestore(state: SessionState, env: Env): boolean {
  const { before, preferences } = state
  return (
    preferences.restoreReady &&
    before !== null &&
    wasReady(state) &&
    serverNow(state, env) - before.at < RESTORE_WITHIN_MS
  )
}

/** Live again after a loss. Everything here is asked at most once. */
export function afterReturn(state: SessionState, env: Env): SessionStep {
  const restoring = mayRestore(state, env) ? timerOn(state, 'restore', RESTORE_MS) : state
  if (!maySignIn(state, env)) return stay(restoring)
  const node = nodeOf(state)?.name ?? 'A'
  return askLogin(tell(restoring, env, 'sidetone', { kind: 'signInAskedAgain', node }), env)
}

/** Only where Finesse itself took Ready away: never against a supervisor, and never twice. */
export function restoreReady(state: SessionState, env: Env): SessionStep {
  const { user } = state.desk
  if (state.phase.name !== 'online' || user === null || !mayRestore(state, env)) return stay(state)
  if (inFlight(state)) return stay(timerOn(state, 'restore', RESTORE_MS))
  const bySystem = user.reasonCode === null || user.reasonCode.id === null
  if (user.state !== 'NOT_READY' || !bySystem) return stay(state)
  if (bySupervisor(state, user)) return stay(state)
  return ask(tell(state, env, 'sidetone', { kind: 'readyAskedAgain' }), env, {
    state: 'READY',
    reasonCodeId: null,
  })
}
