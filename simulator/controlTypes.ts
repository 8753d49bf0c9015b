import type { Fault, NodeName } from './faults/table'
import type { NodeStatus } from './node'
import type { Agent, Call, CallVariable } from './world/types'

export interface RingRequest {
  readonly from?: string
  /** Name or id; null for a direct call, which also reaches agents who are not ready. Default: a queue of the team. */
  readonly queue?: string | null
  readonly variables?: readonly CallVariable[]
}

export interface RequestMatch {
  readonly node?: NodeName
  readonly method?: string
  /** Part of the path. */
  readonly path?: string
  /** Part of the body. */
  readonly body?: string
  readonly status?: number
  /** How many matching requests to wait for, counted from the start. Default 1. */
  readonly count?: number
}

export interface SessionFacts {
  readonly node: NodeName
  readonly number: number
  readonly agentId: string
  readonly jid: string | null
  readonly available: boolean
}

/** The whole truth, to compare a client with. */
export interface Truth {
  readonly deployment: string
  readonly agents: readonly Agent[]
  readonly calls: readonly Call[]
  readonly nodes: readonly {
    readonly name: NodeName
    readonly running: boolean
    readonly status: NodeStatus
  }[]
  readonly faults: readonly Fault[]
}
