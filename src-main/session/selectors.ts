import type { Connection, NodeView, Pill } from '../../src-contract/connection'
import type { Agent } from '../../src-contract/model'
import type { Degradation, Identity, Reasons, Session, StateRequest, Team } from '../../src-contract/state'
import type { User } from '../finesse/model'
import { choiceInput } from './choicesOf'
import { choicesFor, type ChoiceInput } from './desk/choices'
import { lookOf } from './desk/looks'
import { userReason } from './desk/reasons'
import { deploymentOf } from './desk/user'
import { otherNode } from './connection/health'
import { nodeOf } from './step'
import type { NodeName, PendingRequest, ReasonLists, SessionState, TeamState } from './state'
import type { SessionView, ViewCollections } from './view'

/** Calls `make` again only when an argument is another object (or value) than last time. */
export function memo<A extends readonly unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | null = null
  return (...args) => {
    if (last?.args.every((value, index) => Object.is(value, args[index])) !== true)
      last = { args, result: make(...args) }
    return last.result
  }
}

/** The same value again if the new one says the same: keeps identity of small flat records. */
function steady<R>(same: (one: R, other: R) => boolean): (value: R) => R {
  let last: { readonly value: R } | null = null
  return (value) => {
    if (last !== null && same(last.value, value)) return last.value
    last = { value }
    return value
  }
}

const flatEqual = (one: object, other: object): boolean => {
  const left = Object.entries(one)
  const right = new Map<string, unknown>(Object.entries(other))
  return left.length === right.size && left.every(([key, value]) => Object.is(right.get(key), value))
}

const identityOf = (account: SessionState['account'], resource: string | null): Identity => ({
  server: account?.server ?? '',
  loginId: account?.loginId ?? '',
  extension: account?.extension ?? '',
  mode: account?.mode ?? 'replace',
  resource,
})

const isNoPlaceToGo = (state: SessionState): boolean => {
  const other = otherNode(state)
  return other !== null && state.health[other.name]?.health === 'untrusted'
}

const nodesOf = (
  nodes: SessionState['nodes'],
  index: number,
  health: SessionState['health'],
): readonly NodeView[] =>
  nodes.map((node, at) => {
    const report = health[node.name]
    return {
      name: node.name,
      host: node.address.host,
      port: node.address.port,
      current: at === index,
      health: report?.health ?? 'unknown',
      checkedAt: report?.checkedAt ?? null,
      problem: report?.problem ?? null,
      certificate: report?.certificate ?? null,
    }
  })

const degradedOf = (state: SessionState): readonly Degradation[] => [
  ...(state.desk.team.refused ? (['team'] as const) : []),
  ...(state.degraded.userEvents ? (['userEvents'] as const) : []),
  ...(state.degraded.finessePresence ? (['finessePresence'] as const) : []),
  ...(state.desk.reasons.status === 'failed' ? (['reasonCodes'] as const) : []),
  ...(isNoPlaceToGo(state) ? (['otherNode'] as const) : []),
]

const STEPS = {
  verifying: 'verifying',
  connecting: 'connecting',
  signingOn: 'loading',
  loading: 'loading',
} as const

function sessionOf(
  phase: SessionState['phase'],
  identity: Identity,
  tries: number,
  degraded: readonly Degradation[],
  service: SessionState['service'],
  node: NodeName,
  passwordProblem: SessionState['passwordProblem'],
): Session {
  switch (phase.name) {
    case 'signedOut':
      return { phase: 'signedOut', notice: phase.notice }
    case 'signingIn':
      return { phase: 'signingIn', identity, step: STEPS[phase.step] }
    case 'online':
      return {
        phase: 'online',
        identity,
        since: phase.since,
        degraded,
        outOfServiceSince: service.status === 'ok' ? null : service.since,
        passwordProblem,
      }
    case 'recovering':
      return {
        phase: 'recovering',
        identity,
        step: phase.step,
        attempt: tries + 1,
        cause: phase.cause,
        since: phase.since,
        nextTryAt: phase.nextTryAt,
        node,
        forcedSignOut: phase.forcedSignOut,
      }
    case 'signingOut':
      return { phase: 'signingOut', identity }
    case 'blocked':
      return {
        phase: 'blocked',
        identity,
        reason: phase.reason,
        problem: phase.problem,
        certificate: phase.certificate,
        midShift: phase.midShift,
      }
  }
}

const PILLS: Readonly<Record<SessionState['phase']['name'], Pill>> = {
  signedOut: 'off',
  signingIn: 'connecting',
  online: 'live',
  recovering: 'recovering',
  signingOut: 'off',
  blocked: 'stopped',
}

const pillOf = (state: SessionState, degraded: readonly Degradation[]): Pill => {
  const pill = PILLS[state.phase.name]
  const hindered =
    degraded.length > 0 || state.service.status === 'unavailable' || state.passwordProblem !== null
  return pill === 'live' && hindered ? 'degraded' : pill
}

