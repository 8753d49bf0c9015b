import { NO_INSPECTION } from '../../src-contract/inspector'
import { STAGES, type Attempt, type StageStatus } from '../../src-contract/connection'
import type { Agent, Call, FeedEntry, Member } from '../../src-contract/model'
import type { Identity, Session, Slices } from '../../src-contract/state'
import { chance, feedOf, memberAt, reasons } from './people'

export const identity: Identity = {
  server: 'fin-a.example.com:8445',
  loginId: '1001',
  extension: '2001',
  mode: 'replace',
  resource: 'desktop',
}
const FACTS: readonly (readonly string[])[] = [
  ['192.0.2.10'],
  ['port 8445'],
  ['TLS 1.3', 'Example CA'],
  ['/ws/', '101', 'xmpp'],
  ['PLAIN'],
  ['PLAIN as 1001'],
  ['1001@fin-a.example.com/desktop'],
  ['finesse is available'],
  ['/finesse/api/User/1001'],
  ['/finesse/api/Team/1/Users'],
  [],
]
export const attemptUpTo = (done: number, last: StageStatus, now: number): Attempt => ({
  id: 1,
  endpoint: 'fin-a.example.com:8445',
  node: 'A',
  startedAt: now,
  endedAt: null,
  outcome: done >= STAGES.length ? 'live' : last === 'failed' ? 'failed' : 'running',
  problem: null,
  stages: STAGES.map((stage, n) => ({
    stage,
    status: n < done ? 'ok' : n === done ? last : 'waiting',
    startedAt: n <= done ? now : null,
    ms:
      n < done || (n === done && last === 'failed')
        ? ([2, 11, 24, 13, 12, 38, 12, 14, 13, 13, 0.4][n] ?? 1)
        : null,
    facts: n < done ? { fact: FACTS[n] ?? [], more: FACTS[n]?.slice(1) ?? [] } : {},
    problem: null,
  })),
})

export const agentOf = (now: number): Agent => ({
  loginId: '1001',
  name: 'Ada Nord',
  extension: '2001',
  teamId: '1',
  teamName: 'Blue',
  supervisor: false,
  deployment: 'UCCE',
  state: 'READY',
  look: 'ready',
  since: now - 250_000,
  reason: null,
  pending: null,
})
export const callOf = (now: number, change: Partial<Call> = {}): Call => ({
  id: 'c1',
  direction: 'in',
  remote: '+44 7700 900 114',
  queue: 'Support',
  dialed: '80 10 31',
  callType: 'ACD_IN',
  state: 'ACTIVE',
  ownState: 'ACTIVE',
  look: 'call',
  startedAt: now - 192_000,
  ownSince: now - 31_000,
  participants: [],
  ...change,
})

export interface Parts {
  readonly slices: Slices
  readonly members: readonly Member[]
  readonly calls: readonly Call[]
  readonly feed: readonly FeedEntry[]
}
export const yes = { allowed: true, afterCall: false } as const

export const onlineAt = (
  now: number,
  changed: Partial<Extract<Session, { phase: 'online' }>> = {},
): Session => ({
  phase: 'online',
  identity,
  since: now - 900_000,
  degraded: [],
  outOfServiceSince: null,
  passwordProblem: null,
  ...changed,
})

export const desk = (now: number, size: number): Parts => {
  const random = chance(11)
  return {
    slices: {
      app: {
        name: 'Sidetone',
        version: '0.1.0',
        electron: '33.2.1',
        chrome: '130.0.6723.137',
        platform: 'linux',
        packaged: false,
        tray: true,
      },
      settings: {
        theme: 'system',
        locale: 'system',
        effectiveLocale: 'en',
        notifications: true,
        signInAfterFailover: true,
        restoreReady: false,
      },
      signIn: {
        server: '',
        loginId: '',
        extension: '',
        mode: 'replace',
        caFile: null,
        passwordHeld: false,
        simulator: 'off',
        simulatorAgents: [],
      },
      session: onlineAt(now),
      connection: {
        pill: 'live',
        roundTripMs: 14,
        lastEventAt: now - 4000,
        nodes: [],
        verdict: null,
        attempts: [attemptUpTo(11, 'ok', now)],
      },
      agent: agentOf(now),
      choices: {
        ready: { allowed: false, why: 'already' },
        notReady: yes,
        signOut: { allowed: false, why: 'onCallSignOut' },
        changeReason: yes,
        notReadyReasonRequired: true,
        signOutReasonRequired: true,
      },
      request: null,
      reasons: { status: 'ready', notReady: reasons(14), signOut: reasons(3), favourites: ['2', '5'] },
      team: {
        status: 'ready',
        id: '1',
        name: 'Blue',
        live: true,
        stale: false,
        problem: null,
        teams: [{ id: '1', name: 'Blue' }],
      },
      gap: null,
      prompt: null,
      inspector: NO_INSPECTION,
    },
    members: Array.from({ length: size }, (_, n) => memberAt(n, now, random)),
    calls: [],
    feed: feedOf(now),
  }
}
export const change = (parts: Parts, slices: Partial<Slices>, rest: Partial<Parts> = {}): Parts => ({
  ...parts,
  ...rest,
  slices: { ...parts.slices, ...slices },
})
