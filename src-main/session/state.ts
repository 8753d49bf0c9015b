import type { Attempt, NodeHealth, NodeName, Verdict } from '../../src-contract/connection'
import type { Call, CertificateQuestion, FeedEntry, Member, Mode, Reason } from '../../src-contract/model'
import type { Problem } from '../../src-contract/problem'
import type { ForcedSignOut, Gap, StateTarget } from '../../src-contract/state'
import type { Deployment, EpochMs, User } from '../finesse/model'
import type { NotificationEvent } from '../finesse/notifications/types'
import type { CauseSide } from './connection/backOff'
import { emptyKeyed, type Keyed } from './keyed'
import type { NodeAddress } from './ports'

export interface Account {
  /** host:port as typed, the key of what is remembered. */
  readonly server: string
  readonly node: NodeAddress
  readonly loginId: string
  readonly extension: string
  readonly mode: Mode
  /** The XMPP resource asked for (4.4). */
  readonly resource: string
  /** Prefix of request ids: unique per sign-in. */
  readonly key: string
  /** The other node, as this server named it in an earlier shift: where to sign in when the typed one is down. */
  readonly partner: Node | null
}

export interface Node {
  readonly name: NodeName
  readonly address: NodeAddress
}

/** Why a try failed or a connection ended, and what follows from it. */
export interface Failure {
  readonly problem: Problem
  readonly side: CauseSide
  readonly retryAfterMs: number | null
  readonly certificate: CertificateQuestion | null
  /** How long nothing proved the connection alive before it was given up, ms. */
  readonly silentMs?: number
  /** Better to go on with the other node, although this one answers. */
  readonly move?: boolean
}

/** A node as last asked. */
export interface NodeReport {
  readonly health: NodeHealth
  readonly checkedAt: EpochMs
  readonly problem: Problem | null
  readonly certificate: CertificateQuestion | null
}

/** One try: the node we were on, then the other one (13.3). */
export interface Round {
  /** Server time of its beginning. */
  readonly at: EpochMs
  readonly tried: readonly NodeName[]
  /** What the first node said. */
  readonly first: Failure | null
  /** Failed tries that ended with a server out of service, in a row: they are polled, not hammered. */
  readonly polls: number
  /** Server times before which these nodes asked not to be tried again. */
  readonly notBefore: Readonly<Partial<Record<NodeName, EpochMs>>>
}

/** The desk when the connection was lost, to tell afterwards what changed. */
export interface Before {
  /** Server time of the last proof of life. */
  readonly at: EpochMs
  readonly node: NodeName
  readonly user: User | null
  readonly calls: Keyed<Call>
  readonly members: Keyed<Member>
  readonly cause: Problem
}

export interface Preferences {
  readonly signInAfterFailover: boolean
  readonly restoreReady: boolean
}

/** Wrong passwords in a row: the fifth locks the account (3.1). */
export interface Strikes {
  readonly server: string
  readonly loginId: string
  readonly count: number
  readonly at: EpochMs
}

/** What SystemInfo told about the service. */
export interface ServerFacts {
  readonly xmppDomain: string
  readonly pubsubDomain: string
  readonly deployment: Deployment | null
}

export type { NodeName }

export type BlockedReason = 'passwordWrong' | 'signedInElsewhere' | 'untrustedCertificate' | 'other'

export interface Recovering {
  readonly name: 'recovering'
  readonly step: 'waiting' | 'verifying' | 'connecting' | 'loading'
  readonly cause: Problem
  /** Server time when the connection was lost. */
  readonly since: EpochMs
  readonly nextTryAt: EpochMs | null
  readonly forcedSignOut: ForcedSignOut | null
}

export type Phase =
  | { readonly name: 'signedOut'; readonly notice: Problem | null }
  | { readonly name: 'signingIn'; readonly step: 'verifying' | 'connecting' | 'signingOn' | 'loading' }
  | { readonly name: 'online'; readonly since: EpochMs }
  | Recovering
  /** asking: REST LOGOUT under way; closing: saying good-bye on the living link. */
  | { readonly name: 'signingOut'; readonly step: 'asking' | 'closing' }
  | {
      readonly name: 'blocked'
      readonly reason: BlockedReason
      readonly problem: Problem
      readonly certificate: CertificateQuestion | null
      readonly midShift: boolean
    }

/** The one connection we hold or are opening. Events carry its `gen`. */
export interface Link {
  readonly gen: number
  readonly node: Node
  readonly facts: ServerFacts
  readonly ready: boolean
  /** Milliseconds it may take to say good-bye; null: it is to live. */
  readonly closing: number | null
}

