import type { Call, FeedEntry, Member, Reason } from '../../src-contract/model'
import type { Problem } from '../../src-contract/problem'
import type { StateTarget } from '../../src-contract/state'
import type { EpochMs, User } from '../finesse/model'
import { emptyKeyed, type Keyed } from './keyed'

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
