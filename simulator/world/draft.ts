import type { Agent, Call, Command, CtiError, Effect, Outcome, World } from './types'

/**
 * The world as one command leaves it: changes laid over a world that stays as it was.
 * Copying maps of 10,000 agents for each command would cost more than the command.
 */
export class Draft {
  readonly #agents = new Map<string, Agent>()
  readonly #calls = new Map<string, Call | null>()
  readonly #effects: Effect[] = []
  #nextCallNumber: number

  constructor(
    readonly world: World,
    readonly now: number,
  ) {
    this.#nextCallNumber = world.nextCallNumber
  }

  agent(id: string): Agent | null {
    return this.#agents.get(id) ?? this.world.agents.get(id) ?? null
  }

  call(id: string): Call | null {
    const changed = this.#calls.get(id)
    return changed === undefined ? (this.world.calls.get(id) ?? null) : changed
  }

  takeCallNumber(): number {
    const number = this.#nextCallNumber
    this.#nextCallNumber += 1
    return number
  }

  putAgent(agent: Agent): Agent {
    this.#agents.set(agent.id, agent)
    return agent
  }

  /** Changes the agent and tells everybody who watches. */
  changeAgent(agent: Agent, change: Partial<Agent>, requestId: string | null = null): Agent {
    const next = this.putAgent({ ...agent, ...change, stateChangeTime: this.now })
    this.#effects.push({ kind: 'userChanged', agent: next, requestId })
    return next
  }

  putCall(call: Call, event: 'POST' | 'PUT' | 'DELETE', requestId: string | null = null): Call {
    this.#calls.set(call.id, event === 'DELETE' ? null : call)
    for (const party of call.parties)
      if (party.agentId !== null)
        this.#effects.push({ kind: 'callChanged', agentId: party.agentId, event, call, requestId })
    return call
  }

  refuse(on: 'user' | 'dialogs', agentId: string, source: string, error: CtiError, requestId: string | null) {
    this.#effects.push({ kind: 'refused', on, agentId, source, error, requestId })
  }

  setTimer(id: string, afterMs: number, command: Command) {
    this.#effects.push({ kind: 'timerSet', id, afterMs, command })
  }

  clearTimer(id: string) {
    this.#effects.push({ kind: 'timerCleared', id })
  }

  outcome(): Outcome {
    return {
      agents: [...this.#agents.values()],
      calls: [...this.#calls],
      nextCallNumber: this.#nextCallNumber,
      effects: this.#effects,
    }
  }
}
