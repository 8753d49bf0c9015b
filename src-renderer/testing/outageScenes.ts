import type { Connection, NodeHealth, NodeView, Verdict } from '../../src-contract/connection'
import type { Agent, Call, CertificateQuestion } from '../../src-contract/model'
import { problem } from '../../src-contract/problem'
import type { ForcedSignOut, Gap, Session } from '../../src-contract/state'
import { agentOf, attemptUpTo, callOf, change, desk, identity, onlineAt, type Parts } from './deskParts'

type Scene = (now: number, size: number) => Parts
type Recovering = Extract<Session, { phase: 'recovering' }>

const lostProblem = problem('pingTimeout', { host: 'fin-a.example.com', seconds: 20 })
const closedProblem = problem('connectionClosed', { host: 'fin-a.example.com', code: 1006 })

export const questionOf = (now: number, host: string): CertificateQuestion => ({
  host,
  port: 8445,
  subject: `CN=${host}, O=Example`,
  issuer: 'CN=Example CA',
  validFrom: now - 1e10,
  validTo: now + 2e10,
  subjectAltNames: [host, host.replace(/\..*/, '')],
  fingerprint256: Array.from({ length: 32 }, (_, n) =>
    ((n * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase(),
  ).join(':'),
  selfSigned: false,
  changed: false,
})

export const nodesOf = (now: number, a: NodeHealth, b: NodeHealth): readonly NodeView[] =>
  (['A', 'B'] as const).map((name) => {
    const host = `fin-${name.toLowerCase()}.example.com`
    const health = name === 'A' ? a : b
    return {
      name,
      host,
      port: 8445,
      current: name === 'A',
      health,
      checkedAt: now - 3000,
      problem: health === 'untrusted' ? problem('certificateUntrusted', { host, port: 8445 }) : null,
      certificate: health === 'untrusted' ? questionOf(now, host) : null,
    }
  })

const verdictOf = (who: Verdict['who'], nodes: readonly NodeView[], lost: number): Verdict => ({
  who,
  evidence: [
    { kind: 'cause', problem: lostProblem },
    ...nodes.map(({ name, host, health }) => ({ kind: 'node', name, host, health }) as const),
    { kind: 'colleagues', lost, of: 17 },
  ],
})

interface Loss {
  /** Seconds since the last proof of life. */
  readonly ago: number
  readonly call?: boolean
  readonly forced?: ForcedSignOut | null
  readonly session?: Partial<Recovering>
  readonly connection?: Partial<Connection>
}

const lost =
  (loss: (now: number) => Loss): Scene =>
  (now, size) => {
    const { ago, call = false, session, connection, ...rest } = loss(now)
    const at = now - ago * 1000
    const base = desk(now, size)
    const forced = { earliest: at + 60_000, latest: at + 180_000, afterCall: call }
    return change(
      base,
      {
        session: {
          phase: 'recovering',
          identity,
          step: 'waiting',
          attempt: 2,
          cause: lostProblem,
          since: at,
          nextTryAt: now + 6000,
          node: 'B',
          forcedSignOut: rest.forced === undefined ? forced : rest.forced,
          ...session,
        },
        connection: {
          pill: 'recovering',
          roundTripMs: null,
          lastEventAt: at,
          nodes: nodesOf(now, 'unknown', 'unknown'),
          verdict: null,
          attempts: [attemptUpTo(1, 'failed', now)],
          ...connection,
        },
        agent: {
          ...agentOf(now),
          look: 'lost',
          ...(call ? { state: 'TALKING', since: now - 192_000 } : {}),
        },
        choices: {
          ...base.slices.choices,
          ready: { allowed: false, why: 'notConnected' },
          notReady: { allowed: false, why: 'notConnected' },
          changeReason: { allowed: false, why: 'notConnected' },
          signOut: { allowed: false, why: 'notConnected' },
        },
        team: { ...base.slices.team, stale: true, live: false },
      },
      { calls: call ? [callOf(now)] : [] },
    )
  }

const judged = (who: Verdict['who'], a: NodeHealth, b: NodeHealth, lostColleagues: number): Scene =>
  lost((now) => {
    const nodes = nodesOf(now, a, b)
    return { ago: 12, connection: { nodes, verdict: verdictOf(who, nodes, lostColleagues) } }
  })

const back =
  (
    gap: (now: number) => Partial<Gap>,
    verdict: Verdict['who'] | null,
    found: (now: number) => {
      readonly agent?: Partial<Agent>
      readonly calls?: readonly Call[]
    } = () => ({}),
  ): Scene =>
  (now, size) => {
    const nodes = nodesOf(now, 'unreachable', 'inService')
    const base = desk(now, size)
    const { agent, calls } = found(now)
    return change(
      base,
      {
        gap: { from: now - 50_000, to: now - 3000, nodes: ['A', 'A'], changes: [], ...gap(now) },
        connection: {
          ...base.slices.connection,
          nodes: nodesOf(now, 'inService', 'inService'),
          verdict: verdict ? verdictOf(verdict, nodes, 0) : null,
        },
        agent: { ...agentOf(now), ...agent },
      },
      { calls: calls ?? [] },
    )
  }

const out =
  (who: Verdict['who'], a: NodeHealth, b: NodeHealth): Scene =>
  (now, size) => {
    const nodes = nodesOf(now, a, b)
    const base = desk(now, size)
    return change(
      base,
      {
        session: onlineAt(now, { outOfServiceSince: now - 48_000 }),
        connection: {
          ...base.slices.connection,
          pill: 'degraded',
          nodes,
          verdict: {
            ...verdictOf(who, nodes, 5),
            evidence: verdictOf(who, nodes, 5).evidence.map((piece) =>
              piece.kind === 'cause'
                ? {
                    ...piece,
                    problem: problem('outOfService', { host: 'fin-a.example.com', port: 8445, id: '1001' }),
                  }
                : piece,
            ),
          },
        },
        agent: { ...agentOf(now), state: 'TALKING', look: 'call', since: now - 192_000 },
      },
      { calls: [callOf(now)] },
    )
  }

/** A lost connection from its first second to the summary of what was missed. */
export const OUTAGE_SCENES: Readonly<Record<string, Scene>> = {
  recovering: lost(() => ({ ago: 18 })),
  recoveringCall: lost((now) => ({
    ago: 18,
    call: true,
    connection: {
      nodes: nodesOf(now, 'unreachable', 'inService'),
      verdict: verdictOf('thisNode', nodesOf(now, 'unreachable', 'inService'), 4),
    },
    session: { step: 'connecting', nextTryAt: null },
  })),
  recoveringLate: lost(() => ({ ago: 95, session: { attempt: 6 } })),
  recoveringOver: lost((now) => ({
    ago: 400,
    session: { attempt: 21, cause: closedProblem },
    connection: {
      nodes: nodesOf(now, 'unreachable', 'unreachable'),
      verdict: verdictOf('yourNetwork', nodesOf(now, 'unreachable', 'unreachable'), 0),
    },
  })),
  recoveringCallLate: lost(() => ({ ago: 95, call: true, session: { attempt: 6 } })),
  recoveringNobody: lost(() => ({ ago: 9, forced: null })),
  recoveringUntrusted: lost((now) => {
    const nodes = nodesOf(now, 'untrusted', 'unreachable')
    return { ago: 30, connection: { nodes, verdict: verdictOf('thisNode', nodes, 2) } }
  }),
  verdictNetwork: judged('yourNetwork', 'unreachable', 'unreachable', 0),
  verdictNode: judged('thisNode', 'unreachable', 'inService', 6),
  verdictBoth: judged('bothNodes', 'unreachable', 'outOfService', 9),
  verdictPhones: judged('phoneSystem', 'ctiDown', 'ctiDown', 11),
  outOfService: out('phoneSystem', 'ctiDown', 'ctiDown'),
  outOfServiceNode: out('thisNode', 'outOfService', 'inService'),
  gapSmall: back(() => ({}), 'yourNetwork'),
  gapFull: back(
    () => ({
      nodes: ['A', 'B'],
      changes: [
        {
          kind: 'state',
          before: { state: 'READY', look: 'ready' },
          after: {
            state: 'NOT_READY',
            look: 'notReady',
            reason: { id: null, code: 50002, label: null, system: true },
          },
        },
        { kind: 'callEnded', remote: '+44 7700 900 114' },
        { kind: 'callArrived', remote: '2044' },
        { kind: 'members', count: 7 },
      ],
    }),
    'thisNode',
    (now) => ({
      agent: {
        state: 'NOT_READY',
        look: 'notReady',
        since: now - 30_000,
        reason: { id: null, code: 50002, label: null, system: true },
      },
      calls: [callOf(now, { remote: '2044', direction: 'internal', queue: null, dialed: null })],
    }),
  ),
  gapSignedOut: back(
    () => ({
      nodes: ['A', 'B'],
      changes: [
        {
          kind: 'state',
          before: { state: 'TALKING', look: 'call' },
          after: {
            state: 'LOGOUT',
            look: 'signedOut',
            reason: { id: null, code: 255, label: null, system: true },
          },
        },
        { kind: 'callEnded', remote: '+44 7700 900 114' },
        { kind: 'members', count: 1 },
      ],
    }),
    'thisNode',
    (now) => ({
      agent: {
        state: 'LOGOUT',
        look: 'signedOut',
        since: now - 4000,
        reason: { id: null, code: 255, label: null, system: true },
      },
    }),
  ),
  nodes: (now, size) => {
    const base = desk(now, size)
    return change(base, {
      connection: { ...base.slices.connection, nodes: nodesOf(now, 'inService', 'inService') },
    })
  },
  otherUntrusted: (now, size) => {
    const base = desk(now, size)
    return change(base, {
      session: onlineAt(now, { degraded: ['otherNode'] }),
      connection: {
        ...base.slices.connection,
        pill: 'degraded',
        nodes: nodesOf(now, 'inService', 'untrusted'),
      },
    })
  },
}
