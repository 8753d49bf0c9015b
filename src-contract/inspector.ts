import type { Cause } from './causes/ids'
import type { Attempt, NodeName, Stage, StageStatus } from './connection'
import type { Look, Mode, ServerMs } from './model'
import type { Problem } from './problem'

/** One certificate of the chain a server showed. No key material. */
export interface ChainCertificate {
  readonly subject: string
  readonly issuer: string
  readonly subjectAltNames: readonly string[]
  readonly validFrom: number
  readonly validTo: number
  /** SHA-256, upper-case hex pairs joined by colons. */
  readonly fingerprint256: string
  readonly selfSigned: boolean
}

/** One text that crossed the wire: secrets taken out and customers' data masked when it was captured. */
export interface WireText {
  readonly direction: 'sent' | 'received'
  readonly at: ServerMs
  readonly text: string
  /** Characters left out at the end; 0 for most. */
  readonly cut: number
}

/** A stage as the inspector knows it: everything that was seen of it. */
export interface StageDetail {
  readonly stage: Stage
  readonly status: StageStatus
  readonly startedAt: ServerMs | null
  readonly ms: number | null
  /** See `StageFacts` of the Finesse library for the names. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>
  /** Leaf first; of TLS only. */
  readonly chain: readonly ChainCertificate[]
  readonly exchange: readonly WireText[]
  readonly problem: Problem | null
  readonly cause: Cause | null
}

/** DNS, TCP and TLS of a call's own connection, ms; null where a kept connection was used. */
export interface CallTimings {
  readonly dnsMs: number | null
  readonly tcpMs: number | null
  readonly tlsMs: number | null
  /** From the request to the first byte of the answer. */
  readonly waitMs: number | null
}

/** One REST call, on the same time axis as the stages. */
export interface RestCallView {
  readonly id: number
  /** host:port */
  readonly server: string
  readonly method: string
  /** With ids, without query values that carry numbers of customers. */
  readonly path: string
  readonly requestId: string | null
  readonly startedAt: ServerMs
  /** Null while under way. */
  readonly ms: number | null
  readonly status: number | null
  /** Of the answer's body. */
  readonly bytes: number | null
  readonly timings: CallTimings
  readonly exchange: readonly WireText[]
  readonly problem: Problem | null
  readonly cause: Cause | null
}

/** One try at one node, in short. */
export interface AttemptSummary {
  readonly id: number
  /** Null outside of a session (self-test). */
  readonly node: NodeName | null
  /** host:port of the notification service; of REST when it never came to that. */
  readonly endpoint: string
  readonly startedAt: ServerMs
  readonly endedAt: ServerMs | null
  readonly outcome: Attempt['outcome']
  /** When all stages were done. */
  readonly liveAt: ServerMs | null
  /** `rest`: a REST call before or after the stages broke it. */
  readonly failedAt: Stage | 'rest' | null
  readonly problem: Problem | null
  readonly cause: Cause | null
}

export interface AttemptDetail extends AttemptSummary {
  readonly mode: Mode | null
  readonly stages: readonly StageDetail[]
  /** Of this node, from shortly before the attempt on; at most 200. */
  readonly calls: readonly RestCallView[]
}

/** A stretch of time of the health series. */
export interface HealthPoint {
  readonly at: ServerMs
  /** The longest of the stretch. */
  readonly roundTripMs: number | null
  /** Server clock minus ours. */
  readonly driftMs: number | null
  readonly pingsLost: number
}

export interface StateSpan {
  readonly from: ServerMs
  readonly to: ServerMs | null
  readonly state: string
  readonly look: Look
}

export interface CallSpan {
  readonly from: ServerMs
  readonly to: ServerMs | null
}

/** One disconnect of the shift. */
export interface Disconnect {
  readonly from: ServerMs
  readonly to: ServerMs | null
  readonly fromNode: NodeName
  readonly toNode: NodeName | null
  readonly problem: Problem
  readonly cause: Cause
  /** Tries until live again. */
  readonly tries: number
}

/** The shift on one time axis. */
export interface HealthView {
  /** Length of one point's stretch. */
  readonly stepMs: number
  readonly from: ServerMs
  readonly to: ServerMs
  /** Oldest first; stretches in which nothing was measured are left out. */
  readonly points: readonly HealthPoint[]
  readonly states: readonly StateSpan[]
  readonly calls: readonly CallSpan[]
  readonly disconnects: readonly Disconnect[]
}

/**
 * event: pubsub notification; iq, presence, stream: other XMPP frames; ping: XEP-0199 and its answer; upgrade: the
 * HTTP upgrade; rest: one request or answer; stage: a step of the connection; note: paused, resumed, consent.
 */