/**
 * step: the busy step may not hang. retry: next try. stable: the connection has proved itself. request: no event came
 * for a state change. login: no event came for LOGIN. poll: ask an out-of-service server again. move: leave it for the
 * other node. reread: from when on everything may be read again. watch: look whether an event of the present call was
 * lost. miss: the event of what a read has shown should have come by now. survey: ask both nodes how they are. team:
 * read a team that may not be watched. restore: ask for Ready again.
 */
export type TimerName =
  | 'step'
  | 'retry'
  | 'stable'
  | 'request'
  | 'login'
  | 'poll'
  | 'move'
  | 'reread'
  | 'watch'
  | 'miss'
  | 'survey'
  | 'team'
  | 'restore'

export interface Timer {
  readonly id: number
  readonly ms: number
}

export interface BackOff {
  /** Failed tries since the last stable connection. */
  readonly tries: number
}

/** Own sign-on by REST LOGIN (8.3), at sign-in and after Finesse signed the agent out. */
export interface Login {
  readonly requestId: string
  /** Checking reads of the User so far. */
  readonly reads: number
}

/** The first read after connecting; notifications wait in `buffer` until it is complete. */
export interface Load {
  readonly user: boolean
  readonly dialogs: boolean
}

export type Service =
  | { readonly status: 'ok' }
  | { readonly status: 'unavailable'; readonly since: EpochMs; readonly polls: number }

/** A state change on its way, with what is needed to recognise its end. */
export interface PendingRequest {
  readonly requestId: string
  readonly target: StateTarget
  readonly reason: Reason | null
  readonly reasonCodeId: string | null
  readonly askedAt: EpochMs
  readonly phase: 'asked' | 'accepted' | 'checking' | 'refused'
  readonly problem: Problem | null
  /** Why it is not known whether Finesse took it: no answer came, or one that says nothing. */
  readonly doubt?: Problem
  /** LOGIN on the living session; shown as Not Ready, which it leads to. */
  readonly login: boolean
  /** UCCE: sign-out from Ready goes through Not Ready (8.4); this is that first half. */
  readonly thenSignOut: { readonly reasonCodeId: string | null; readonly withReason: boolean } | null
}

/** A choice made during a call; Finesse sends no event for it (8.6). */
export interface PendingChoice {
  readonly requestId: string
  readonly state: 'READY' | 'NOT_READY'
  readonly reason: Reason | null
}

export interface ReasonLists {
  readonly status: 'none' | 'loading' | 'ready' | 'failed'
  readonly notReady: readonly Reason[]
  readonly signOut: readonly Reason[]
  readonly favourites: readonly string[]
  /** Lists of the present load that have arrived. */
  readonly arrived: number
  /** The server refused them (401, 403): asking again could lock the account (15.13). */
  readonly refused: boolean
}

export interface TeamState {
  readonly status: 'none' | 'loading' | 'ready' | 'forbidden' | 'failed'
  readonly id: string | null
  readonly name: string | null
  readonly subscribed: boolean
  /** The server refused the subscription. */
  readonly refused: boolean
  readonly stale: boolean
  readonly reading: boolean
  /** Server time of the last whole read. */
  readonly readAt: EpochMs
  readonly problem: Problem | null
  /** The team a person chose; the own one otherwise. */
  readonly chosen: string | null
  /** Summaries that came while old rows are read again: applied after the read (13.4). */
  readonly waiting: readonly User[]
}

/** What a call's events must remember beside what is shown. */
export interface CallNote {
  readonly id: string
  readonly answeredAt: EpochMs | null
  /** The end of the own leg is already told. */
  readonly over: boolean
  /** Newest time of change seen in any leg: older events change nothing. */
  readonly changedAt: EpochMs
  /** Number of the last event that told of it: a list asked for before knows nothing of it. */
  readonly seen: number
}

/** Everything is read again on the living connection, at most once per `REREAD_MS`. */
export interface Reread {
  /** Events with a greater number came after it was asked for. */
  readonly from: number
  readonly reading: boolean
  /** What waits for the User, which proves the password: a call each with a wrong one would lock the account (15.13). */
  readonly rest: 'none' | 'calls' | 'callsAndTeam'
  /** Wanted once more meanwhile. */
  readonly again: boolean
}

