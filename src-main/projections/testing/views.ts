import type { Agent, Call, FeedEntry, FeedWhat, Actor, Look, Reason } from '../../../src-contract/model'
import { problem } from '../../../src-contract/problem'
import type { Identity, Session } from '../../../src-contract/state'
import { emptyKeyed, keyedFrom } from '../../session/keyed'
import type { SessionSlices, SessionView } from '../../session/view'

const yes = { allowed: true, afterCall: false } as const

const identity: Identity = {
  server: 'finesse.example.com:443',
  loginId: '1001',
  extension: '2001',
  mode: 'replace',
  resource: 'desktop',
}

export const online: Extract<Session, { phase: 'online' }> = {
  phase: 'online',
  identity,
  since: 0,
  degraded: [],
  outOfServiceSince: null,
  passwordProblem: null,
}
export const recovering: Extract<Session, { phase: 'recovering' }> = {
  phase: 'recovering',
  identity,
  step: 'waiting',
  attempt: 1,
  cause: problem('connectionReset', { host: 'finesse.example.com', port: 8445 }),
  since: 0,
  nextTryAt: null,
  node: 'A',
  forcedSignOut: null,
}
export const signedOut: Session = { phase: 'signedOut', notice: null }
export const signingIn: Session = { phase: 'signingIn', identity, step: 'loading' }
export const takenOver: Session = {
  phase: 'blocked',
  identity,
  reason: 'signedInElsewhere',
  problem: problem('signedInElsewhere', { loginId: '1001' }),
  certificate: null,
  midShift: true,
}

export const reason = (id: string, label: string): Reason => ({ id, code: Number(id), label, system: false })

export const agent = (look: Look, state: string, why: Reason | null = null): Agent => ({
  loginId: '1001',
  name: 'Ada Nord',
  extension: '2001',
  teamId: '1',
  teamName: 'Blue',
  supervisor: false,
  deployment: 'UCCE',
  state,
  look,
  since: 0,
  reason: why,
  pending: null,
})

export const call = (id: string, ownState: string, remote: string | null = '+44 7700 900114'): Call => ({
  id,
  direction: 'in',
  remote,
  queue: 'Support',
  dialed: null,
  callType: null,
  state: ownState,
  ownState,
  look: 'reserved',
  startedAt: 0,
  ownSince: 0,
  participants: [],
})

export const entry = (id: string, by: Actor, what: FeedWhat): FeedEntry => ({ id, at: 0, by, what })

interface Parts {
  readonly slices?: Partial<SessionSlices>
  readonly calls?: readonly Call[]
  readonly feed?: readonly FeedEntry[]
}

export const viewOf = (session: Session, parts: Parts = {}): SessionView => ({
  slices: {
    session,
    connection: { pill: 'live', roundTripMs: 14, lastEventAt: 0, nodes: [], verdict: null, attempts: [] },
    gap: null,
    agent: null,
    choices: {
      ready: yes,
      notReady: yes,
      signOut: yes,
      changeReason: yes,
      notReadyReasonRequired: false,
      signOutReasonRequired: false,
    },
    request: null,
    reasons: { status: 'ready', notReady: [], signOut: [], favourites: [] },
    team: { status: 'none', id: null, name: null, live: false, stale: false, problem: null, teams: [] },
    ...parts.slices,
  },
  collections: {
    members: emptyKeyed(),
    calls: keyedFrom(parts.calls ?? []),
    feed: keyedFrom(parts.feed ?? []),
  },
})
