import { agentsOf } from './legs'
import type { Draft } from './draft'
import type { Call, Next } from './types'

/** A call that was offered and not taken. Only a reservation changes the state with it; a direct call does not. */
export function leaveRinging(draft: Draft, call: Call, next: Next) {
  for (const agentId of agentsOf(call)) {
    const agent = draft.agent(agentId)
    if (agent === null || agent.state !== 'RESERVED') continue
    draft.changeAgent(agent, {
      state: next.state === 'READY' ? 'READY' : 'NOT_READY',
      reason: next.reason,
      before: null,
    })
  }
}
