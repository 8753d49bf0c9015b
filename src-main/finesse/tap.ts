import type { CertificateFacts, ConnectionFailure } from './failures'
import type { EpochMs } from './model'
import type { NotificationEndpoint } from './notifications/types'
import type { RestFailure } from './rest/types'
import type { StageReport } from './stages'

export type Direction = 'sent' | 'received'

/**
 * Hears what one notification client does, in order. The library takes its own secrets out first (SASL's `<auth>` and
 * `<response>`); whatever else must not be kept is for the listener to mask. Called synchronously: be quick, never throw
 * (what it throws is caught and lost).
 */
export interface LinkTap {
  stage(report: StageReport, endpoint: NotificationEndpoint): void
  /** What the server showed, accepted or not; leaf first. Before the outcome of stage `tls`. */
  chain(certificates: readonly CertificateFacts[]): void
  /**
   * Start line and headers of the HTTP upgrade or its answer, each line ended by CRLF. Of a refusal also an empty line
   * and the body's beginning, 2 KiB at most, as far as it came within half a second. What is no HTTP is told as it came.
   */
  upgrade(direction: Direction, head: string, at: EpochMs): void
  /** One XMPP frame; of those over 1 MiB and of binary ones the connection's end tells. */
  frame(direction: Direction, text: string, at: EpochMs): void
  ready(jid: string, at: EpochMs): void
  ping(roundTripMs: number, at: EpochMs): void
  /** A ping that was not answered in time; its answer may still come. */
  pingLost(at: EpochMs): void
  /** Exactly once and last. */
  ended(failure: ConnectionFailure, at: EpochMs): void
}

export interface TappedRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** As sent, in the spelling of the call (`requestId`); `authorization` reads `Basic [redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface TappedAnswer {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [string, string])[]
  /** As text; null when it was not read to its end (too large, compressed, redirect, cut off, given up). */
  readonly body: string | null
  /** Of the body; of one that was not read what the server announced, else 0. */
  readonly bytes: number
  /** From the request, sent after connecting, to the first byte of the answer. */
  readonly roundTripMs: number
}

/**
 * Hears what one REST client does. `call` numbers its calls from 1. In order: `requested`, the stages of a connection
 * opened for it, `answered` if anything was, `finished`. Called synchronously: be quick, never throw (what it throws is
 * caught and lost).
 */
export interface RestTap {
  /** Before connecting. A second time when a GET is repeated, because the kept connection turned out to be dead. */
  requested(call: number, request: TappedRequest, at: EpochMs): void
  /** DNS, TCP and TLS of a connection opened for this call, until it is finished; null: opened ahead of need. */
  stage(call: number | null, report: StageReport): void
  chain(call: number | null, certificates: readonly CertificateFacts[]): void
  /** `at`: the end of the body. */
  answered(call: number, answer: TappedAnswer, at: EpochMs): void
  /** Exactly once per call and last; a failure also when the answer came and could not be used. */
  finished(call: number, failure: RestFailure | null, at: EpochMs): void
}