export const TRACE_KINDS = [
  'event',
  'iq',
  'presence',
  'stream',
  'ping',
  'upgrade',
  'rest',
  'stage',
  'note',
] as const
export type TraceKind = (typeof TRACE_KINDS)[number]

export interface TraceFilter {
  /** Empty: all. */
  readonly kinds: readonly TraceKind[]
  /** Contained anywhere in the text, whatever its case; empty: no condition. */
  readonly text: string
  readonly failedOnly: boolean
}

/** One line of the list. */
export interface TraceRow {
  /** Grows by one with each entry ever captured. */
  readonly seq: number
  readonly at: ServerMs
  readonly direction: 'sent' | 'received' | 'none'
  readonly kind: TraceKind
  /** host:port */
  readonly server: string
  /** What it is, in a line: `PUT /finesse/api/User/1001 202 14 ms`, `event /finesse/api/User/1001`. Data, not words. */
  readonly line: string
  readonly bytes: number
  readonly failed: boolean
}

/** Rows by their position in the filtered list. Positions stay while the oldest leave: `first` then grows. */
export interface TracePage {
  readonly first: number
  /** One past the last. */
  readonly end: number
  /** From the position asked for (or `first`, if that is gone) on. */
  readonly from: number
  readonly rows: readonly TraceRow[]
}

export interface TraceEntry extends TraceRow {
  /** Pretty-printed where it is XML. */
  readonly text: string
}

/** The live window of the trace, for a counter and for lists to follow. */
export interface TraceState {
  /** Lowest and next sequence number. */
  readonly first: number
  readonly next: number
  readonly bytes: number
  readonly maxBytes: number
  readonly paused: boolean
  /**
   * Numbers and call variables are kept as they are, by consent of the user, until the shift ends; of a bundle: it may
   * hold some.
   */
  readonly plain: boolean
}

/** One line of a self-test or of the probe. */
export interface SelfTestCheck {
  readonly id: number
  readonly stage: Stage | 'systemInfo' | 'clock'
  /** host:port */
  readonly server: string
  readonly status: StageStatus
  readonly ms: number | null
  readonly facts: StageDetail['facts']
  readonly chain: readonly ChainCertificate[]
  readonly problem: Problem | null
  readonly cause: Cause | null
}

export interface SelfTest {
  readonly status: 'running' | 'done'
  /** host:port as typed. */
  readonly server: string
  readonly withPassword: boolean
  readonly startedAt: ServerMs
  readonly checks: readonly SelfTestCheck[]
  /** Null while running, and when a person stopped it. `partly`: works with something missing (second node, team). */
  readonly result: 'ok' | 'partly' | 'failed' | null
}

/** One file of a support bundle. */
export interface BundleFile {
  readonly name: string
  /** Uncompressed. */
  readonly bytes: number
  /** What it holds: worded under `inspector.bundle.what.<what>`. */
  readonly what: 'manifest' | 'attempts' | 'trace' | 'health' | 'settings' | 'versions' | 'log' | 'har'
}

/** What was taken out, by kind, so that a person can judge before saving. */
export interface MaskCounts {
  /** Passwords, tokens, Authorization. */
  readonly secrets: number
  readonly numbers: number
  readonly callVariables: number
}

export interface BundlePreview {
  readonly id: string
  readonly files: readonly BundleFile[]
  readonly masked: MaskCounts
  /** It may hold numbers and call variables as they were, by consent, however that stands now. */
  readonly plain: boolean
  readonly bytes: number
}

/** A bundle that is being looked at. Read-only. */
export interface OpenedBundle {
  readonly name: string
  readonly createdAt: number
  readonly version: string
  readonly platform: string
  readonly server: string
  readonly files: readonly BundleFile[]
  readonly masked: MaskCounts
  readonly trace: TraceState
}

/** What windows need to know to ask again; everything large is asked for by command. */
export interface InspectorState {
  /** Counted up when an attempt, a stage or a REST call changed; at most some times a second. */
  readonly revision: number
  /** Of this shift. */
  readonly disconnects: number
  readonly trace: TraceState
  readonly selfTest: SelfTest | null
  readonly opened: OpenedBundle | null
}

/** The living session, or the bundle that is open. */
export type InspectorSourceName = 'live' | 'bundle'

/** Before anything was captured. */
export const NO_INSPECTION: InspectorState = {
  revision: 0,
  disconnects: 0,
  trace: { first: 0, next: 0, bytes: 0, maxBytes: 0, paused: false, plain: false },
  selfTest: null,
  opened: null,
}
