import type { CertificateFacts, ConnectionFailure } from './failures'
import type { EpochMs } from './model'
import type { NotificationEndpoint } from './notifications/types'
import type { RestFailure } from './rest/types'
import type { StageReport } from './stages'

export type Direction = 'sent' | 'received'

/**
 * Hears what one notification client does, in order. The library takes its own secrets out first (SASL's `<auth>` and
 * `<response>`); whatever else must not be kept is for the listener to mask. Called synchronously: be quick, never throw.
 */
export interface LinkTap {
  stage(report: StageReport, endpoint: NotificationEndpoint): void
  /** What the server showed, accepted or not; leaf first. Before the outcome of stage `tls`. */
  chain(certificates: readonly CertificateFacts[]): void
  /** Start line and headers of the HTTP upgrade or its answer, lines joined by CRLF; of a refusal also the body's beginning. */
  upgrade(direction: Direction, head: string, at: EpochMs): void
  /** One XMPP frame. */
  frame(direction: Direction, text: string, at: EpochMs): void
  ready(jid: string, at: EpochMs): void
  ping(roundTripMs: number, at: EpochMs): void
  /** A ping that was not answered in time. */
  pingLost(at: EpochMs): void
  /** Exactly once and last. */
  ended(failure: ConnectionFailure, at: EpochMs): void
}

export interface TappedRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** `Authorization` reads `Basic [redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface TappedAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [string, string])[]
  /** As text; null when it was not read (too large, compressed, redirect). */
  readonly body: string | null
  readonly bytes: number
  readonly roundTripMs: number
}

/** Hears what one REST client does. `call` numbers its calls. Called synchronously: be quick, never throw. */
export interface RestTap {
  requested(call: number, request: TappedRequest, at: EpochMs): void
  /** DNS, TCP and TLS of a connection opened for this call; null: opened ahead of need. */
  stage(call: number | null, report: StageReport): void
  chain(call: number | null, certificates: readonly CertificateFacts[]): void
  answered(call: number, answer: TappedAnswer, at: EpochMs): void
  /** Exactly once per call and last; a failure also when the answer came and could not be used. */
  finished(call: number, failure: RestFailure | null, at: EpochMs): void
}
