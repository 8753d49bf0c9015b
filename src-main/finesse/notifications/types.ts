import type { CodecProblem } from '../codec'
import type { ConnectionFailure } from '../failures'
import type { EpochMs, Update } from '../model'
import type { Result } from '../result'
import type { StageReport } from '../stages'

/** Where a notification service may listen; tried in the order given (section 2.2). */
export interface NotificationEndpoint {
  readonly host: string
  readonly port: number
  /** With trailing slash: `/ws/`. */
  readonly path: string
}

export interface NotificationOptions {
  readonly endpoints: readonly NotificationEndpoint[]
  readonly xmppDomain: string
  readonly pubsubDomain: string
  /** As Finesse knows it; lower-cased and XEP-0106 escaped here (section 4.3). */
  readonly loginId: string
  readonly password: string
  readonly resource: string
  /** Section 4.3: both are seen working. */
  readonly authzid: 'empty' | 'bareJid'
  /** Nodes subscribed in stage 9, the first one required unless `userNodeOptional`. */
  readonly userNodes: readonly string[]
  /** Finesse subscribes the user's own nodes by itself (5.2): a refusal then only degrades. */
  readonly userNodeOptional: boolean
  /** How long to wait for the presence of `finesse@<domain>` before going on without it, ms (4.5). 0 = do not wait. */
  readonly presenceWaitMs: number
  /** Default true. False: no presence, so no events, and nobody whom the server could miss at the end (13.1). */
  readonly announce?: boolean
}

/** What a notification client tells. Exactly one `ended` is the last event. */
export type NotificationEvent =
  | { readonly type: 'stage'; readonly report: StageReport; readonly endpoint: NotificationEndpoint }
  /** Stages 1 to 9 are done: events flow from now on. */
  | { readonly type: 'ready'; readonly jid: string; readonly endpoint: NotificationEndpoint }
  | {
      readonly type: 'notified'
      readonly node: string
      readonly itemId: string
      readonly update: Update
      readonly at: EpochMs
    }
  /** A payload that could not be read. The connection lives; its object must be read again (fault X7). */
  | {
      readonly type: 'undecodable'
      readonly node: string
      readonly problem: CodecProblem
      readonly at: EpochMs
    }
  | {
      readonly type: 'serverPresence'
      readonly user: string
      readonly available: boolean
      readonly at: EpochMs
    }
  | { readonly type: 'pinged'; readonly roundTripMs: number; readonly at: EpochMs }
  | { readonly type: 'ended'; readonly failure: ConnectionFailure; readonly at: EpochMs }

/** One attempt, one client; never reused. Starts when created. */
export interface NotificationClient {
  /** Stage 10 and later explicit subscriptions; reports its stage when `stage` is given. */
  subscribe(
    node: string,
    stage?: 'subscribeUser' | 'subscribeTeam',
  ): Promise<Result<{ subid: string | null }, ConnectionFailure>>
  unsubscribe(node: string): Promise<void>
  /**
   * Asks the server at once whether the link still works: after sleep, after a change of the network, never trust an
   * open socket. Ends with `pingTimeout` when this ping is not answered within `limitMs` beyond the measured round
   * trip; other frames prove something only where the server has never answered a ping. A second call while one is
   * under way does nothing. Before `ready` it does nothing either: every stage has its own time limit.
   */
  check(limitMs: number): void
  /** Unsubscribes what it subscribed, presence unavailable, `<close/>`; gives up after `limitMs`. */
  close(limitMs: number): Promise<void>
  /** At once, without asking the peer: for sockets presumed dead. */
  terminate(): void
}

/** Time as an argument. `now` is wall time (epoch ms), `monotonic` never goes back (ms). */
export interface FinesseClock {
  now(): EpochMs
  monotonic(): number
  /** Returns the function that cancels it. */
  after(ms: number, run: () => void): () => void
}
