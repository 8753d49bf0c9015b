import type { SystemInfo } from '../../src-main/finesse/model'
import { systemInfo } from '../../src-main/session/testing/samples'
import type { VirtualClock } from './clock'

export type NodeName = 'A' | 'B'

/**
 * up: healthy. refused: the port is closed, what lived is reset. swallowed: nothing arrives and nothing comes back.
 * deaf: nothing arrives, what the server sends by itself still comes. outOfService: alive, and it says so.
 */
export type NodeMode = 'up' | 'refused' | 'swallowed' | 'deaf' | 'outOfService'

export type Kind = 'systemInfo' | 'read' | 'write' | 'session' | 'refused'

/** A connection for notifications, as the world sees it. */
export interface WorldLink {
  readonly node: VirtualNode
  readonly since: number
  reset(): void
  /** Finesse says on it how it is. */
  announce(info: SystemInfo): void
}

export interface VirtualNode {
  readonly name: NodeName
  readonly host: string
  mode: NodeMode
  readonly links: Set<WorldLink>
}

export interface World {
  readonly clock: VirtualClock
  readonly random: () => number
  readonly roundTripMs: number
  readonly nodes: readonly VirtualNode[]
  nodeAt(host: string): VirtualNode
  info(node: VirtualNode): SystemInfo
  /** Every arrival at a node, refused connections included. */
  readonly count: (node: VirtualNode, kind: Kind) => void
  /** Changes the mode with all it does to what lives. */
  set(node: VirtualNode, mode: NodeMode): void
  /** Resets what lives; the node stays as it is. */
  reset(node: VirtualNode): void
}

const HOSTS: Readonly<Record<NodeName, string>> = { A: 'fin-a.example.com', B: 'fin-b.example.com' }

export const createWorld = (
  clock: VirtualClock,
  random: () => number,
  roundTripMs: number,
  count: World['count'] = () => undefined,
): World => {
  const nodes = (['A', 'B'] as const).map((name): VirtualNode => ({
    name,
    host: HOSTS[name],
    mode: 'up',
    links: new Set(),
  }))
  const info = (node: VirtualNode): SystemInfo =>
    systemInfo({
      status: node.mode === 'outOfService' ? 'OUT_OF_SERVICE' : 'IN_SERVICE',
      xmppDomain: node.host,
      xmppPubSubDomain: `pubsub.${node.host}`,
    })
  const reset = (node: VirtualNode): void => {
    for (const link of [...node.links]) link.reset()
  }
  return {
    clock,
    random,
    roundTripMs,
    nodes,
    nodeAt: (host) => {
      const found = nodes.find((node) => node.host === host)
      if (found === undefined) throw new Error(`There is no node at ${host}.`)
      return found
    },
    info,
    count,
    reset,
    set: (node, mode) => {
      const before = node.mode
      node.mode = mode
      if (mode === 'refused') reset(node)
      if (mode === 'outOfService' || before === 'outOfService')
        for (const link of [...node.links]) link.announce(info(node))
    },
  }
}
