import { requestState, setState, wrapUpEnds } from './agentRules'
import { connectionLost, serverLost } from './connectionRules'
import { act, farEndAnswers, farEndHangsUp, farEndRings, makeCall, ring, ringTimeOut } from './callRules'
import { Draft } from './draft'
import type { Agent, Call, Command, Outcome, Reason, World } from './types'

/** What a command does to the world, as data. Pure: the world is not touched. `now` is epoch ms. */
export function decide(world: World, command: Command, now: number): Outcome {
  const draft = new Draft(world, now)
  carryOut(draft, command)
  return draft.outcome()
}

function carryOut(draft: Draft, command: Command): void {
  switch (command.kind) {
    case 'requestState':
      return requestState(draft, command)
    case 'setState':
      return setState(draft, command)
    case 'connectionLost':
      return connectionLost(draft, command.agentId)
    case 'serverLost':
      return serverLost(draft, command.agentId)
    case 'wrapUpEnds':
      return wrapUpEnds(draft, command.agentId)
    case 'ring':
      return ring(draft, command)
    case 'ringTimeOut':
      return ringTimeOut(draft, command.callId)
    case 'makeCall':
      return makeCall(draft, command)
    case 'farEndRings':
      return farEndRings(draft, command.callId)
    case 'farEndAnswers':
      return farEndAnswers(draft, command.callId)
    case 'farEndHangsUp':
      return farEndHangsUp(draft, command.callId)
    case 'act':
      return act(draft, command)
    default:
      command satisfies never
  }
}

/** A world whose maps its one owner may write to. */
export interface LiveWorld extends World {
  readonly agents: Map<string, Agent>
  readonly extensions: Map<string, string>
  readonly calls: Map<string, Call>
  reasons: readonly Reason[]
  nextCallNumber: number
}

/** Lays an outcome into the world, in place: with 10,000 agents a copy per event would be the bottleneck. */
export function evolve(world: LiveWorld, outcome: Outcome): void {
  for (const agent of outcome.agents) {
    const before = world.agents.get(agent.id)
    if (before?.extension !== agent.extension) {
      if (before !== undefined && before.extension !== null) world.extensions.delete(before.extension)
      if (agent.extension !== null) world.extensions.set(agent.extension, agent.id)
    }
    world.agents.set(agent.id, agent)
  }
  for (const [id, call] of outcome.calls) {
    if (call === null) world.calls.delete(id)
    else world.calls.set(id, call)
  }
  world.nextCallNumber = outcome.nextCallNumber
}
