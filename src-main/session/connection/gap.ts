import type { GapChange } from '../../../src-contract/state'
import type { Member } from '../../../src-contract/model'
import type { Problem } from '../../../src-contract/problem'
import type { User } from '../../finesse/model'
import { lookOf } from '../desk/looks'
import { userReason } from '../desk/reasons'
import type { Env } from '../events'
import { getKeyed, keyedValues, type Keyed } from '../keyed'
import { nodeOf, serverNow, tell } from '../step'
import type { Before, SessionState } from '../state'

/** What is known in the moment of the loss. A second loss before everything was read again is the same outage. */
export function rememberBefore(state: SessionState, at: number, cause: Problem): SessionState {
  const { user, calls, members } = state.desk
  const before: Before = { at, node: nodeOf(state)?.name ?? 'A', user, calls, members, cause }
  return { ...state, before, gap: null, verdict: null }
}

const stateChange = (state: SessionState, before: User | null, after: User | null): readonly GapChange[] =>
  before === null || after === null || before.state === after.state
    ? []
    : [
        {
          kind: 'state',
          before: { state: before.state, look: lookOf(before.state) },
          after: {
            state: after.state,
            look: lookOf(after.state),
            reason: userReason(after, state.desk.reasons),
          },
        },
      ]

function callChanges(state: SessionState, before: Before): readonly GapChange[] {
  const { calls } = state.desk
  const gone = [...keyedValues(before.calls)].filter((call) => getKeyed(calls, call.id) === undefined)
  const come = [...keyedValues(calls)].filter((call) => getKeyed(before.calls, call.id) === undefined)
  return [
    ...gone.map(({ remote }): GapChange => ({ kind: 'callEnded', remote })),
    ...come.map(({ remote }): GapChange => ({ kind: 'callArrived', remote })),
  ]
}

/** "While you were disconnected": everything that was read differs from what was known. */
export function closeGap(state: SessionState, env: Env): SessionState {
  const { before } = state
  if (before === null) return state
  const to = serverNow(state, env)
  const node = nodeOf(state)
  const told = tell(state, env, 'sidetone', { kind: 'gap', from: before.at, to })
  const moved =
    node === null || node.name === before.node
      ? told
      : tell(told, env, 'sidetone', { kind: 'nodeChanged', node: node.name, host: node.address.host })
  return {
    ...moved,
    gap: {
      from: before.at,
      to,
      nodes: [before.node, node?.name ?? before.node],
      changes: [...stateChange(state, before.user, state.desk.user), ...callChanges(state, before)],
    },
  }
}

const differs = (one: Member | undefined, other: Member): boolean =>
  one?.state !== other.state || one.reason?.code !== other.reason?.code

const changedMembers = (before: Keyed<Member>, after: Keyed<Member>, own: string | undefined): number =>
  [...keyedValues(after)].filter(
    (member) => member.id !== own && differs(getKeyed(before, member.id), member),
  ).length

/** The team comes after the rest; then the outage is read to its end. */
export function closeTeamGap(state: SessionState): SessionState {
  const { before, gap } = state
  if (before === null || gap === null || before.members.size === 0) return state
  const count = changedMembers(before.members, state.desk.members, state.desk.user?.loginId)
  const rest = gap.changes.filter((change) => change.kind !== 'members')
  return { ...state, gap: { ...gap, changes: count === 0 ? rest : [...rest, { kind: 'members', count }] } }
}
