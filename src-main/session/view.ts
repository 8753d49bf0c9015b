import type { Call, FeedEntry, Member } from '../../src-contract/model'
import type { Slices } from '../../src-contract/state'
import type { Keyed } from './keyed'

/** The slices the session answers for; the rest belongs to the shell. */
export type SessionSliceName =
  'session' | 'connection' | 'agent' | 'choices' | 'request' | 'reasons' | 'team' | 'gap'
export type SessionSlices = Pick<Slices, SessionSliceName>
export type ShellSlices = Omit<Slices, SessionSliceName>

export interface ViewCollections {
  readonly members: Keyed<Member>
  readonly calls: Keyed<Call>
  readonly feed: Keyed<FeedEntry>
}

/** What projections and windows see. Every part keeps its identity (===) until it changes. */
export interface SessionView {
  readonly slices: SessionSlices
  readonly collections: ViewCollections
}
