import type { Connection, NodeName } from './connection'
import type { InspectorState } from './inspector'
import type {
  Agent,
  Call,
  CertificateQuestion,
  FeedEntry,
  Look,
  Member,
  Mode,
  Reason,
  ServerMs,
} from './model'
import type { Problem } from './problem'

/** Whose session it is. No secrets. */
export interface Identity {
  /** host:port as the person typed it. */
  readonly server: string
  readonly loginId: string
  readonly extension: string
  readonly mode: Mode
  /** The XMPP resource in use, shown so that nobody has to guess. Null until bound. */
  readonly resource: string | null
}

/**
 * Parts that do not work while the session lives. userEvents: the subscription was refused; User and calls are read
 * every 5 s instead. otherNode: the certificate of the other server is not trusted, so there is nowhere to move to.
 */
export type Degradation = 'team' | 'userEvents' | 'finessePresence' | 'reasonCodes' | 'otherNode'

/** When Finesse signs the agent out for a lost connection (section 13.1). */
export interface ForcedSignOut {
  /** Not before this: 60 s after the server noticed, if it noticed at once. */
  readonly earliest: ServerMs
  /** Not after this: a dead network is noticed after 120 s at most, then the same 60 s. */
  readonly latest: ServerMs
  /** The agent had a call: it comes when the call is over. */
  readonly afterCall: boolean
}

export type Session =
  | { readonly phase: 'signedOut'; readonly notice: Problem | null }
  | {
      readonly phase: 'signingIn'
      readonly identity: Identity
      readonly step: 'verifying' | 'connecting' | 'loading'
    }
  | {
      readonly phase: 'online'
      readonly identity: Identity
      readonly since: ServerMs
      readonly degraded: readonly Degradation[]
      /** Finesse is out of service while the connection lives: nothing may be asked. Since when; null: in service. */
      readonly outOfServiceSince: ServerMs | null
      /** Finesse refused the password in mid-shift: events still come, nothing can be asked until it is given. */
      readonly passwordProblem: Problem | null
    }
  | {
      readonly phase: 'recovering'
      readonly identity: Identity
      readonly step: 'waiting' | 'verifying' | 'connecting' | 'loading'
      /** 1 for the first try. */
      readonly attempt: number
      readonly cause: Problem
      /** When the connection was lost. */
      readonly since: ServerMs
      readonly nextTryAt: ServerMs | null
      /** The node being tried, or tried first next time. */
      readonly node: NodeName
      /** Null: the agent was not signed in, there is nobody to sign out. */
      readonly forcedSignOut: ForcedSignOut | null
    }
  | { readonly phase: 'signingOut'; readonly identity: Identity }
  /** Stopped until a person decides. Never retries by itself. */
  | {
      readonly phase: 'blocked'
      readonly identity: Identity
      readonly reason: 'passwordWrong' | 'signedInElsewhere' | 'untrustedCertificate' | 'other'
      readonly problem: Problem
      readonly certificate: CertificateQuestion | null
      /** True when it happened in mid-shift: the desk is kept on screen. */
      readonly midShift: boolean
    }

/** Why a choice cannot be made now; worded under `whyNot.<code>`. */
export type WhyNot =
  | 'notConnected'
  | 'signedOut'
  | 'already'
  | 'reserved'
  | 'onCallUccx'
  | 'onCallSignOut'
  | 'outboundReserved'
  | 'pendingOnce'
  | 'requestPending'
  | 'serverUnavailable'
  | 'passwordNeeded'
  | 'wrapUpSignOut'
  | 'unknownState'

export type Choice =
  | { readonly allowed: true; /** Takes effect when the call ends. */ readonly afterCall: boolean }
  | { readonly allowed: false; readonly why: WhyNot }

/** Which states the agent may ask for now, by the rules of the deployment. */
export interface StateChoices {
  readonly ready: Choice
  readonly notReady: Choice
  readonly signOut: Choice
  /** Not Ready again with another reason. */
  readonly changeReason: Choice
  readonly notReadyReasonRequired: boolean
  readonly signOutReasonRequired: boolean
}

export type StateTarget = 'READY' | 'NOT_READY' | 'LOGOUT'