const nameOf = (user: User): string =>
  [user.firstName, user.lastName].filter((part) => part !== null && part !== '').join(' ') ||
  (user.loginName ?? user.loginId)

/** WORK and WORK_READY say what follows (8.6); otherwise it is Finesse's word or the choice made here. */
function pendingOf(
  user: User,
  pending: SessionState['desk']['pending'],
  deployment: string,
): Agent['pending'] {
  if (pending !== null) return { state: pending.state, look: lookOf(pending.state), reason: pending.reason }
  const state =
    user.pendingState ??
    (user.state === 'WORK_READY'
      ? 'READY'
      : user.state === 'WORK' && deployment === 'UCCE'
        ? 'NOT_READY'
        : null)
  return state === null ? null : { state, look: lookOf(state), reason: null }
}

const agentOf = (
  user: User | null,
  since: number,
  pending: SessionState['desk']['pending'],
  lists: ReasonLists,
  deployment: 'UCCE' | 'UCCX' | 'unknown',
  lost: boolean,
): Agent | null =>
  user === null
    ? null
    : {
        loginId: user.loginId,
        name: nameOf(user),
        extension: user.extension,
        teamId: user.teamId,
        teamName: user.teamName,
        supervisor: user.roles?.includes('Supervisor') === true,
        deployment,
        state: user.state,
        look: lost ? 'lost' : lookOf(user.state),
        since: user.stateChangeTime ?? since,
        reason: userReason(user, lists),
        pending: pendingOf(user, pending, deployment),
      }

const requestOf = (request: PendingRequest | null): StateRequest | null =>
  request === null
    ? null
    : {
        target: request.target,
        reason: request.reason,
        askedAt: request.askedAt,
        phase: request.phase,
        problem: request.problem,
      }

const reasonsOf = (lists: ReasonLists): Reasons => ({
  status: lists.status,
  notReady: lists.notReady,
  signOut: lists.signOut,
  favourites: lists.favourites,
})

function teamOf(team: TeamState, user: User | null): Team {
  const own = user?.teamId == null ? [] : [{ id: user.teamId, name: user.teamName ?? user.teamId }]
  const supervised = (user?.teams ?? []).map((each) => ({ id: each.id, name: each.name ?? each.id }))
  const teams = [...own, ...supervised].filter(
    (each, index, list) => list.findIndex((other) => other.id === each.id) === index,
  )
  return {
    status: team.status,
    id: team.id,
    name: team.name ?? teams.find((each) => each.id === team.id)?.name ?? null,
    live: team.subscribed,
    stale: team.stale,
    problem: team.problem,
    teams,
  }
}

const isLost = (state: SessionState): boolean =>
  state.phase.name === 'recovering' || (state.phase.name === 'blocked' && state.phase.midShift)

/** One selector per runtime: its memory is what keeps unchanged parts identical (===). */
export function createSelectView(): (state: SessionState) => SessionView {
  const identity = memo(identityOf)
  const degraded = steady<readonly Degradation[]>(
    (one, other) => one.length === other.length && one.every((value, index) => value === other[index]),
  )
  const session = memo(sessionOf)
  const nodes = memo(nodesOf)
  const connection = memo(
    (
      pill: Pill,
      track: SessionState['track'],
      views: readonly NodeView[],
      verdict: SessionState['verdict'],
    ): Connection => ({
      pill,
      roundTripMs: track.roundTripMs,
      lastEventAt: track.lastEventAt,
      nodes: views,
      verdict,
      attempts: track.attempts,
    }),
  )
  const agent = memo(agentOf)
  const input = steady<ChoiceInput>(flatEqual)
  const choices = memo(choicesFor)
  const request = memo(requestOf)
  const reasons = memo(reasonsOf)
  const team = memo(teamOf)
  const collections = memo(
    (
      members: ViewCollections['members'],
      calls: ViewCollections['calls'],
      feed: ViewCollections['feed'],
    ) => ({
      members,
      calls,
      feed,
    }),
  )
  const slices = steady<SessionView['slices']>(flatEqual)
  const view = memo((parts: SessionView['slices'], all: SessionView['collections']): SessionView => ({
    slices: parts,
    collections: all,
  }))

  return (state) => {
    const { desk, phase } = state
    const user = phase.name === 'signingIn' ? null : desk.user
    const missing = degraded(degradedOf(state))
    return view(
      slices({
        session: session(
          phase,
          identity(state.account, state.resource),
          state.backOff.tries,
          missing,
          state.service,
          nodeOf(state)?.name ?? 'A',
          state.passwordProblem,
        ),
        connection: connection(
          pillOf(state, missing),
          state.track,
          nodes(state.nodes, state.nodeIndex, state.health),
          state.verdict,
        ),
        agent: agent(user, desk.userSince, desk.pending, desk.reasons, deploymentOf(state), isLost(state)),
        choices: choices(input(choiceInput(state))),
        request: request(desk.request),
        reasons: reasons(desk.reasons),
        team: team(desk.team, user),
        gap: state.gap,
      }),
      collections(desk.members, desk.calls, desk.feed),
    )
  }
}