export interface Desk {
  readonly user: User | null
  /** Server time the present state was first seen, for a User without stateChangeTime (14). */
  readonly userSince: EpochMs
  readonly request: PendingRequest | null
  readonly pending: PendingChoice | null
  readonly reasons: ReasonLists
  readonly team: TeamState
  readonly members: Keyed<Member>
  readonly calls: Keyed<Call>
  readonly callNotes: readonly CallNote[]
  /** Ids of dialogs that are over: late events of theirs are ignored (9.6). */
  readonly endedCalls: readonly string[]
  /** Server times at which Finesse lost colleagues too, newest last. */
  readonly lostColleagues: readonly EpochMs[]
  readonly reread: Reread | null
  readonly feed: Keyed<FeedEntry>
  /** Ids of the agent's own events in order, oldest first. */
  readonly feedIds: readonly string[]
  /** The same of colleagues' events and of those that changed nothing. */
  readonly othersFeedIds: readonly string[]
}

export interface Track {
  readonly attempts: readonly Attempt[]
  readonly roundTripMs: number | null
  readonly lastEventAt: EpochMs | null
}

export interface SessionState {
  /** Counts attempts and departures; an answer with another number changes nothing. */
  readonly gen: number
  /** Source of timer, request and feed numbers. */
  readonly counter: number
  readonly phase: Phase
  readonly account: Account | null
  /** Configured node and, once SystemInfo named it, the other. */
  readonly nodes: readonly Node[]
  readonly nodeIndex: number
  /** The node the session was last live on: tried first, and not left without need (fault F2). */
  readonly homeIndex: number
  readonly health: Readonly<Partial<Record<NodeName, NodeReport>>>
  readonly round: Round
  readonly facts: ServerFacts | null
  /** Server time minus monotonic time, ms; null before the first SystemInfo (14). */
  readonly clockBase: number | null
  /** The last measurements of `clockBase`; it is their median. */
  readonly clockSamples: readonly number[]
  readonly link: Link | null
  /** The machine slept, or is about to: what the server heard of us since then is not known until a ping is answered. */
  readonly asleep: { readonly since: EpochMs; readonly over: boolean } | null
  readonly resource: string | null
  readonly timers: Readonly<Partial<Record<TimerName, Timer>>>
  readonly backOff: BackOff
  readonly login: Login | null
  readonly load: Load | null
  readonly buffer: readonly NotificationEvent[]
  readonly service: Service
  /** Stages that failed without ending the connection. */
  readonly degraded: { readonly userEvents: boolean; readonly finessePresence: boolean }
  /** Events that should have come and did not, since the last one that did. */
  readonly misses: number
  readonly before: Before | null
  readonly gap: Gap | null
  readonly verdict: Verdict | null
  readonly preferences: Preferences
  readonly strikes: Strikes | null
  /** A call was refused while the connection lives: it is kept, but no call is sent until the password is given. */
  readonly passwordProblem: Problem | null
  readonly track: Track
  readonly desk: Desk
}

export const emptyTeam: TeamState = {
  status: 'none',
  id: null,
  name: null,
  subscribed: false,
  refused: false,
  stale: false,
  reading: false,
  readAt: 0,
  problem: null,
  chosen: null,
  waiting: [],
}

export const emptyDesk: Desk = {
  user: null,
  userSince: 0,
  request: null,
  pending: null,
  reasons: { status: 'none', notReady: [], signOut: [], favourites: [], arrived: 0, refused: false },
  team: emptyTeam,
  members: emptyKeyed(),
  calls: emptyKeyed(),
  callNotes: [],
  endedCalls: [],
  lostColleagues: [],
  reread: null,
  feed: emptyKeyed(),
  feedIds: [],
  othersFeedIds: [],
}

export const noRound: Round = { at: 0, tried: [], first: null, polls: 0, notBefore: {} }

export const initialState: SessionState = {
  gen: 0,
  counter: 0,
  phase: { name: 'signedOut', notice: null },
  account: null,
  nodes: [],
  nodeIndex: 0,
  homeIndex: 0,
  health: {},
  round: noRound,
  facts: null,
  clockBase: null,
  clockSamples: [],
  link: null,
  asleep: null,
  resource: null,
  timers: {},
  backOff: { tries: 0 },
  login: null,
  load: null,
  buffer: [],
  service: { status: 'ok' },
  degraded: { userEvents: false, finessePresence: false },
  misses: 0,
  before: null,
  gap: null,
  verdict: null,
  preferences: { signInAfterFailover: true, restoreReady: false },
  strikes: null,
  passwordProblem: null,
  track: { attempts: [], roundTripMs: null, lastEventAt: null },
  desk: emptyDesk,
}