/** A state change on its way. Confirmed means: gone from here, visible in the agent. */
export interface StateRequest {
  readonly target: StateTarget
  readonly reason: Reason | null
  readonly askedAt: ServerMs
  /** asked: sent; accepted: Finesse took it, no event yet; checking: reading the User because no event came. */
  readonly phase: 'asked' | 'accepted' | 'checking' | 'refused'
  readonly problem: Problem | null
}

export interface Reasons {
  readonly status: 'none' | 'loading' | 'ready' | 'failed'
  readonly notReady: readonly Reason[]
  readonly signOut: readonly Reason[]
  /** Ids of the last three Not Ready reasons used, newest first. */
  readonly favourites: readonly string[]
}

export interface Team {
  readonly status: 'none' | 'loading' | 'ready' | 'forbidden' | 'failed'
  readonly id: string | null
  readonly name: string | null
  /** Events flow for it. */
  readonly live: boolean
  /** Rows may be old: the connection is down. */
  readonly stale: boolean
  readonly problem: Problem | null
  /** Teams to choose from (a supervisor's, else the own one). */
  readonly teams: readonly { readonly id: string; readonly name: string }[]
}

export type GapChange =
  | {
      readonly kind: 'state'
      readonly before: { readonly state: string; readonly look: Look }
      readonly after: { readonly state: string; readonly look: Look; readonly reason: Reason | null }
    }
  | { readonly kind: 'callEnded'; readonly remote: string | null }
  | { readonly kind: 'callArrived'; readonly remote: string | null }
  /** Rows of the team that say something else now. */
  | { readonly kind: 'members'; readonly count: number }

/** "While you were disconnected": from the last proof of life to being live again. */
export interface Gap {
  readonly from: ServerMs
  readonly to: ServerMs
  /** The node before and the node after; the same when we came back to it. */
  readonly nodes: readonly [NodeName, NodeName]
  /** Calls that began and ended within it left no trace (13.3): it is the gap that is told, no call is invented. */
  readonly changes: readonly GapChange[]
}

export type ThemeSetting = 'system' | 'light' | 'dark'
export type LocaleSetting = 'system' | 'en' | 'nl'
export type Locale = 'en' | 'nl'

export interface Settings {
  readonly theme: ThemeSetting
  readonly locale: LocaleSetting
  /** What `system` means here. */
  readonly effectiveLocale: Locale
  readonly notifications: boolean
  /** After a failover that signed the agent out: sign in again on the new node, Not Ready. */
  readonly signInAfterFailover: boolean
  /** After a loss that cost the agent Ready: ask for Ready again. */
  readonly restoreReady: boolean
}

/** What the sign-in page starts with. */
export interface SignInForm {
  readonly server: string
  readonly loginId: string
  readonly extension: string
  readonly mode: Mode
  readonly caFile: string | null
  /** Main holds a password for exactly this server and id: the field may stay empty. */
  readonly passwordHeld: boolean
  /** The embedded simulator: how it stands. */
  readonly simulator: 'off' | 'starting' | 'running' | 'failed'
  /** Agents of the running simulator, to choose from. Invented people. */
  readonly simulatorAgents: readonly {
    readonly id: string
    readonly name: string
    readonly extension: string
    readonly supervisor: boolean
  }[]
}

export interface AppInfo {
  readonly name: string
  readonly version: string
  readonly electron: string
  readonly chrome: string
  readonly platform: string
  readonly packaged: boolean
  /** False where the desktop offers no tray: closing the window then minimises. */
  readonly tray: boolean
}

/** A question main asks in the window. Null when there is none. */
export type Prompt = { readonly kind: 'quit' } | null

/** Replaced whole when they change. */
export interface Slices {
  readonly app: AppInfo
  readonly settings: Settings
  readonly signIn: SignInForm
  readonly session: Session
  readonly connection: Connection
  readonly agent: Agent | null
  readonly choices: StateChoices
  readonly request: StateRequest | null
  readonly reasons: Reasons
  readonly team: Team
  /** Until dismissed, or until the next one. */
  readonly gap: Gap | null
  readonly prompt: Prompt
  readonly inspector: InspectorState
}

/** Keyed by `id`; patched entity by entity. */
export interface Collections {
  readonly members: Member
  readonly calls: Call
  /** Oldest first by insertion; at most 300 of the agent's own and 300 others kept. */
  readonly feed: FeedEntry
}

export type SliceName = keyof Slices
export type CollectionName = keyof Collections
