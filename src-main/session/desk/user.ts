import type { User } from '../../finesse/model'
import type { Env } from '../events'
import { serverNow, stay, tell, withDesk, type SessionStep } from '../step'
import type { SessionState } from '../state'
import { ownActor } from './actors'
import { isPendingState } from './choices'
import { lookOf } from './looks'
import { userReason } from './reasons'
import { answers, confirm } from './requests'

/**
 * The newer one, with identity kept where it is silent: a summary lacks roles, settings, team (8.1), and absent
 * does not mean emptied. The extension goes only with the sign-out.
 */
export const mergeUser = (known: User | null, next: User): User =>
  known === null || known.loginId !== next.loginId
    ? next
    : {
        ...next,
        uri: next.uri ?? known.uri,
        loginName: next.loginName ?? known.loginName,
        firstName: next.firstName ?? known.firstName,
        lastName: next.lastName ?? known.lastName,
        extension: next.state === 'LOGOUT' ? next.extension : (next.extension ?? known.extension),
        roles: next.roles ?? known.roles,
        settings: next.settings ?? known.settings,
        teamId: next.teamId ?? known.teamId,
        teamName: next.teamName ?? known.teamName,
        teams: next.teams ?? known.teams,
        mediaType: next.mediaType ?? known.mediaType,
        mobileAgent: next.mobileAgent ?? known.mobileAgent,
        wrapUpTimerSeconds: next.wrapUpTimerSeconds ?? known.wrapUpTimerSeconds,
        skillTargetId: next.skillTargetId ?? known.skillTargetId,
        activeDeviceId: next.activeDeviceId ?? known.activeDeviceId,
        devices: next.devices ?? known.devices,
        dialogsUri: next.dialogsUri ?? known.dialogsUri,
      }

/** An entity keeps the newer by Finesse's own time of change; an empty time proves nothing (14). */
export const isOlder = (known: number | null, next: number | null): boolean =>
  known !== null && next !== null && next < known

/** What a person would call the same: reasons count only where they apply (8.1: a GET may carry a stale one). */
export const face = (user: User): string =>
  user.state === 'NOT_READY' || user.state === 'LOGOUT'
    ? `${user.state}|${user.reasonCode?.id ?? user.reasonCodeId ?? String(user.reasonCode?.code ?? '')}`
    : user.state

const sameFace = (known: User | null, next: User): boolean => known !== null && face(known) === face(next)

/** A choice for after the call is done with when the call is. */
const pendingAfter = (state: SessionState, user: User): SessionState['desk']['pending'] =>
  isPendingState(state.facts?.deployment ?? null, user.state) ? state.desk.pending : null

const keep = (state: SessionState, env: Env, user: User): SessionState => {
  const changed = state.desk.user === null || state.desk.user.state !== user.state
  return withDesk(state, {
    user,
    userSince: changed ? serverNow(state, env) : state.desk.userSince,
    pending: pendingAfter(state, user),
  })
}

function tellState(
  state: SessionState,
  env: Env,
  user: User,
  how: 'agentState' | 'stateChangedMeanwhile',
  mine: boolean,
): SessionState {
  const reason = userReason(user, state.desk.reasons)
  const deployment = deploymentOf(state)
  return tell(state, env, ownActor(mine, reason, deployment), {
    kind: how,
    state: user.state,
    look: lookOf(user.state),
    reason,
    deployment,
  })
}

export const deploymentOf = (state: SessionState): 'UCCE' | 'UCCX' | 'unknown' => {
  const deployment: string | null = state.facts?.deployment ?? null
  if (deployment === 'UCCE') return 'UCCE'
  return deployment === 'UCCX' ? 'UCCX' : 'unknown'
}

/**
 * Our own User as an event or a later read tells it. Older ones change nothing (fault R11), repeated ones say
 * nothing twice.
 */
export function applyUser(state: SessionState, env: Env, next: User, requestId: string | null): SessionStep {
  const known = state.desk.user
  if (known !== null && isOlder(known.stateChangeTime, next.stateChangeTime)) return stay(state)
  const user = mergeUser(known, next)
  const { request } = state.desk
  const repeated = sameFace(known, user) && known?.stateChangeTime === user.stateChangeTime
  const named = requestId !== null && request?.requestId === requestId
  const confirmed = (!repeated || named) && answers(request, user)
  const kept = keep(state, env, user)
  const told = sameFace(known, user) ? kept : tellState(kept, env, user, 'agentState', confirmed)
  const pended = tellPending(told, env, known, user)
  return confirmed ? confirm(pended, env) : stay(pended)
}

function tellPending(state: SessionState, env: Env, known: User | null, user: User): SessionState {
  const pending = user.pendingState
  if (pending === null || pending === known?.pendingState || pending === state.desk.pending?.state)
    return state
  return tell(state, env, 'finesse', { kind: 'agentPending', state: pending, look: lookOf(pending) })
}

/**
 * The User as the first read of a connection gives it. Taken as it is: after a failover the times may start anew (14).
 * What changed while we were away is told once, with its reason.
 */
export function adoptUser(state: SessionState, env: Env, next: User): SessionState {
  const known = state.desk.user
  const kept = keep(state, env, mergeUser(known, next))
  if (known === null || sameFace(known, next)) return kept
  return tellState(kept, env, next, 'stateChangedMeanwhile', false)
}
