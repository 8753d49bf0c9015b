import type { NodeName } from './faults/table'
import type { Site } from './site'
import type { Agent, AgentState, CallState, CallVariable, PartyState, Reason } from './world/types'

export interface ReasonTruth {
  /** null: a system code, in no list. */
  readonly id: string | null
  readonly code: number
  readonly label: string | null
  readonly category: 'NOT_READY' | 'LOGOUT'
}

export interface PersonTruth {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly extension: string | null
  readonly state: AgentState
  readonly reason: ReasonTruth | null
  /** Epoch ms on the node's clock; null before the first change. */
  readonly stateChangeTime: number | null
}

export interface CallTruth {
  readonly id: string
  readonly state: CallState
  readonly fromAddress: string
  readonly toAddress: string
  /** By address; Finesse's own order means nothing (9.1). Times: epoch ms on the node's clock. */
  readonly participants: readonly {
    readonly address: string
    readonly own: boolean
    readonly state: PartyState
    readonly startTime: number
    readonly stateChangeTime: number
  }[]
  readonly variables: readonly CallVariable[]
  readonly wrapUpReason: string | null
}

/** What a right client of one agent at one node must show. Plain data, in a stable order. */
export interface ClientTruth {
  readonly me: PersonTruth & { readonly pendingState: '' | 'LOGOUT' }
  /** By id. */
  readonly calls: readonly CallTruth[]
  /** By id, signed-out members included; null where agents may not read their team. */
  readonly team: { readonly id: string; readonly members: readonly PersonTruth[] } | null
  /** Where this agent is available at the moment. */
  readonly availableOn: readonly NodeName[]
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0

const reasonTruth = ({ id, code, label, category }: Reason): ReasonTruth => ({ id, code, label, category })

function personTruth(agent: Agent, shift: number): PersonTruth {
  const { id, firstName, lastName, extension, state, reason, stateChangeTime } = agent
  return {
    id,
    firstName,
    lastName,
    extension,
    state,
    reason: reason === null ? null : reasonTruth(reason),
    stateChangeTime: stateChangeTime === null ? null : stateChangeTime + shift,
  }
}

function callsOf(site: Site, agent: Agent, shift: number): readonly CallTruth[] {
  return agent.callIds
    .flatMap((callId): CallTruth[] => {
      const call = site.engine.world.calls.get(callId)
      if (call === undefined) return []
      const participants = call.parties.map((party) => ({
        address: party.address,
        own: party.agentId === agent.id,
        state: party.state,
        startTime: party.startTime + shift,
        stateChangeTime: party.stateChangeTime + shift,
      }))
      const { id, state, from, to, variables, wrapUpReason } = call
      const ordered = participants.sort((a, b) => (a.address < b.address ? -1 : 1))
      return [{ id, state, fromAddress: from, toAddress: to, participants: ordered, variables, wrapUpReason }]
    })
    .sort(byId)
}

/** The world as this agent's client must see it; `shift` is the clock error of the node it reads it from, ms. */
export function truthOf(site: Site, agent: Agent, shift: number): ClientTruth {
  const { world } = site.engine
  const members = (world.teams.get(agent.teamId)?.memberIds ?? []).flatMap((id) => world.agents.get(id) ?? [])
  return {
    me: {
      ...personTruth(agent, shift),
      pendingState: agent.pending?.state === 'LOGOUT' ? 'LOGOUT' : '',
    },
    calls: callsOf(site, agent, shift),
    team: site.options.agentMayReadTeam
      ? { id: agent.teamId, members: members.map((one) => personTruth(one, shift)).sort(byId) }
      : null,
    availableOn: site.nodes.flatMap(({ name, xmpp }) => (xmpp.availableAgents().has(agent.id) ? [name] : [])),
  }
}
