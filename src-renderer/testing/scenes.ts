import { STAGES, type Attempt, type StageStatus } from '../../src-contract/connection'
import type { Agent, Call, FeedEntry, Member } from '../../src-contract/model'
import type { Snapshot } from '../../src-contract/patch'
import { problem } from '../../src-contract/problem'
import type { Identity, Slices } from '../../src-contract/state'
import { chance, feedOf, memberAt, reasons } from './people'

const identity: Identity = {
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

const agentOf = (now: number): Agent => ({
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
const callOf = (now: number, change: Partial<Call> = {}): Call => ({
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

interface Parts {
  readonly slices: Slices
  readonly members: readonly Member[]
  readonly calls: readonly Call[]
  readonly feed: readonly FeedEntry[]
}
const yes = { allowed: true, afterCall: false } as const

const desk = (now: number, size: number): Parts => {
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
      session: { phase: 'online', identity, since: now, degraded: [], outOfServiceSince: null },
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
    },
    members: Array.from({ length: size }, (_, n) => memberAt(n, now, random)),
    calls: [],
    feed: feedOf(now),
  }
}
const change = (parts: Parts, slices: Partial<Slices>, rest: Partial<Parts> = {}): Parts => ({
  ...parts,
  ...rest,
  slices: { ...parts.slices, ...slices },
})
const lostProblem = problem('pingTimeout', { host: 'fin-a.example.com', seconds: 20 })
const signIn = (now: number, slices: Partial<Slices> = {}): Parts =>
  change(
    desk(now, 0),
    {
      session: { phase: 'signedOut', notice: null },
      agent: null,
      connection: {
        pill: 'off',
        roundTripMs: null,
        lastEventAt: null,
        nodes: [],
        verdict: null,
        attempts: [],
      },
      ...slices,
    },
    { feed: [] },
  )
const filled = {
  server: 'fin-a.example.com',
  loginId: '1001',
  extension: '2001',
  mode: 'replace',
  caFile: null,
  passwordHeld: false,
  simulator: 'off',
  simulatorAgents: [],
} as const

/** Every view worth looking at, by name. */
export const SCENES: Readonly<Record<string, (now: number, size: number) => Parts>> = {
  empty: (now) => signIn(now),
  simulator: (now) =>
    signIn(now, {
      signIn: {
        ...filled,
        server: 'localhost:44321',
        passwordHeld: true,
        simulator: 'running',
        simulatorAgents: Array.from({ length: 12 }, (_, n) => ({
          id: `${1001 + n}`,
          name: memberAt(n, now, chance(3)).name,
          extension: `${2001 + n}`,
          supervisor: n === 0,
        })),
      },
    }),
  signingIn: (now) =>
    signIn(now, {
      signIn: filled,
      session: { phase: 'signingIn', identity, step: 'connecting' },
      connection: {
        pill: 'connecting',
        roundTripMs: null,
        lastEventAt: null,
        nodes: [],
        verdict: null,
        attempts: [attemptUpTo(6, 'running', now)],
      },
    }),
  wrongPassword: (now) =>
    signIn(now, {
      signIn: filled,
      session: { phase: 'signedOut', notice: problem('passwordWrong', { loginId: '1001' }) },
      connection: {
        pill: 'off',
        roundTripMs: null,
        lastEventAt: null,
        nodes: [],
        verdict: null,
        attempts: [attemptUpTo(5, 'failed', now)],
      },
    }),
  timeout: (now) =>
    signIn(now, {
      signIn: filled,
      session: {
        phase: 'signedOut',
        notice: problem('stepTimeout', { host: 'fin-a.example.com', seconds: 5, stage: 'tls' }),
      },
      connection: {
        pill: 'off',
        roundTripMs: null,
        lastEventAt: null,
        nodes: [],
        verdict: null,
        attempts: [attemptUpTo(2, 'failed', now)],
      },
    }),
  certificate: (now) =>
    signIn(now, {
      signIn: filled,
      session: {
        phase: 'blocked',
        identity,
        reason: 'untrustedCertificate',
        midShift: false,
        problem: problem('certificateUntrusted', { host: 'fin-a.example.com' }),
        certificate: {
          host: 'fin-a.example.com',
          port: 8445,
          subject: 'CN=fin-a.example.com, O=Example',
          issuer: 'CN=Example CA',
          validFrom: now - 1e10,
          validTo: now + 2e10,
          subjectAltNames: ['fin-a.example.com', 'fin-a'],
          fingerprint256: Array.from({ length: 32 }, (_, n) =>
            ((n * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase(),
          ).join(':'),
          selfSigned: false,
          changed: false,
        },
      },
    }),
  ready: desk,
  notReady: (now, size) =>
    change(desk(now, size), {
      agent: { ...agentOf(now), state: 'NOT_READY', look: 'notReady', reason: reasons(4)[1] ?? null },
      choices: { ...desk(now, 0).slices.choices, ready: yes, signOut: yes },
    }),
  call: (now, size) =>
    change(
      desk(now, size),
      {
        agent: {
          ...agentOf(now),
          state: 'TALKING',
          look: 'call',
          since: now - 192_000,
          pending: { state: 'NOT_READY', look: 'notReady', reason: reasons(1)[0] ?? null },
        },
        choices: {
          ...desk(now, 0).slices.choices,
          ready: { allowed: true, afterCall: true },
          notReady: { allowed: true, afterCall: true },
        },
      },
      {
        calls: [
          callOf(now),
          callOf(now, {
            id: 'c2',
            look: 'hold',
            remote: '2044',
            queue: null,
            direction: 'internal',
            dialed: null,
          }),
        ],
      },
    ),
  asked: (now, size) =>
    change(desk(now, size), {
      request: {
        target: 'NOT_READY',
        reason: reasons(1)[0] ?? null,
        askedAt: now,
        phase: 'accepted',
        problem: null,
      },
    }),
  refused: (now, size) =>
    change(desk(now, size), {
      request: {
        target: 'NOT_READY',
        reason: null,
        askedAt: now,
        phase: 'refused',
        problem: problem('reasonRequired'),
      },
    }),
  recovering: (now, size) =>
    change(desk(now, size), {
      session: {
        phase: 'recovering',
        identity,
        step: 'waiting',
        attempt: 2,
        cause: lostProblem,
        since: now - 9000,
        nextTryAt: now + 5000,
        node: 'A',
        forcedSignOut: null,
      },
      connection: {
        pill: 'recovering',
        roundTripMs: null,
        lastEventAt: now - 20_000,
        nodes: [],
        verdict: null,
        attempts: [attemptUpTo(1, 'failed', now)],
      },
      team: { ...desk(now, 0).slices.team, stale: true },
    }),
  conflict: (now, size) =>
    change(desk(now, size), {
      session: {
        phase: 'blocked',
        identity,
        reason: 'signedInElsewhere',
        problem: problem('signedInElsewhere', { resource: 'desktop' }),
        certificate: null,
        midShift: true,
      },
      connection: {
        pill: 'stopped',
        roundTripMs: null,
        lastEventAt: now - 20_000,
        nodes: [],
        verdict: null,
        attempts: [],
      },
    }),
  passwordAgain: (now, size) =>
    change(desk(now, size), {
      session: {
        phase: 'blocked',
        identity,
        reason: 'passwordWrong',
        problem: problem('passwordWrong', { loginId: '1001' }),
        certificate: null,
        midShift: true,
      },
      connection: {
        pill: 'stopped',
        roundTripMs: null,
        lastEventAt: now - 20_000,
        nodes: [],
        verdict: null,
        attempts: [],
      },
    }),
  signedOutByFinesse: (now, size) =>
    change(desk(now, size), {
      agent: {
        ...agentOf(now),
        state: 'LOGOUT',
        look: 'signedOut',
        reason: { id: null, code: 255, label: null, system: true },
      },
    }),
  forbidden: (now) =>
    change(
      desk(now, 0),
      {
        team: { ...desk(now, 0).slices.team, status: 'forbidden', live: false },
        session: { phase: 'online', identity, since: now, degraded: ['team'], outOfServiceSince: null },
        connection: {
          pill: 'degraded',
          roundTripMs: 14,
          lastEventAt: now,
          nodes: [],
          verdict: null,
          attempts: [],
        },
      },
      { feed: [] },
    ),
  quit: (now, size) =>
    change(desk(now, size), {
      prompt: { kind: 'quit' },
      choices: { ...desk(now, 0).slices.choices, signOut: yes },
    }),
}

export const sceneSnapshot = (name: string, now: number, size: number): Snapshot => {
  const { slices, members, calls, feed } = (SCENES[name] ?? desk)(now, size)
  return { epoch: 'e', seq: 1, at: now, slices, collections: { members, calls, feed } }
}
