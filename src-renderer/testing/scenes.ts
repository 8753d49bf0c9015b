import type { CertificateQuestion } from '../../src-contract/model'
import type { Snapshot } from '../../src-contract/patch'
import { problem, type Problem } from '../../src-contract/problem'
import type { Session, Slices } from '../../src-contract/state'
import { agentOf, attemptUpTo, callOf, change, desk, identity, onlineAt, type Parts, yes } from './deskParts'
import { OUTAGE_SCENES, questionOf } from './outageScenes'
import { chance, memberAt, reasons } from './people'

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

type Blocked = Extract<Session, { phase: 'blocked' }>

/** Stopped in mid-shift, during a call. */
const stopped = (
  now: number,
  size: number,
  reason: Blocked['reason'],
  why: Problem,
  certificate: CertificateQuestion | null = null,
): Parts => {
  const base = desk(now, size)
  return change(
    base,
    {
      session: { phase: 'blocked', identity, reason, problem: why, certificate, midShift: true },
      connection: {
        pill: 'stopped',
        roundTripMs: null,
        lastEventAt: now - 20_000,
        nodes: [],
        verdict: null,
        attempts: [],
      },
      agent: { ...agentOf(now), state: 'TALKING', look: 'lost' },
      team: { ...base.slices.team, stale: true, live: false },
    },
    { calls: [callOf(now)] },
  )
}

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
        certificate: questionOf(now, 'fin-a.example.com'),
      },
    }),
  ...OUTAGE_SCENES,
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
  conflict: (now, size) =>
    stopped(now, size, 'signedInElsewhere', problem('signedInElsewhere', { resource: 'desktop' })),
  passwordAgain: (now, size) => stopped(now, size, 'passwordWrong', problem('passwordWrong', { id: '1001' })),
  certificateChanged: (now, size) => {
    const host = 'fin-a.example.com'
    const certificate = { ...questionOf(now, host), changed: true }
    return stopped(now, size, 'untrustedCertificate', problem('certificateChanged', { host }), certificate)
  },
  passwordOnline: (now, size) =>
    change(desk(now, size), {
      session: onlineAt(now, { passwordProblem: problem('passwordWrong', { id: '1001' }) }),
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
        session: onlineAt(now, { degraded: ['team'] }),
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
