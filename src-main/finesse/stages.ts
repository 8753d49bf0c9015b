import type { ConnectionFailure } from './failures'
import type { EpochMs } from './model'

/** The eleven stages of a Finesse notification session, in order. */
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

/**
 * What was seen at a stage: names and addresses as text, counts and milliseconds as numbers. Never a secret. All are
 * optional; what was known when a stage failed is told with the failure. Lists have at most 20 entries.
 *
 * - dns: host, addresses[]
 * - tcp: address, port, family (`IPv4`, `IPv6`), addresses[], tried[] (`<address> <ok|code|NO_ANSWER> <ms> ms`), proxy
 * - tls: serverName, version, cipher, authorizedBy, subject, issuer, validTo (epoch ms)
 * - upgrade: path, status, statusText, subprotocol, server
 * - open: to, from, streamId, mechanisms[], capsNode, capsHash, capsVer
 * - auth: mechanism, user
 * - bind: jid, resource
 * - presence: priority, waitMs, seen, waitedMs, others[] (services and further sessions of ours, until the wait ended)
 * - subscribeUser, subscribeTeam: nodes[], results[] (`<node> subscribed` or `<node> <condition>`), subid
 * - live: proof (`ping`, `event`), roundTripMs or firstEventNode and firstEventMs (since `ready`)
 */
export type StageFacts = Readonly<Record<string, string | number | readonly string[]>>

/**
 * One step of one stage. `started` is followed by exactly one of the others.
 * `degraded`: the stage failed but the session goes on without it (a team that may not be watched).
 */
export type StageReport =
  | { readonly stage: Stage; readonly status: 'started'; readonly at: EpochMs; readonly facts: StageFacts }
  | {
      readonly stage: Stage
      readonly status: 'succeeded'
      readonly at: EpochMs
      readonly ms: number
      readonly facts: StageFacts
    }
  | {
      readonly stage: Stage
      readonly status: 'failed' | 'degraded'
      readonly at: EpochMs
      readonly ms: number
      readonly facts: StageFacts
      readonly failure: ConnectionFailure
    }
  | { readonly stage: Stage; readonly status: 'skipped'; readonly at: EpochMs; readonly facts: StageFacts }
