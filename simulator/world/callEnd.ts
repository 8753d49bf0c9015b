import type { Draft } from './draft'
import { agentsOf, move, ownParty, removeCall, ringTimer, farTimer, withParties } from './legs'
import { signOut, wrapUpTimer } from './signOut'
import type { Agent, AgentState, Call, Next } from './types'

const NOT_READY: Next = { state: 'NOT_READY', reason: null }

/** A queue call decides the state of a UCCX agent; other calls leave it alone (8.6, 15.17). */
export const shapesState = (draft: Draft, call: Call): boolean =>
  draft.world.deployment === 'UCCE' || call.origin === 'queue'

function stateFromCalls(draft: Draft, agent: Agent): AgentState | null {
  let held = false
  for (const callId of agent.callIds) {
    const call = draft.call(callId)
    if (call === null || !shapesState(draft, call)) continue
    const state = ownParty(call, agent.id)?.state
    if (state === 'HELD') held = true
    else if (state !== 'ALERTING' && state !== 'WRAP_UP' && state !== 'DROPPED') return 'TALKING'
  }
  if (!held) return null
  return draft.world.deployment === 'UCCE' ? 'HOLD' : 'TALKING'
}

/** Brings the agent's state in line with the legs that are left; sends an event only if it changed. */
export function restate(draft: Draft, agentId: string) {
  const agent = draft.agent(agentId)
  const state = agent === null ? null : stateFromCalls(draft, agent)
  if (agent !== null && state !== null && state !== agent.state)
    draft.changeAgent(agent, { state, reason: null })
}

const wrapsUp = (agent: Agent, call: Call): boolean => {
  const rule = call.origin === 'queue' ? agent.wrapUpOnIncoming : agent.wrapUpOnOutgoing
  if (rule === 'NOT_ALLOWED') return false
  return agent.pending?.state === 'WORK' || rule !== 'OPTIONAL'
}

/** 8.6: WORK becomes NOT_READY, WORK_READY becomes READY. UCCX knows only WORK. */
function enterWrapUp(draft: Draft, agent: Agent, call: Call) {
  const asked = agent.pending !== null && agent.pending.state !== 'WORK' ? agent.pending : null
  const next = asked ?? agent.before ?? NOT_READY
  const ready = next.state === 'READY' && draft.world.deployment === 'UCCE'
  draft.clearTimer(ringTimer(call.id))
  draft.clearTimer(farTimer(call.id))
  const wrapping = withParties(call, (party) =>
    party.agentId === agent.id ? move(party, 'WRAP_UP', draft.now) : party,
  )
  const own = draft.putCall(wrapping, 'PUT')
  draft.putCall(
    withParties(own, (party) => (party.agentId === agent.id ? party : move(party, 'DROPPED', draft.now))),
    'PUT',
  )
  draft.changeAgent(agent, {
    state: ready ? 'WORK_READY' : 'WORK',
    reason: null,
    pending: null,
    before: next,
  })
  draft.setTimer(wrapUpTimer(agent.id), agent.wrapUpSeconds * 1000, { kind: 'wrapUpEnds', agentId: agent.id })
}

function afterLastCall(draft: Draft, agent: Agent) {
  const next = agent.pending?.state === 'WORK' ? (agent.before ?? NOT_READY) : (agent.pending ?? agent.before)
  const settled = next ?? NOT_READY
  if (settled.state === 'LOGOUT') return signOut(draft, agent, settled.reason)
  draft.changeAgent(agent, {
    state: settled.state === 'READY' ? 'READY' : 'NOT_READY',
    reason: settled.reason,
    pending: null,
    before: null,
  })
}

const isBusy = (state: AgentState) => state === 'TALKING' || state === 'HOLD' || state === 'RESERVED'

function leaveCall(draft: Draft, agentId: string) {
  const agent = draft.agent(agentId)
  if (agent === null || !isBusy(agent.state)) return
  if (stateFromCalls(draft, agent) !== null) return restate(draft, agentId)
  afterLastCall(draft, agent)
}

/** Somebody hung up. Every call of this world has two parties, so that ends it. */
export function endCall(draft: Draft, call: Call, hungUp: string, requestId: string | null = null) {
  const [agentId] = agentsOf(call)
  const agent = agentId === undefined ? null : draft.agent(agentId)
  const talked = call.state === 'ACTIVE'
  const loggedOff = agent?.pending?.state === 'LOGOUT'
  if (agent !== null && talked && !loggedOff && agent.callIds.length === 1 && isBusy(agent.state))
    if (wrapsUp(agent, call)) return enterWrapUp(draft, agent, call)
  if (talked)
    draft.putCall(
      withParties(call, (party) => (party.address === hungUp ? move(party, 'DROPPED', draft.now) : party)),
      'PUT',
      requestId,
    )
  removeCall(draft, draft.call(call.id) ?? call, talked ? 'DROPPED' : call.state, requestId)
  if (agentId !== undefined) leaveCall(draft, agentId)
}
