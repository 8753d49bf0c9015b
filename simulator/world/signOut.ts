import type { Draft } from './draft'
import { releaseCalls } from './legs'
import type { Agent, Reason } from './types'

export const wrapUpTimer = (agentId: string) => `wrapUp:${agentId}`

/** Leaves all calls behind. Used by sign-out, supervisor and connection loss alike. */
export function signOut(draft: Draft, agent: Agent, reason: Reason | null, requestId: string | null = null) {
  draft.clearTimer(wrapUpTimer(agent.id))
  const free = releaseCalls(draft, agent)
  draft.changeAgent(
    free,
    { state: 'LOGOUT', extension: null, reason, pending: null, before: null },
    requestId,
  )
}
