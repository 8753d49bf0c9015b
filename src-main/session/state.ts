import type { Attempt, NodeHealth, NodeName, Verdict } from '../../src-contract/connection'
import type { Call, CertificateQuestion, Member, Mode } from '../../src-contract/model'
import type { Problem } from '../../src-contract/problem'
import type { ForcedSignOut, Gap } from '../../src-contract/state'
import type { Deployment, EpochMs, User } from '../finesse/model'
import type { NotificationEvent } from '../finesse/notifications/types'
import type { CauseSide } from './connection/backOff'
import { emptyDesk, type Desk } from './deskState'
import type { Keyed } from './keyed'
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

export { emptyDesk, emptyTeam } from './deskState'
export type {
  PendingRequest,
  PendingChoice,
  ReasonLists,
  TeamState,
  CallNote,
  Reread,
  Desk,
} from './deskState'
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
  /** What each node told of itself in this session. */
  readonly factsOf: Readonly<Partial<Record<NodeName, ServerFacts>>>
  /** The node of this try has said that it is healthy; until then nothing is shown as live. */
  readonly verified: boolean
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
  factsOf: {},
  verified: false,
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
