import type { Site } from './site'
import { callerNumber } from './world/seed'

const ACTIONS = ['ANSWER', 'HOLD', 'RETRIEVE'] as const
/** Ring, the three actions, hang up. */
export const STEPS_OF_A_CALL = ACTIONS.length + 2

/** Calls of some agents, one after the other, step by step. A step that no longer fits is left out. */
export class CallScript {
  begun = 0
  #callId: string | null = null

  constructor(
    private readonly site: Site,
    private readonly agentIds: readonly string[],
  ) {}

  get idle(): boolean {
    return this.agentIds.length === 0
  }

  step(number: number): void {
    const agentId = this.agentIds[Math.floor(number / STEPS_OF_A_CALL) % this.agentIds.length] ?? ''
    const position = number % STEPS_OF_A_CALL
    if (position === 0) this.#callId = this.#ring(agentId)
    else if (this.#callId !== null) this.#go(agentId, this.#callId, ACTIONS[position - 1])
  }

  #ring(agentId: string): string | null {
    const { engine, random } = this.site
    const agent = engine.world.agents.get(agentId)
    if (agent === undefined || agent.state === 'LOGOUT' || agent.callIds.length > 0) return null
    if (agent.state !== 'READY') engine.dispatch({ kind: 'setState', agentId, state: 'READY', reason: null })
    const queue = [...engine.world.queues.values()].find(({ teamIds }) => teamIds.includes(agent.teamId))
    const { calls } = engine.dispatch({
      kind: 'ring',
      agentId,
      from: callerNumber(random),
      queueId: queue?.id ?? null,
      variables: [{ name: 'callVariable1', value: `Call ${String(this.begun)}` }],
    })
    const callId = calls[0]?.[0] ?? null
    if (callId !== null) this.begun += 1
    return callId
  }

  #go(agentId: string, callId: string, action: (typeof ACTIONS)[number] | undefined): void {
    const { engine } = this.site
    if (!engine.world.calls.has(callId)) return
    if (action === undefined) {
      engine.dispatch({ kind: 'farEndHangsUp', callId })
      engine.dispatch({ kind: 'wrapUpEnds', agentId })
      return
    }
    const nothing = { variables: [], wrapUpReason: null, requestId: null }
    engine.dispatch({ kind: 'act', agentId, callId, action, ...nothing })
  }
}
