import { problem, type Problem } from '../../../src-contract/problem'
import type { Member } from '../../../src-contract/model'
import type { ConnectionFailure } from '../../finesse/failures'
import type { Team, User } from '../../finesse/model'
import type { RestFailure, RestResult } from '../../finesse/rest/types'
import type { Effect, Env } from '../events'
import { closeTeamGap } from '../connection/gap'
import { judge } from '../connection/verdict'
import { emptyKeyed, getKeyed, keyedFrom, keyedValues, removeKeyed, setKeyed } from '../keyed'
import { connectionProblem, restProblem } from '../problems'
import {
  contextOf,
  linkContextOf,
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
import { emptyTeam, type SessionState, type TeamState } from '../state'
import { skipTeam } from '../connection/track'
import { connectionLossCodes, memberActor } from './actors'
import { lookOf } from './looks'
import { userReason } from './reasons'
import { deploymentOf, isOlder } from './user'

const fullName = (user: User): string =>
  [user.firstName, user.lastName].filter((part) => part !== null && part !== '').join(' ')

const withTeam = (state: SessionState, part: Partial<TeamState>): SessionState =>
  withDesk(state, { team: { ...state.desk.team, ...part } })

function memberFrom(state: SessionState, env: Env, user: User, known: Member | undefined): Member {
  const changed = known?.state !== user.state
  return {
    id: user.loginId,
    name: fullName(user) || known?.name || user.loginName || user.loginId,
    extension: user.state === 'LOGOUT' ? null : (user.extension ?? known?.extension ?? null),
    state: user.state,
    look: lookOf(user.state),
    // An empty time: counted from receipt, or not at all for one we first see in a list (14).
    since:
      user.stateChangeTime ?? (changed ? (known === undefined ? null : serverNow(state, env)) : known.since),
    reason: userReason(user, state.desk.reasons),
  }
}

const sameReason = (one: Member['reason'], other: Member['reason']): boolean =>
  one?.id === other?.id && one?.code === other?.code && one?.label === other?.label

const sameMember = (one: Member, other: Member): boolean =>
  one.name === other.name &&
  one.extension === other.extension &&
  one.state === other.state &&
  one.since === other.since &&
  sameReason(one.reason, other.reason)

/** The team to watch: the chosen one, the own one, or the first a supervisor has. */
export const teamToWatch = (state: SessionState): string | null => {
  const { user, team } = state.desk
  return team.chosen ?? user?.teamId ?? user?.teams?.[0]?.id ?? null
}

const readTeam = (state: SessionState, teamId: string): readonly Effect[] => {
  const node = nodeOf(state)
  return node === null ? [] : [{ type: 'readTeam', gen: state.gen, node: node.address, teamId }]
}

/** Subscribe first, read second, so that nothing is missed in between. */
export function startTeam(state: SessionState, env: Env): SessionStep {
  const teamId = teamToWatch(state)
  if (teamId === null) return stay(withTrack(state, skipTeam(state.track, serverNow(state, env))))
  const same = state.desk.team.id === teamId
  const team: TeamState = same
    ? { ...state.desk.team, subscribed: false, refused: false, reading: true }
    : { ...emptyTeam, id: teamId, chosen: state.desk.team.chosen, status: 'loading', reading: true }
  const shown: TeamState = team.status === 'ready' ? team : { ...team, status: 'loading' }
  const next = withDesk(state, { team: shown, members: same ? state.desk.members : emptyKeyed() })
  const effects: readonly Effect[] =
    state.link === null ? [] : [{ type: 'subscribeTeam', gen: state.link.gen, teamId }]
  return withEffects(next, ...effects, ...readTeam(state, teamId))
}

export function chooseTeam(state: SessionState, env: Env, teamId: string): SessionStep {
  const { team } = state.desk
  if (team.id === teamId || state.phase.name !== 'online' || state.link === null) return stay(state)
  const left: readonly Effect[] =
    team.id !== null && team.subscribed
      ? [{ type: 'unsubscribeTeam', gen: state.link.gen, teamId: team.id }]
      : []
  const step = startTeam(withTeam(state, { chosen: teamId }), env)
  return { state: step.state, effects: [...left, ...step.effects] }
}

export function refreshTeam(state: SessionState): SessionStep {
  const { team } = state.desk
  if (team.id === null || team.reading || state.passwordProblem !== null) return stay(state)
  return withEffects(withTeam(state, { reading: true }), ...readTeam(state, team.id))
}

/** Fault X21: what may not be watched is read so often; a team of 2,000 is half a megabyte, so less often. */
const TEAM_POLL_MS = 5_000
const TEAM_MS_PER_ROW = 50

export const pollTeamLater = (state: SessionState): SessionState =>
  timerOn(state, 'team', Math.max(TEAM_POLL_MS, state.desk.members.size * TEAM_MS_PER_ROW))

/** A team that may be read but not watched. */
export function pollTeam(state: SessionState): SessionStep {
  const { team } = state.desk
  if (state.phase.name !== 'online' || !team.refused || team.status === 'forbidden') return stay(state)
  const next = pollTeamLater(state)
  return state.service.status === 'ok' ? refreshTeam(next) : stay(next)
}

export function teamSubscribed(
  state: SessionState,
  teamId: string,
  failure: ConnectionFailure | null,
): SessionStep {
  // Another team was chosen before the answer came: nobody wants these events.
  if (state.desk.team.id !== teamId)
    return failure === null && state.link !== null
      ? withEffects(state, { type: 'unsubscribeTeam', gen: state.link.gen, teamId })
      : stay(state)
  if (failure === null) return stay(withTeam(state, { subscribed: true, refused: false }))
  return stay(
    withTeam(pollTeamLater(state), {
      subscribed: false,
      refused: true,
      problem: state.desk.team.problem ?? connectionProblem(failure, linkContextOf(state)),
    }),
  )
}

const forbidden = (failure: RestFailure): boolean =>
  failure.kind === 'status' && (failure.status === 401 || failure.status === 403)

/** 11.1: whether an agent may read the own team differs by version; a refusal is said, never a reason to stop. */
export function teamRead(
  state: SessionState,
  env: Env,
  teamId: string,
  result: RestResult<Team>,
): SessionStep {
  if (state.desk.team.id !== teamId) return stay(state)
  if (!result.ok) {
    const why: Problem = forbidden(result.error)
      ? problem('forbidden', { ...contextOf(state), stage: 'team', id: teamId })
      : restProblem(result.error, 'team', contextOf(state))
    const status = forbidden(result.error) ? 'forbidden' : 'failed'
    return stay(replayMembers(withTeam(state, { reading: false, status, problem: why }), env))
  }
  const team = result.value
  const before = state.desk.members
  const members = keyedFrom(
    team.users.map((user) => {
      const known = getKeyed(before, user.loginId)
      const fresh = memberFrom(state, env, user, known)
      const newer = !state.desk.team.stale && known !== undefined && isOlder(known.since, fresh.since)
      return newer || (known !== undefined && sameMember(known, fresh)) ? known : fresh
    }),
  )
  // Found by reading, after a gap: as good as an event.
  const watched = state.desk.team.stale
    ? [...keyedValues(members)].reduce(
        (noted, member) => noteLost(noted, env, getKeyed(before, member.id), member),
        state,
      )
    : state
  const next = withDesk(watched, { members })
  const read = withTeam(next, {
    reading: false,
    readAt: serverNow(state, env),
    status: 'ready',
    stale: false,
    problem: null,
    name: team.name,
  })
  return stay(judge(closeTeamGap(replayMembers(read, env))))
}

const replayMembers = (state: SessionState, env: Env): SessionState =>
  state.desk.team.waiting.reduce((next, user) => putMember(next, env, user), withTeam(state, { waiting: [] }))

const LOST_KEPT = 200

/** Finesse lost this colleague as well: one witness more to whether it is only us. */
function noteLost(state: SessionState, env: Env, known: Member | undefined, member: Member): SessionState {
  const code = member.reason?.code ?? null
  const own = member.id === (state.desk.user?.loginId ?? state.account?.loginId)
  if (own || code === null || !connectionLossCodes.has(code) || member.reason?.id != null) return state
  if (known !== undefined && known.state === member.state && known.reason?.code === code) return state
  const at = member.since ?? serverNow(state, env)
  return withDesk(state, { lostColleagues: [...state.desk.lostColleagues, at].slice(-LOST_KEPT) })
}

export function putMember(state: SessionState, env: Env, user: User): SessionState {
  const { members, team } = state.desk
  if (team.reading && team.stale) return withTeam(state, { waiting: [...team.waiting, user] })
  const known = getKeyed(members, user.loginId)
  if (known !== undefined && isOlder(known.since, user.stateChangeTime)) return state
  const member = memberFrom(state, env, user, known)
  if (known !== undefined && sameMember(known, member)) return state
  const next = withDesk(noteLost(state, env, known, member), { members: setKeyed(members, member) })
  const own = member.id === (state.desk.user?.loginId ?? state.account?.loginId)
  const moved =
    known !== undefined && (known.state !== member.state || !sameReason(known.reason, member.reason))
  if (own || !moved) return next
  const deployment = deploymentOf(state)
  return tell(next, env, memberActor(member.reason, deployment), {
    kind: 'memberState',
    name: member.name,
    state: member.state,
    look: member.look,
    reason: member.reason,
    deployment,
  })
}

export const dropMember = (state: SessionState, id: string): SessionState =>
  withDesk(state, { members: removeKeyed(state.desk.members, id) })

/** Older servers publish the whole team on its node (5.2). */
export const putMembers = (state: SessionState, env: Env, team: Team): SessionState =>
  team.users.reduce((next, user) => putMember(next, env, user), state)
