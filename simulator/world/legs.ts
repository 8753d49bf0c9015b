import type { Draft } from './draft'
import type { Agent, Call, Party } from './types'

export const ringTimer = (callId: string) => `ring:${callId}`
export const farTimer = (callId: string) => `far:${callId}`

export const move = (party: Party, state: Party['state'], now: number, cause = ''): Party =>
  party.state === state && party.cause === cause ? party : { ...party, state, cause, stateChangeTime: now }

export const ownParty = (call: Call, agentId: string): Party | null =>
  call.parties.find((party) => party.agentId === agentId) ?? null

export const withParties = (call: Call, change: (party: Party) => Party): Call => ({
  ...call,
  parties: call.parties.map(change),
})

export const agentsOf = (call: Call): readonly string[] =>
  call.parties.flatMap((party) => (party.agentId === null ? [] : [party.agentId]))

const clearTimers = (draft: Draft, call: Call) => {
  draft.clearTimer(ringTimer(call.id))
  draft.clearTimer(farTimer(call.id))
}

const dropAll = (draft: Draft, call: Call, cause = '') =>
  withParties(call, (party) => move(party, 'DROPPED', draft.now, cause))

/** The last event of a call. `state` may stay ALERTING or INITIATING: recorded for calls that never came about (9.6). */
export function removeCall(draft: Draft, call: Call, state: Call['state'], requestId: string | null = null) {
  clearTimers(draft, call)
  draft.putCall({ ...dropAll(draft, call), state }, 'DELETE', requestId)
  for (const agentId of agentsOf(call)) {
    const agent = draft.agent(agentId)
    if (agent !== null)
      draft.putAgent({ ...agent, callIds: agent.callIds.filter((callId) => callId !== call.id) })
  }
}

/** Ends whatever calls the agent is on, at once and without wrap-up. */
export function releaseCalls(draft: Draft, agent: Agent): Agent {
  for (const callId of agent.callIds) {
    const call = draft.call(callId)
    if (call !== null) removeCall(draft, call, call.state === 'ALERTING' ? 'ALERTING' : 'DROPPED')
  }
  return draft.agent(agent.id) ?? agent
}
