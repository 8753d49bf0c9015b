export type NodeName = 'A' | 'B'

/** What each fault takes. Times in milliseconds, `retryAfter` in seconds. */
export interface FaultParameters {
  readonly dropSocket: Empty
  readonly resetSocket: Empty
  readonly resetRest: Empty
  readonly refuseUpgrade: {
    readonly status?: number
    readonly retryAfter?: number
    readonly location?: string
    readonly times?: number
  }
  readonly upgradeUnanswered: Empty
  readonly wrongSubprotocol: Empty
  readonly silent: { readonly scope?: 'xmpp' | 'rest' | 'both' }
  readonly slow: { readonly ms?: number; readonly path?: string; readonly method?: string }
  readonly rejectAuth: Empty
  readonly duplicateEvent: Empty
  readonly reorderEvents: Empty
  readonly lostEvent: { readonly every?: number; readonly path?: string; readonly times?: number }
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
    readonly times?: number
  }
  readonly redirect: {
    readonly location?: string
    readonly status?: number
    readonly path?: string
    readonly method?: string
  }
  readonly hugeReply: { readonly how?: 'long' | 'endless' | 'gzip'; readonly path?: string }
  readonly wrongBody: { readonly how?: 'malformed' | 'json' | 'charset' | 'empty'; readonly path?: string }
  readonly replyLost: { readonly path?: string; readonly method?: string; readonly times?: number }
  readonly asyncError: {
    readonly data?: string
    readonly message?: string
    readonly type?: string
    readonly path?: string
    readonly times?: number
  }
  readonly falseInService: Empty
  readonly noEvents: { readonly path?: string }
  readonly noFinessePresence: Empty
  readonly streamError: { readonly condition?: string }
  readonly seeOtherHost: { readonly address?: string }
  readonly seeOtherUri: { readonly address?: string }
  readonly closeCode: { readonly code?: number }
  readonly rawFrames: { readonly how?: 'binary' | 'reserved' | 'pings'; readonly count?: number }
  readonly bindRefused: { readonly condition?: string }
  readonly bindUnanswered: { readonly ms?: number }
  readonly subscribeUnanswered: { readonly ms?: number; readonly path?: string }
  readonly noPingReply: Empty
  readonly foreignReplies: Empty
  readonly wrongPubsubDomain: Empty
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
  resetRest: once('Resets the connections that are not notification sessions, idle ones included.'),
  refuseUpgrade: lasting(
    'Answers the WebSocket upgrade with an HTTP status (503), optionally Retry-After or Location.',
    'status',
  ),
  upgradeUnanswered: lasting('Accepts the WebSocket upgrade request and never answers it.'),
  wrongSubprotocol: lasting('Answers the upgrade with another subprotocol than xmpp.'),
  silent: lasting('Keeps connections open and answers nothing: xmpp (default), rest or both.', 'scope'),
  slow: lasting(
    'Delays every answer and event by some milliseconds (1000); with `path` only those REST replies, done at once and sent late.',
    'ms',
  ),
  rejectAuth: lasting('Refuses every password, on REST and XMPP.'),
  duplicateEvent: lasting('Sends every event twice, with the same item id.'),
  reorderEvents: lasting('Swaps events pairwise.'),
  lostEvent: lasting('Loses every n-th event (10), of those whose pubsub node contains `path`.', 'every'),
  eventBeforeReply: lasting('Sends the event before the 202 it belongs to.'),
  malformedFrame: once('Sends a frame that is not XML.'),
  truncatedFrame: once('Sends the first half of an event as a whole frame.'),
  outOfService: lasting('SystemInfo says OUT_OF_SERVICE, REST answers 503, no events.'),
  conflict: once('Ends the sessions as if another client had bound the same full JID.'),
  restStatus: lasting(
    'Answers REST calls (all, or those whose path contains `path`) with a status (500) and a finesse, html or empty body.',
    'status',
  ),
  redirect: lasting('Answers REST calls with 302 (or `status`) to `location`.', 'location'),
  hugeReply: lasting('A reply of 30 MB (long), without end (endless) or unpacking to 64 MB (gzip).', 'how'),
  wrongBody: lasting(
    'A 200 with half a document (malformed), JSON, Latin-1 under the name UTF-8 (charset) or nothing (empty).',
    'how',
  ),
  replyLost: lasting('Does what REST calls ask and cuts the connection instead of answering.', 'path'),
  asyncError: lasting(
    'Accepts state changes and call actions with 202 and refuses them by event, with their requestId.',
    'data',
  ),
  falseInService: lasting('SystemInfo says IN_SERVICE, every other REST call answers 503.'),
  noEvents: lasting(
    'Answers everything, publishes nothing (or nothing on pubsub nodes that contain `path`).',
    'path',
  ),
  noFinessePresence: lasting('The presence of the user `finesse` never comes.'),
  streamError: once('Ends the sessions with a stream error (system-shutdown).', 'condition'),
  seeOtherHost: once('Ends the sessions with see-other-host and this address (the other node).', 'address'),
  seeOtherUri: once('Ends the sessions with a closing stanza naming this URI (the other node).', 'address'),
  closeCode: once('Ends the WebSocket with this close code (1011) and no closing stanza.', 'code'),
  rawFrames: once(
    'Sends binary data, a frame with reserved bits set, or `count` pings (10000) at once.',
    'how',
  ),
  bindRefused: lasting('Refuses the resource binding (not-allowed).', 'condition'),
  bindUnanswered: lasting('Binds the resource and never says so, or says so some milliseconds later.', 'ms'),
  subscribeForbidden: lasting('Refuses explicit subscriptions with `forbidden`.', 'path'),
  subscribeUnanswered: lasting(
    'Subscribes and never says so, or says so some milliseconds later (events come meanwhile).',
    'ms',
  ),
  noPingReply: lasting('Never answers a ping; everything else goes on.'),
  foreignReplies: lasting(
    'Before each answer to an iq: an error with its id from an address that was not asked.',
  ),
  wrongPubsubDomain: lasting('SystemInfo names a pubsub service that does not exist.'),
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
