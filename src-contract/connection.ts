import type { ServerMs } from './model'
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

export interface Connection {
  readonly pill: Pill
  readonly roundTripMs: number | null
  readonly lastEventAt: ServerMs | null
  /** The newest last, at most 20. */
  readonly attempts: readonly Attempt[]
}
