import type { Problem } from '../../src-contract/problem'
import type { Dialog, ReasonCodes, Team, User } from '../finesse/model'
import type { NotificationEvent } from '../finesse/notifications/types'
import type { ConnectionFailure } from '../finesse/failures'
import type { Result } from '../finesse/result'
import type { Accepted, RestResult, SystemInfoAnswer } from '../finesse/rest/types'
import type { NodeAddress } from './ports'
import type { Account, Link, Node, NodeName, Preferences, TimerName } from './state'

/** Everything that can happen. Answers carry the number of what asked for them. */
export type SessionEvent =
  // a person
  | { readonly type: 'signInRequested'; readonly account: Account; readonly favourites: readonly string[] }
  | { readonly type: 'signInCancelled' }
  | { readonly type: 'signOutRequested'; readonly reasonCodeId: string | null }
  | {
      readonly type: 'stateRequested'
      readonly state: 'READY' | 'NOT_READY'
      readonly reasonCodeId: string | null
    }
  | { readonly type: 'loginRequested' }
  | { readonly type: 'refusalDismissed' }
  | { readonly type: 'teamChosen'; readonly teamId: string }
  /** "Reconnect now", "take over", password given, certificate accepted: go on with what was stopped. */
  | { readonly type: 'resumeRequested' }
  | { readonly type: 'dismissed' }
  /** Rebuild the connection, whatever it looks like. */
  | { readonly type: 'reconnectRequested' }
  | { readonly type: 'gapDismissed' }
  /** Another certificate is trusted now. */
  | { readonly type: 'trustChanged' }
  | { readonly type: 'preferencesChanged'; readonly preferences: Preferences }
  /** End the session here without signing the agent out (quit and stay signed in, shutdown). */
  | { readonly type: 'leaveRequested'; readonly limitMs: number }
  // the machine
  | { readonly type: 'networkChanged' }
  /** The machine goes to sleep. */
  | { readonly type: 'suspended' }
  /** It woke; `asleepMs` passed by the wall clock that the monotonic clock did not count. Null: not known. */
  | { readonly type: 'woke'; readonly asleepMs: number | null }
  | { readonly type: 'timerFired'; readonly name: TimerName; readonly id: number }
  // answers
  | { readonly type: 'systemInfoRead'; readonly gen: number; readonly result: RestResult<SystemInfoAnswer> }
  /** Of the node we are not on. */
  | {
      readonly type: 'nodeProbed'
      readonly gen: number
      readonly name: NodeName
      readonly result: RestResult<SystemInfoAnswer>
    }
  | {
      readonly type: 'loginAnswered'
      readonly gen: number
      readonly requestId: string
      readonly result: RestResult<Accepted>
    }
  | {
      readonly type: 'stateAnswered'
      readonly gen: number
      readonly requestId: string
      readonly result: RestResult<Accepted>
    }
  | {
      readonly type: 'userRead'
      readonly gen: number
      readonly purpose: UserReadPurpose
      readonly result: RestResult<User>
    }
  | { readonly type: 'dialogsRead'; readonly gen: number; readonly result: RestResult<readonly Dialog[]> }
  | {
      readonly type: 'reasonsRead'
      readonly gen: number
      readonly category: 'NOT_READY' | 'LOGOUT'
      readonly result: RestResult<ReasonCodes>
    }
  | {
      readonly type: 'teamRead'
      readonly gen: number
      readonly teamId: string
      readonly result: RestResult<Team>
    }
  | {
      readonly type: 'teamSubscribed'
      readonly gen: number
      readonly teamId: string
      readonly result: Result<{ readonly subid: string | null }, ConnectionFailure>
    }
  // the connection; `gen` is the link's
  | { readonly type: 'linkReported'; readonly gen: number; readonly event: NotificationEvent }

/** load: first read of a connection. login: LOGIN brought no event. check: a state change brought none. refresh: after an unreadable event. */
export type UserReadPurpose = 'load' | 'login' | 'check' | 'refresh'

/** What is to be done. `gen` comes back with the answer. */
export type Effect =
  | { readonly type: 'readSystemInfo'; readonly gen: number; readonly node: NodeAddress }
  | {
      readonly type: 'probeNode'
      readonly gen: number
      readonly node: NodeAddress
      readonly name: NodeName
    }
  | { readonly type: 'openLink'; readonly link: Link; readonly account: Account }
  | { readonly type: 'closeLink'; readonly gen: number; readonly limitMs: number }
  | { readonly type: 'terminateLink'; readonly gen: number }
  /** Proves within `limitMs` that the link lives; the link ends otherwise. */
  | { readonly type: 'checkLink'; readonly gen: number; readonly limitMs: number }
  /** Answers of this number are of no more use. */
  | { readonly type: 'abandonCalls'; readonly gen: number }
  | {
      readonly type: 'login'
      readonly gen: number
      readonly node: NodeAddress
      readonly loginId: string
      readonly extension: string
      readonly requestId: string
    }
  | {
      readonly type: 'setState'
      readonly gen: number
      readonly node: NodeAddress
      readonly loginId: string
      readonly state: 'READY' | 'NOT_READY' | 'LOGOUT'
      readonly reasonCodeId: string | null
      readonly requestId: string
    }
  | {
      readonly type: 'readUser'
      readonly gen: number
      readonly node: NodeAddress
      readonly loginId: string
      readonly purpose: UserReadPurpose
    }
  | {
      readonly type: 'readDialogs'
      readonly gen: number
      readonly node: NodeAddress
      readonly loginId: string
    }
  | {
      readonly type: 'readReasons'
      readonly gen: number
      readonly node: NodeAddress
      readonly loginId: string
      readonly teamId: string | null
      readonly category: 'NOT_READY' | 'LOGOUT'
    }
  | { readonly type: 'readTeam'; readonly gen: number; readonly node: NodeAddress; readonly teamId: string }
  | { readonly type: 'subscribeTeam'; readonly gen: number; readonly teamId: string }
  | { readonly type: 'unsubscribeTeam'; readonly gen: number; readonly teamId: string }
  | { readonly type: 'startTimer'; readonly name: TimerName; readonly id: number; readonly ms: number }
  | { readonly type: 'cancelTimer'; readonly name: TimerName; readonly id: number }
  | { readonly type: 'forgetPassword' }
  /** Nothing is held any more: idle HTTP connections may go. */
  | { readonly type: 'closeRest' }
  | {
      readonly type: 'rememberFavourites'
      readonly server: string
      readonly loginId: string
      readonly ids: readonly string[]
    }
  | { readonly type: 'rememberPartner'; readonly server: string; readonly partner: Node | null }
  | {
      readonly type: 'log'
      readonly level: 'info' | 'warn'
      readonly event: string
      readonly problem: Problem | null
      readonly node: Node['name'] | null
    }

export interface Env {
  /** Wall time, epoch ms. */
  readonly now: number
  /** Milliseconds that never go back. */
  readonly monotonic: number
  /** Uniform in [0, 1). */
  readonly random: () => number
}

export interface Step<S> {
  readonly state: S
  readonly effects: readonly Effect[]
}
