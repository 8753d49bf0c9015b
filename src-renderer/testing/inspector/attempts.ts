import { STAGES, type Stage } from '../../../src-contract/connection'
import type { Cause } from '../../../src-contract/causes/ids'
import type { AttemptDetail, RestCallView, StageDetail, WireText } from '../../../src-contract/inspector'
import { problem, type Problem } from '../../../src-contract/problem'
import { callsAt } from './calls'
import { chainAt, FACTS, HOSTS, MS, REFUSED, WIRE } from './wire'

/** One failure for each stage, with what the views say of it. */
export const FAILURES = (
  host: string,
): Readonly<Record<Stage, { readonly problem: Problem; readonly cause: Cause }>> => {
  const at = { host, port: 8445 }
  return {
    dns: {
      problem: problem('hostNotFound', { ...at, code: 'ENOTFOUND', stage: 'dns' }),
      cause: { id: 'dns.notFound', params: { ...at, code: 'ENOTFOUND' } },
    },
    tcp: {
      problem: problem('connectionRefused', { ...at, code: 'ECONNREFUSED', stage: 'tcp' }),
      cause: { id: 'tcp.port8445', params: { ...at, code: 'ECONNREFUSED', version: '12.6+' } },
    },
    tls: {
      problem: problem('certificateUntrusted', { ...at, code: 'SELF_SIGNED_CERT_IN_CHAIN', stage: 'tls' }),
      cause: { id: 'tls.unknownIssuer', params: { ...at, subject: host, issuer: 'Example Root CA' } },
    },
    upgrade: {
      problem: problem('upgradeRefused', { ...at, status: 403, stage: 'upgrade' }),
      cause: { id: 'upgrade.forbidden', params: { ...at, status: 403 } },
    },
    open: {
      problem: problem('stepTimeout', { ...at, seconds: 5, stage: 'open' }),
      cause: { id: 'open.timeout', params: { ...at, seconds: 5 } },
    },
    auth: {
      problem: problem('passwordWrong', { id: '1001', host, stage: 'auth', condition: 'not-authorized' }),
      cause: { id: 'auth.wrongPassword', params: { ...at, id: '1001', came: 'not-authorized' } },
    },
    bind: {
      problem: problem('bindRefused', { ...at, condition: 'conflict', stage: 'bind' }),
      cause: {
        id: 'bind.conflict',
        params: { ...at, id: '1001', resource: 'desktop', condition: 'conflict' },
      },
    },
    presence: {
      problem: problem('finesseAbsent', { ...at, stage: 'presence' }),
      cause: { id: 'presence.finesseAbsent', params: { ...at, seconds: 10 } },
    },
    subscribeUser: {
      problem: problem('subscribeRefused', { ...at, node: '/finesse/api/User/1001', condition: 'forbidden' }),
      cause: {
        id: 'subscribe.userForbidden',
        params: { ...at, node: '/finesse/api/User/1001', condition: 'forbidden' },
      },
    },
    subscribeTeam: {
      problem: problem('subscribeRefused', {
        ...at,
        node: '/finesse/api/Team/5013/Users',
        condition: 'forbidden',
      }),
      cause: {
        id: 'subscribe.teamForbidden',
        params: { ...at, node: '/finesse/api/Team/5013/Users', condition: 'forbidden', id: '1001' },
      },
    },
    live: {
      problem: problem('pingTimeout', { ...at, seconds: 25 }),
      cause: { id: 'live.pingTimeout', params: { ...at, seconds: 25 } },
    },
  }
}

export interface AttemptWish {
  readonly id?: number
  readonly node?: 'A' | 'B'
  readonly startedAt: number
  readonly endedAt?: number
  readonly failAt?: Stage
  /** The stage fails, the session goes on. */
  readonly degradeAt?: Stage
  readonly runningAt?: Stage
  readonly restFailure?: { readonly problem: Problem; readonly cause: Cause }
  /** Was live, and ended so. */
  readonly lost?: { readonly problem: Problem; readonly cause: Cause }
  readonly calls?: readonly RestCallView[]
}

export const attemptOf = (wish: AttemptWish): AttemptDetail => {
  const { id = 1, node = 'A', startedAt, failAt, degradeAt, runningAt, restFailure, lost } = wish
  const host = HOSTS[node]
  const stopAt = failAt ?? runningAt ?? (restFailure ? 'dns' : null)
  const stop = stopAt === null ? STAGES.length : STAGES.indexOf(stopAt)
  let at = startedAt
  const stages = STAGES.map((stage, index): StageDetail => {
    const nothing = {
      stage,
      startedAt: null,
      ms: null,
      facts: {},
      chain: [],
      exchange: [],
      problem: null,
      cause: null,
    }
    if (index > stop || restFailure) return { ...nothing, status: 'waiting' }
    const started = at
    const broken = stage === failAt || stage === degradeAt
    const ms = stage === failAt && ['open', 'presence', 'live'].includes(stage) ? 5002 : MS[stage]
    const running = stage === runningAt
    at += ms
    const [sent, received] = WIRE(host)[stage] ?? []
    const answer = broken ? REFUSED[stage] : received
    const exchange: WireText[] = []
    if (sent) exchange.push({ direction: 'sent', at: started, text: sent, cut: 0 })
    if (answer && !running)
      exchange.push({ direction: 'received', at: started + ms, text: answer, cut: stage === 'open' ? 0 : 0 })
    return {
      stage,
      status: running ? 'running' : stage === failAt ? 'failed' : stage === degradeAt ? 'degraded' : 'ok',
      startedAt: started,
      ms: running ? null : ms,
      facts:
        broken && stage === 'tcp'
          ? { address: '192.0.2.10', port: 8445, tried: ['192.0.2.10 ECONNREFUSED 3 ms'] }
          : broken && stage === 'dns'
            ? { host }
            : running
              ? {}
              : FACTS(host)[stage],
      chain: stage === 'tls' && !running ? chainAt(startedAt, host) : [],
      exchange,
      ...(broken ? FAILURES(host)[stage] : { problem: null, cause: null }),
    }
  })
  const failure = failAt ? FAILURES(host)[failAt] : (restFailure ?? lost ?? { problem: null, cause: null })
  const live = !failAt && !runningAt && !restFailure
  return {
    id,
    node,
    endpoint: `${host}:8445`,
    startedAt,
    endedAt: wish.endedAt ?? (failAt || restFailure ? at : null),
    outcome: runningAt ? 'running' : failAt || restFailure ? 'failed' : lost ? 'ended' : 'live',
    liveAt: live ? at : null,
    failedAt: failAt ?? (restFailure ? 'rest' : lost ? 'live' : null),
    ...failure,
    mode: 'replace',
    stages,
    calls: wish.calls ?? (live ? callsAt(startedAt) : callsAt(startedAt).slice(0, 2)),
  }
}
