import type { CertificateQuestion, ServerMs } from './model'
import type { Problem } from './problem'

/** The eleven stages of the connection, in order. */
export const STAGES = [
  'dns',
  'tcp',
  'tls',
  'upgrade',
  'open',
  'auth',
  'bind',
  'presence',
  'subscribeUser',
  'subscribeTeam',
  'live',
] as const

export type Stage = (typeof STAGES)[number]

export type StageStatus = 'waiting' | 'running' | 'ok' | 'failed' | 'degraded' | 'skipped'

export interface StageRecord {
  readonly stage: Stage
  readonly status: StageStatus
  readonly startedAt: ServerMs | null
  readonly ms: number | null
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>
  readonly problem: Problem | null
}

/** One try at one node. */
export interface Attempt {
  readonly id: number
  /** host:port of the notification service. */
  readonly endpoint: string
  /** `A` or `B`: primary or secondary of SystemInfo. */
  readonly node: string
  readonly startedAt: ServerMs
  readonly endedAt: ServerMs | null
  readonly outcome: 'running' | 'live' | 'failed' | 'ended'
  readonly problem: Problem | null
  readonly stages: readonly StageRecord[]
}

/** What the pill shows. */
export type Pill = 'off' | 'connecting' | 'live' | 'degraded' | 'recovering' | 'stopped'

/** Primary or secondary of SystemInfo. */
export type NodeName = 'A' | 'B'

/**
 * inService: answers, in service, its link to the phone system lives. ctiDown: in service by its own word, but without
 * the phone system. unreachable: no answer. untrusted: its certificate is not trusted, so it is never sent a password.
 */
export type NodeHealth = 'unknown' | 'inService' | 'outOfService' | 'ctiDown' | 'unreachable' | 'untrusted'

/** One of the two Finesse servers, as last asked. */
export interface NodeView {
  readonly name: NodeName
  readonly host: string
  readonly port: number
  /** The session is on it, or was and comes back to it first. */
  readonly current: boolean
  readonly health: NodeHealth
  readonly checkedAt: ServerMs | null
  readonly problem: Problem | null
  /** To be trusted by a person before this node can be used. */
  readonly certificate: CertificateQuestion | null
}

export type Evidence =
  | { readonly kind: 'node'; readonly name: NodeName; readonly host: string; readonly health: NodeHealth }
  /** How the connection ended. */
  | { readonly kind: 'cause'; readonly problem: Problem }
  /** Colleagues of the watched team whom Finesse lost as well, in the minutes around it. */
  | { readonly kind: 'colleagues'; readonly lost: number; readonly of: number }

/** Only me or everybody? With what speaks for it. */
export interface Verdict {
  /** bothNodes: no Finesse server answers as it should, although the network reaches them. */
  readonly who: 'yourNetwork' | 'thisNode' | 'bothNodes' | 'phoneSystem'
  readonly evidence: readonly Evidence[]
}

export interface Connection {
  readonly pill: Pill
  readonly roundTripMs: number | null
  readonly lastEventAt: ServerMs | null
  /** The node we typed first; one or two. Empty before the first answer. */
  readonly nodes: readonly NodeView[]
  /** Of the present outage, or of the last one while its gap is shown. Null: nothing is wrong, or not known yet. */
  readonly verdict: Verdict | null
  /** The newest last, at most 20. */
  readonly attempts: readonly Attempt[]
}
