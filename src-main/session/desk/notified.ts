import type { ApiError, SystemInfo, Update } from '../../finesse/model'
import type { NotificationEvent } from '../../finesse/notifications/types'
import { dialogsNode, SYSTEM_INFO_NODE, teamNode, userNode } from '../connection/nodes'
import { askServiceSoon, readAgain, serviceLost } from '../connection/service'
import type { Env } from '../events'
import { apiErrorProblem } from '../problems'
import { andThen, contextOf, stay, tell, withDesk, type SessionStep } from '../step'
import { getKeyed } from '../keyed'
import type { SessionState } from '../state'
import { endCall, putCall } from './calls'
import { inFlight, refuseOrRetry } from './requests'
import { dropMember, putMember, putMembers, refreshTeam } from './team'
import { applyUser } from './user'

const lastSegment = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? ''

const isOwnUser = (state: SessionState, node: string): boolean =>
  state.account !== null && node.toLowerCase() === userNode(state.account.loginId).toLowerCase()

const isDialogs = (state: SessionState, node: string): boolean =>
  state.account !== null && node.toLowerCase() === dialogsNode(state.account.loginId).toLowerCase()

const isTeam = (state: SessionState, node: string): boolean =>
  state.desk.team.id !== null && node === teamNode(state.desk.team.id)

/** An asynchronous refusal (5.5): of the request under way, of a choice made during a call, or of somebody else's. */
function refused(state: SessionState, env: Env, node: string, update: Update, error: ApiError): SessionStep {
  const { request, pending } = state.desk
  const named = update.requestId
  const aboutUser = isOwnUser(state, update.source) || isOwnUser(state, node)
  if (request !== null && inFlight(state) && (named === request.requestId || (named === null && aboutUser)))
    return refuseOrRetry(
      state,
      env,
      apiErrorProblem(error, request.login ? 'login' : 'state', contextOf(state)),
    )
  const problem = apiErrorProblem(error, 'state', contextOf(state))
  if (pending !== null && (named === pending.requestId || (named === null && aboutUser))) {
    const told = tell(state, env, 'finesse', { kind: 'requestRefused', target: pending.state, problem })
    return stay(
      withDesk(told, {
        pending: null,
        request: {
          requestId: pending.requestId,
          target: pending.state,
          reason: pending.reason,
          reasonCodeId: pending.reason?.id ?? null,
          askedAt: 0,
          phase: 'refused',
          problem,
          login: false,
          thenSignOut: null,
        },
      }),
    )
  }
  return stay(tell(state, env, 'finesse', { kind: 'finesseError', problem }))
}

function systemInfo(state: SessionState, env: Env, info: SystemInfo): SessionStep {
  if (info.status === null) return stay(state)
  // 7: only `status` is reliable in the event; the poll that follows reads the rest.
  if (info.status === 'IN_SERVICE') return askServiceSoon(state, env)
  if (state.service.status === 'unavailable') return stay(state)
  const told = tell(state, env, 'finesse', { kind: 'serverStatus', status: info.status, inService: false })
  return serviceLost(told, env)
}

const other = (state: SessionState, env: Env, node: string, update: Update, root: string): SessionStep =>
  stay(tell(state, env, 'finesse', { kind: 'other', node, event: update.event, root }))

function memberGone(state: SessionState, update: Update): SessionStep {
  return refreshTeam(dropMember(state, lastSegment(update.source)))
}

function teamEvent(state: SessionState, env: Env, update: Update): SessionStep {
  const { data } = update
  if (data?.kind === 'team') return stay(putMembers(state, env, data.value))
  if (update.event === 'DELETE') return memberGone(state, update)
  if (data?.kind !== 'user') return stay(state)
  const next = putMember(state, env, data.value)
  // 11.1: an agent moved into the team; the rest of the row is in the list.
  return update.event === 'POST' ? refreshTeam(next) : stay(next)
}

function applyUpdate(state: SessionState, env: Env, node: string, update: Update): SessionStep {
  const { data } = update
  if (data?.kind === 'apiErrors')
    return data.value.reduce(
      (step: SessionStep, error) => andThen(step, (next) => refused(next, env, node, update, error)),
      stay(state),
    )
  if (isTeam(state, node)) return teamEvent(state, env, update)
  if (isOwnUser(state, node) && data?.kind === 'user') {
    if (data.value.loginId !== state.desk.user?.loginId && state.desk.user !== null) return stay(state)
    return applyUser(state, env, data.value, update.requestId)
  }
  if (isDialogs(state, node)) {
    const dialogs = data?.kind === 'dialog' ? [data.value] : data?.kind === 'dialogs' ? data.value : null
    if (update.event === 'DELETE') {
      const ids = dialogs === null ? [lastSegment(update.source)] : dialogs.map((dialog) => dialog.id)
      return stay(ids.reduce((next, id) => endCall(next, env, id), state))
    }
    if (dialogs !== null) return stay(dialogs.reduce((next, dialog) => putCall(next, env, dialog), state))
  }
  if (node === SYSTEM_INFO_NODE && data?.kind === 'systemInfo') return systemInfo(state, env, data.value)
  return other(state, env, node, update, data?.kind === 'unknown' ? data.value.root : (data?.kind ?? ''))
}

/** A notification on the living session, or one that waited for the first reads. */
export function applyNotification(state: SessionState, env: Env, event: NotificationEvent): SessionStep {
  if (event.type === 'undecodable') {
    const told = tell(state, env, 'finesse', {
      kind: 'unreadable',
      node: event.node,
      problem: event.problem.problem,
    })
    return readAgain(told)
  }
  if (event.type !== 'notified') return stay(state)
  const step = applyUpdate(state, env, event.node, event.update)
  return hasTold(state, step.state)
    ? step
    : { ...step, state: note(step.state, env, event.node, event.update) }
}

const hasTold = (before: SessionState, after: SessionState): boolean =>
  before.desk.feedIds !== after.desk.feedIds || before.desk.othersFeedIds !== after.desk.othersFeedIds

/** Every notification is in the feed: one that changed nothing one sees is named, for whoever looks at all of them. */
function note(state: SessionState, env: Env, node: string, update: Update): SessionState {
  const { data, source } = update
  const noted = (about: 'agent' | 'member' | 'call' | 'team' | 'server', name: string | null): SessionState =>
    tell(state, env, 'finesse', { kind: 'noted', about, name })
  if (isTeam(state, node)) {
    const id = data?.kind === 'user' ? data.value.loginId : lastSegment(source)
    // The own change again, through the team's node: already told.
    if (id === state.desk.user?.loginId) return state
    if (data?.kind === 'team') return noted('team', state.desk.team.name ?? data.value.id)
    return noted('member', getKeyed(state.desk.members, id)?.name ?? id)
  }
  if (isOwnUser(state, node)) return noted('agent', null)
  if (isDialogs(state, node)) {
    const id = data?.kind === 'dialog' ? data.value.id : lastSegment(source)
    const call = getKeyed(state.desk.calls, id)
    // A late word about a call that is over (9.6).
    if (call === undefined) return other(state, env, node, update, data?.kind ?? '').state
    return noted('call', call.remote)
  }
  return node === SYSTEM_INFO_NODE ? noted('server', null) : state
}
