import type { CertificateKind } from './certificates'
import { systemClock, type Clock } from './clock'
import type { Fault, NodeName } from './faults/table'
import { seededRandom, type Random } from './random'
import type { Deployment, Rules, WrapUpRule } from './world/types'

export interface LifeOptions {
  /** Mean time between two things happening in the first team. World ms. */
  readonly paceMs?: number
  /** Queue calls also come to agents who signed in through the API. */
  readonly ringSignedIn?: boolean
}

export interface SimulatorOptions {
  readonly deployment?: Deployment
  /** Size of the first team: 1 to 10,000. Default 18. */
  readonly agents?: number
  readonly clock?: Clock
  readonly random?: Random
  /** Calls arrive and colleagues move by themselves. Default off. */
  readonly life?: boolean | LifeOptions
  /** World milliseconds per real millisecond, for ringing, wrap-up, locks and the forced logout. Default 1. */
  readonly timeScale?: number
  readonly faults?: readonly Fault[]
  readonly hostname?: 'localhost'
  /** The nodes' clocks against ours, ms. Default 0. */
  readonly clockOffsetMs?: number
  /** A scriptable TCP proxy in front of each node; everything that names a port names the proxy's. Default off. */
  readonly proxied?: boolean
  /** What the nodes show at the start; `control.setCertificate` changes it. Default good. */
  readonly certificates?: Readonly<Partial<Record<NodeName, CertificateKind>>>
  /** Fixed ports instead of free ones. */
  readonly ports?: Readonly<Partial<Record<NodeName, number>>>
  /** Real ms from a request to its event. Default 30 to 80 (documented: 50 ms to 3 s). */
  readonly eventDelayMs?: readonly [number, number]
  /** How often a User event carries the requestId back, 0 to 1. Default 0.3 (15.2). */
  readonly requestIdEcho?: number
  /** Namespace of `<notification>`. Default alternating (5.4). */
  readonly notificationNamespace?: 'pubsub' | 'push' | 'alternating'
  /** May an agent read and watch the own team? Not documented (11.1). Default true. */
  readonly agentMayReadTeam?: boolean
  /** Subscribing again makes a second subscription and events come twice: Openfire's default (5.3). Default true. */
  readonly multipleSubscriptions?: boolean
  /** Colleagues at work from the start. Default true. */
  readonly populated?: boolean
  readonly wrapUp?: WrapUpRule
  readonly rules?: Partial<Rules>
}

export interface Settings {
  readonly deployment: Deployment
  readonly agents: number
  readonly clock: Clock
  readonly proxied: boolean
  readonly certificates: Readonly<Partial<Record<NodeName, CertificateKind>>>
  readonly random: Random
  readonly life: LifeOptions | null
  readonly timeScale: number
  readonly faults: readonly Fault[]
  readonly hostname: 'localhost'
  readonly ports: Readonly<Partial<Record<NodeName, number>>>
  readonly eventDelayMs: readonly [number, number]
  readonly requestIdEcho: number
  readonly notificationNamespace: 'pubsub' | 'push' | 'alternating'
  readonly agentMayReadTeam: boolean
  readonly multipleSubscriptions: boolean
  readonly populated: boolean
  readonly wrapUp: WrapUpRule
  readonly rules: Rules
}

const RULES: Rules = {
  ringMs: 20_000,
  farAnswerMs: 3_000,
  reasonCodeRequired: false,
  logoutOnDisconnect: false,
}

export function settingsFrom(options: SimulatorOptions): Settings {
  const { life } = options
  return {
    deployment: options.deployment ?? 'UCCE',
    agents: options.agents ?? 18,
    clock: options.clock ?? systemClock,
    proxied: options.proxied ?? false,
    certificates: options.certificates ?? {},
    random: options.random ?? seededRandom(20_260_120),
    life: life === true ? {} : life === false || life === undefined ? null : life,
    timeScale: options.timeScale ?? 1,
    faults: options.faults ?? [],
    hostname: options.hostname ?? 'localhost',
    ports: options.ports ?? {},
    eventDelayMs: options.eventDelayMs ?? [30, 80],
    requestIdEcho: options.requestIdEcho ?? 0.3,
    notificationNamespace: options.notificationNamespace ?? 'alternating',
    agentMayReadTeam: options.agentMayReadTeam ?? true,
    multipleSubscriptions: options.multipleSubscriptions ?? true,
    populated: options.populated ?? true,
    wrapUp: options.wrapUp ?? 'OPTIONAL',
    rules: { ...RULES, ...options.rules },
  }
}
