import { settle } from './agentRules'
import type { Draft } from './draft'
import { connectionFailure } from './reasons'
import { signOut } from './signOut'
import type { Agent } from './types'

const talks = (agent: Agent) =>
  agent.callIds.length > 0 && agent.state !== 'WORK' && agent.state !== 'WORK_READY'

/** 13.1: the forced logout, 60 s after presence was lost. On a call it waits for the end, except with LOAD=1. */
export function connectionLost(draft: Draft, agentId: string) {
  const agent = draft.agent(agentId)
  if (agent === null || agent.state === 'LOGOUT') return
  const { deployment, rules } = draft.world
  const out = deployment === 'UCCX' || rules.logoutOnDisconnect
  const reason = connectionFailure(out ? 'LOGOUT' : 'NOT_READY')
  const atOnce = deployment === 'UCCE' && rules.logoutOnDisconnect
  if (talks(agent) && !atOnce) {
    draft.putAgent({ ...agent, pending: { state: out ? 'LOGOUT' : 'NOT_READY', reason } })
    return
  }
  if (out) signOut(draft, agent, reason)
  else settle(draft, agent, { state: 'NOT_READY', reason }, null)
}

/**
 * 13.5: what the death of a node, or of the CTI behind both, does to an agent at once. The choice made during a call
 * is lost. UCCE: Not Ready gets the reason, Ready stays. UCCX: signed out, after the call if there is one.
 */
export function serverLost(draft: Draft, agentId: string) {
  const agent = draft.agent(agentId)
  if (agent === null || agent.state === 'LOGOUT') return
  const kept = draft.putAgent({ ...agent, pending: null })
  if (draft.world.deployment === 'UCCX') return signOutForRelogon(draft, kept)
  const reason = connectionFailure('NOT_READY')
  if (kept.state === 'NOT_READY' && kept.reason?.code !== reason.code) draft.changeAgent(kept, { reason })
}

function signOutForRelogon(draft: Draft, agent: Agent) {
  const reason = connectionFailure('LOGOUT')
  const leaving = draft.putAgent({ ...agent, relogon: true })
  if (talks(agent)) draft.putAgent({ ...leaving, pending: { state: 'LOGOUT', reason } })
  else signOut(draft, leaving, reason)
}
