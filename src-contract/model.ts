import type { Problem } from './problem'

/** Server time in epoch milliseconds: the clock all timers run by. */
export type ServerMs = number

/**
 * How a state looks, everywhere the same: colour, shape and word (docs/design). Many Finesse states share a look.
 * `lost` is ours: we do not know the state because the connection is gone.
 */
export type Look =
  'ready' | 'notReady' | 'call' | 'hold' | 'wrapUp' | 'reserved' | 'signedOut' | 'lost' | 'unknown'

export type Deployment = 'UCCE' | 'UCCX' | 'unknown'

/** Replace: we are the agent's desktop (resource `desktop`). Beside: own resource, the browser desktop may stay open. */
export type Mode = 'replace' | 'beside'

export interface Reason {
  /** Finesse's database id, what a request carries; null for system codes. */
  readonly id: string | null
  /** The number people and reports know. */
  readonly code: number | null
  readonly label: string | null
  /** Set by Finesse or the phone system, not by a person: explained by `systemReason.<deployment>.<category>.<code>`. */
  readonly system: boolean
}

export interface Agent {
  readonly loginId: string
  readonly name: string
  readonly extension: string | null
  readonly teamId: string | null
  readonly teamName: string | null
  readonly supervisor: boolean
  readonly deployment: Deployment
  /** Finesse's own word, e.g. `NOT_READY`. Unknown words are possible. */
  readonly state: string
  readonly look: Look
  readonly since: ServerMs
  readonly reason: Reason | null
  /** What Finesse will do after the call: `then Ready`. */
  readonly pending: { readonly state: string; readonly look: Look; readonly reason: Reason | null } | null
}

export interface Member {
  readonly id: string
  readonly name: string
  readonly extension: string | null
  readonly state: string
  readonly look: Look
  readonly since: ServerMs | null
  readonly reason: Reason | null
}

export type CallDirection = 'in' | 'out' | 'internal' | 'unknown'

export interface CallParticipant {
  readonly address: string | null
  readonly state: string | null
  readonly own: boolean
}

/** A voice call of ours, read-only for now. */
export interface Call {
  readonly id: string
  readonly direction: CallDirection
  /** The other side's number; null when hidden or not known yet. */
  readonly remote: string | null
  readonly queue: string | null
  readonly dialed: string | null
  readonly callType: string | null
  readonly state: string
  readonly ownState: string | null
  readonly look: Look
  readonly startedAt: ServerMs
  /** Start of the own leg's present state (hold timer). */
  readonly ownSince: ServerMs | null
  readonly participants: readonly CallParticipant[]
}

/** Who made it happen, as far as Finesse lets us know. */
export type Actor = 'you' | 'colleague' | 'supervisor' | 'finesse' | 'caller' | 'sidetone'

export type FeedWhat =
  | {
      readonly kind: 'agentState'
      readonly state: string
      readonly look: Look
      readonly reason: Reason | null
      readonly deployment: Deployment
    }
  | { readonly kind: 'agentPending'; readonly state: string; readonly look: Look }
  | {
      readonly kind: 'memberState'
      readonly name: string
      readonly state: string
      readonly look: Look
      readonly reason: Reason | null
      readonly deployment: Deployment
    }
  | { readonly kind: 'callArrived'; readonly remote: string | null; readonly queue: string | null }
  | { readonly kind: 'callStarted'; readonly remote: string | null }
  | { readonly kind: 'callAnswered'; readonly remote: string | null; readonly afterMs: number | null }
  | { readonly kind: 'callHeld'; readonly remote: string | null }
  | { readonly kind: 'callRetrieved'; readonly remote: string | null }
  | { readonly kind: 'callEnded'; readonly remote: string | null; readonly durationMs: number | null }
  | { readonly kind: 'callMissed'; readonly remote: string | null; readonly queue: string | null }
  | { readonly kind: 'callFailed'; readonly remote: string | null; readonly cause: string | null }
  | { readonly kind: 'signedIn'; readonly server: string }
  | { readonly kind: 'signedOut'; readonly server: string }
  | { readonly kind: 'connectionLost'; readonly problem: Problem }
  | { readonly kind: 'connectionRestored'; readonly afterMs: number; readonly node: string }
  /** Nothing is known of this time: calls that began and ended in it are on no list (13.3). */
  | { readonly kind: 'gap'; readonly from: ServerMs; readonly to: ServerMs }
  | { readonly kind: 'nodeChanged'; readonly node: string; readonly host: string }
  /** Asked by Sidetone because the agent allowed it. */
  | { readonly kind: 'readyAskedAgain' }
  | { readonly kind: 'signInAskedAgain'; readonly node: string }
  | {
      readonly kind: 'stateChangedMeanwhile'
      readonly state: string
      readonly look: Look
      readonly reason: Reason | null
      readonly deployment: Deployment
    }
  | { readonly kind: 'requestRefused'; readonly target: string; readonly problem: Problem }
  | { readonly kind: 'serverStatus'; readonly status: string; readonly inService: boolean }
  | { readonly kind: 'finesseError'; readonly problem: Problem }
  /** A notification that changed nothing one sees. */
  | {
      readonly kind: 'noted'
      readonly about: 'agent' | 'member' | 'call' | 'team' | 'server'
      readonly name: string | null
    }
  | { readonly kind: 'unreadable'; readonly node: string; readonly problem: string }
  | { readonly kind: 'other'; readonly node: string; readonly event: string; readonly root: string }

export interface FeedEntry {
  readonly id: string
  readonly at: ServerMs
  readonly by: Actor
  readonly what: FeedWhat
}

/** What a person must see before trusting a certificate. */
export interface CertificateQuestion {
  readonly host: string
  readonly port: number
  readonly subject: string
  readonly issuer: string
  readonly validFrom: number
  readonly validTo: number
  readonly subjectAltNames: readonly string[]
  readonly fingerprint256: string
  readonly selfSigned: boolean
  /** True when another certificate was trusted for this host and port before. */
  readonly changed: boolean
}
