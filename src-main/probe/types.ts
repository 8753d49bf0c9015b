import type { Cause } from '../../src-contract/causes/ids'
import type { SelfTestCheck } from '../../src-contract/inspector'
import type { Problem } from '../../src-contract/problem'
import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import type { Trust } from '../finesse/transport/trust'
import type { NodeAddress } from '../session/ports'

/** What is to be tested. */
export interface ProbeTarget {
  readonly node: NodeAddress
  /** Null: as far as one gets without a password. */
  readonly account: { readonly loginId: string; readonly password: string } | null
  /** Null: what SystemInfo says; without REST the host's own name. */
  readonly xmppDomain: string | null
  /** Null: `/ws/`. */
  readonly wsPath: string | null
  /** With `desktop` the test ends a session that is open there: same full JID (4.4). */
  readonly resource: string
  /** Empty: the agent's User node and the team's node. A refusal of one that is named here is a failure. */
  readonly nodes: readonly string[]
  /** No REST at all: any XMPP server that speaks RFC 7395 will do. */
  readonly noRest: boolean
}

export interface ProbePorts {
  readonly clock: FinesseClock
  /** The decision about certificates, the same one as the session's. */
  readonly trust: Trust
  /** Takes secrets out of what servers said; the password is known to it. */
  readonly redact: (text: string) => string
  readonly proxyFor?: ProxyFor | undefined
  /** Aborted: the test ends politely and soon, as `failed`. */
  readonly signal?: AbortSignal | undefined
}

export type CheckStage = SelfTestCheck['stage']

export interface ProbeOutcome {
  /** `reachable`: there was no password, and everything that can be tested without one is fine. */
  readonly result: 'live' | 'reachable' | 'failed'
  /** Null unless failed, and when the test was broken off between two stages. */
  readonly failedAt: CheckStage | null
  readonly problem: Problem | null
  readonly cause: Cause | null
  /** What did not work without being the end of it: a second node, a team, another port. */
  readonly missing: readonly SelfTestCheck[]
}

/** Hears of each check when it begins and whenever it changes. Same `id`, same check. */
export type OnCheck = (check: SelfTestCheck) => void
