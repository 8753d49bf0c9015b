import { Accounts } from './accounts'
import { createCa, type ThrowAwayCa } from './certificates'
import { Control } from './control'
import { Engine } from './engine'
import { ActiveFaults } from './faults/active'
import { fire } from './faults/fire'
import { FAULTS, type NodeName } from './faults/table'
import { startLife } from './life'
import { Log } from './log'
import { SimulatedNode } from './node'
import { publishQueueStatistics } from './queueStatistics'
import { settingsFrom, type Settings, type SimulatorOptions } from './options'
import type { Site } from './site'
import { createWorld } from './world/seed'
import type { Agent } from './world/types'

export type { SimulatorOptions, LifeOptions } from './options'
export type { CertificateKind } from './certificates'
export type { Clock } from './clock'
export type { Control } from './control'
export type { CallTruth, ClientTruth, PersonTruth, ReasonTruth } from './truth'
export type { Direction, ProxyMode, ProxyModeLike, TcpProxy } from './proxy'
export type { Fault, FaultName, NodeName } from './faults/table'

export interface NodeInfo {
  readonly name: NodeName
  readonly host: string
  readonly port: number
  readonly xmppDomain: string
  readonly pubsubDomain: string
}

export interface AgentInfo {
  readonly id: string
  readonly password: string
  readonly extension: string
  readonly roles: readonly string[]
  readonly teamId: string
  readonly firstName: string
  readonly lastName: string
}

export interface SimulatorInfo {
  readonly nodes: readonly NodeInfo[]
  /** PEM of the throw-away CA. */
  readonly ca: string
  /** The first one is free to sign in. */
  readonly agents: readonly AgentInfo[]
}

export interface Simulator {
  /** Listens and answers where. Once per simulator. */
  start(): Promise<SimulatorInfo>
  readonly control: Control
  stop(): Promise<void>
}

/** Faults that happen once, given at start, happen this long after each sign-on of a session. World ms. */
const ARMED_FAULT_MS = 5_000

/** The third agent's has letters beyond ASCII: Basic and PLAIN are UTF-8 (15.11). */
const passwordOf = (agent: Agent, index: number) =>
  index === 2 ? `pässwörd:✓-${agent.id}` : `secret-${agent.id}`

/** A Finesse installation of two nodes on loopback. See docs/simulator.md. */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const settings = settingsFrom(options)
  const { clock, random } = settings
  const world = createWorld({ ...settings, now: clock.now() })
  const engine = new Engine(world, clock, settings.timeScale)
  const accounts = new Accounts(clock, settings.timeScale)
  const agents = [...world.agents.values()].map((agent, index): AgentInfo => {
    const password = passwordOf(agent, index)
    accounts.add(agent.id, [agent.id, agent.loginName], password)
    const { id, assignedExtension, roles, teamId, firstName, lastName } = agent
    return { id, password, extension: assignedExtension, roles, teamId, firstName, lastName }
  })
  const nodes: SimulatedNode[] = []
  let ca: ThrowAwayCa | null = null
  const hostOf = (name: NodeName) => `fin-${name.toLowerCase()}.${settings.hostname}`
  const site: Site = {
    options: settings,
    engine,
    clock,
    random,
    accounts,
    faults: new ActiveFaults(),
    log: new Log(),
    nodes,
    issue: (name, kind) => {
      if (ca === null) throw new Error('the simulator has not been started')
      return ca.issue(hostOf(name), kind)
    },
  }
  let endLife: (() => void) | null = null
  const endStatistics = publishQueueStatistics(site)
  return {
    control: new Control(site),
    start: async () => {
      // The machine's time, not ours: TLS goes by it.
      ca = await createCa(Date.now())
      for (const name of ['A', 'B'] as const) {
        const certificate = await ca.issue(hostOf(name), settings.certificates[name] ?? 'good')
        nodes.push(new SimulatedNode(site, name, certificate, options.clockOffsetMs ?? 0))
      }
      for (const node of nodes) await node.start()
      arm(site, settings)
      if (settings.life !== null) endLife = startLife(site, settings.life)
      return { nodes: nodes.map(infoOf), ca: ca.ca, agents }
    },
    stop: async () => {
      endLife?.()
      endStatistics()
      engine.stop()
      for (const node of nodes) await node.stop()
    },
  }
}

const infoOf = ({ name, host, port, xmppDomain, pubsubDomain }: SimulatedNode): NodeInfo => ({
  name,
  host,
  port,
  xmppDomain,
  pubsubDomain,
})

function arm(site: Site, { faults }: Settings): void {
  for (const fault of faults) {
    if (FAULTS[fault.name].kind === 'lasting') fire(site, fault)
    else {
      for (const node of site.nodes)
        if (fault.node === undefined || fault.node === node.name)
          node.xmpp.onAvailable(() => {
            site.engine.after(ARMED_FAULT_MS, () => {
              fire(site, { ...fault, node: node.name })
            })
          })
    }
  }
}
