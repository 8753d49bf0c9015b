export type NodeName = 'A' | 'B'

/** What each fault takes. Times in milliseconds, `retryAfter` in seconds. */
export interface FaultParameters {
  readonly dropSocket: Empty
  readonly resetSocket: Empty
  readonly refuseUpgrade: { readonly status?: number; readonly retryAfter?: number }
  readonly silent: { readonly scope?: 'xmpp' | 'rest' | 'both' }
  readonly slow: { readonly ms?: number }
  readonly rejectAuth: Empty
  readonly duplicateEvent: Empty
  readonly reorderEvents: Empty
  readonly lostEvent: { readonly every?: number }
  readonly eventBeforeReply: Empty
  readonly malformedFrame: Empty
  readonly truncatedFrame: Empty
  readonly outOfService: Empty
  readonly conflict: Empty
  readonly restStatus: {
    readonly status?: number
    readonly body?: 'finesse' | 'html' | 'empty'
    readonly path?: string
    readonly method?: string
    readonly retryAfter?: number
  }
  readonly noEvents: Empty
  readonly noFinessePresence: Empty
  readonly streamError: { readonly condition?: string }
  readonly bindRefused: { readonly condition?: string }
  readonly subscribeForbidden: { readonly path?: string }
  readonly mechanisms: { readonly offered?: readonly string[] }
  readonly ctiHeartbeatFailure: Empty
  readonly forcedLogoutNow: { readonly agentId?: string }
  readonly noLateLogout: Empty
  readonly oldVersion: Empty
  readonly hostileStrings: Empty
}

export type Empty = Readonly<Record<never, never>>

export type FaultName = keyof FaultParameters

/** Without `node` a fault holds on both. */
export type Fault = {
  readonly [N in FaultName]: { readonly name: N; readonly node?: NodeName } & FaultParameters[N]
}[FaultName]

export type FaultNamed<N extends FaultName> = Extract<Fault, { readonly name: N }>

export interface FaultDescription {
  /** `once` happens to the sessions that exist at that moment; `lasting` holds until it is cleared. */
  readonly kind: 'once' | 'lasting'
  readonly text: string
  /** The parameter that `--fault NAME:VALUE` sets. */
  readonly shorthand: string | null
}

const once = (text: string, shorthand: string | null = null): FaultDescription => ({
  kind: 'once',
  text,
  shorthand,
})
const lasting = (text: string, shorthand: string | null = null): FaultDescription => ({
  kind: 'lasting',
  text,
  shorthand,
})

export const FAULTS: { readonly [N in FaultName]: FaultDescription } = {
  dropSocket: once('Ends the WebSocket in an orderly way (FIN), without a closing stanza.'),
  resetSocket: once('Resets the TCP connection (RST).'),
  refuseUpgrade: lasting(
    'Answers the WebSocket upgrade with an HTTP status (503), optionally Retry-After.',
    'status',
  ),
  silent: lasting('Keeps connections open and answers nothing: xmpp (default), rest or both.', 'scope'),
  slow: lasting('Delays every answer and event by some milliseconds (1000).', 'ms'),
  rejectAuth: lasting('Refuses every password, on REST and XMPP.'),
  duplicateEvent: lasting('Sends every event twice, with the same item id.'),
  reorderEvents: lasting('Swaps events pairwise.'),
  lostEvent: lasting('Loses every n-th event (10).', 'every'),
  eventBeforeReply: lasting('Sends the event before the 202 it belongs to.'),
  malformedFrame: once('Sends a frame that is not XML.'),
  truncatedFrame: once('Sends the first half of an event as a whole frame.'),
  outOfService: lasting('SystemInfo says OUT_OF_SERVICE, REST answers 503, no events.'),
  conflict: once('Ends the sessions as if another client had bound the same full JID.'),
  restStatus: lasting(
    'Answers REST calls (all, or those whose path contains `path`) with a status (500) and a finesse, html or empty body.',
    'status',
  ),
  noEvents: lasting('Answers everything, publishes nothing.'),
  noFinessePresence: lasting('The presence of the user `finesse` never comes.'),
  streamError: once('Ends the sessions with a stream error (system-shutdown).', 'condition'),
  bindRefused: lasting('Refuses the resource binding (not-allowed).', 'condition'),
  subscribeForbidden: lasting('Refuses explicit subscriptions with `forbidden`.', 'path'),
  mechanisms: lasting('Offers these SASL mechanisms (SCRAM-SHA-1) instead of PLAIN.', 'offered'),
  ctiHeartbeatFailure: lasting('SystemInfo stays IN_SERVICE but lastCTIHeartbeatStatus is failure.'),
  forcedLogoutNow: once(
    'Applies the forced logout of a lost connection to signed-in agents with a session, or to one.',
    'agentId',
  ),
  noLateLogout: lasting(
    'A node that was left spares agents who have an available session on the other node (13.1 says it may not).',
  ),
  oldVersion: lasting('TeamResource answers 404, as before 12.5.'),
  hostileStrings: lasting(
    'Markup, control characters, directions and huge names in every text the server sends.',
  ),
}

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[]

export const isFaultName = (text: string): text is FaultName => Object.hasOwn(FAULTS, text)
