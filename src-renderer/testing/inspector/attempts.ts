import { STAGES, type Stage } from '../../../src-contract/connection'
import type { Cause } from '../../../src-contract/causes/ids'
import type {
  AttemptDetail,
  ChainCertificate,
  RestCallView,
  StageDetail,
  WireText,
} from '../../../src-contract/inspector'
import { problem, type Problem } from '../../../src-contract/problem'

const DAY = 86_400_000
const PRINT = Array.from({ length: 32 }, (_, n) =>
  ((n * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase(),
).join(':')

export const chainAt = (now: number, host: string): readonly ChainCertificate[] => [
  {
    subject: `CN=${host}, OU=Contact Centre, O=Example`,
    issuer: 'CN=Example Issuing CA 2, O=Example',
    subjectAltNames: [host, 'fin-b.example.com'],
    validFrom: now - 153 * DAY,
    validTo: now + 212 * DAY,
    fingerprint256: PRINT,
    selfSigned: false,
  },
  {
    subject: 'CN=Example Issuing CA 2, O=Example',
    issuer: 'CN=Example Root CA, O=Example',
    subjectAltNames: [],
    validFrom: now - 900 * DAY,
    validTo: now + 1200 * DAY,
    fingerprint256: PRINT.replaceAll('1', '7'),
    selfSigned: false,
  },
  {
    subject: 'CN=Example Root CA, O=Example',
    issuer: 'CN=Example Root CA, O=Example',
    subjectAltNames: [],
    validFrom: now - 2000 * DAY,
    validTo: now + 5000 * DAY,
    fingerprint256: PRINT.replaceAll('3', 'C'),
    selfSigned: true,
  },
]

const MS: Readonly<Record<Stage, number>> = {
  dns: 2.1,
  tcp: 11,
  tls: 24,
  upgrade: 13,
  open: 12,
  auth: 38,
  bind: 12,
  presence: 14,
  subscribeUser: 13,
  subscribeTeam: 13,
  live: 14.6,
}

const HOSTS = { A: 'fin-a.example.com', B: 'fin-b.example.com' } as const

const FACTS = (host: string): Readonly<Record<Stage, StageDetail['facts']>> => ({
  dns: { host, addresses: ['192.0.2.10', '2001:db8::10'] },
  tcp: {
    address: '192.0.2.10',
    port: 8445,
    family: 'IPv4',
    tried: ['2001:db8::10 ENETUNREACH 1 ms', '192.0.2.10 ok 11 ms'],
  },
  tls: {
    serverName: host,
    version: 'TLSv1.2',
    cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
    authorizedBy: 'system',
  },
  upgrade: {
    path: '/ws/',
    status: 101,
    statusText: 'Switching Protocols',
    subprotocol: 'xmpp',
    server: 'openresty',
  },
  open: {
    to: host,
    from: host,
    streamId: '5rf2k1wq9z',
    mechanisms: ['PLAIN'],
    capsNode: 'http://www.igniterealtime.org/projects/openfire/',
    capsHash: 'sha-1',
    capsVer: 'Yo2lvbpZPz9iK7bMeCS6rV2HTYs=',
  },
  auth: { mechanism: 'PLAIN', user: '1001' },
  bind: { jid: `1001@${host}/desktop`, resource: 'desktop' },
  presence: { priority: 0, waitMs: 9, seen: `finesse@${host}/finesse`, others: [] },
  subscribeUser: {
    nodes: ['/finesse/api/User/1001', '/finesse/api/User/1001/Dialogs'],
    results: ['/finesse/api/User/1001 subscribed', '/finesse/api/User/1001/Dialogs subscribed'],
  },
  subscribeTeam: {
    nodes: ['/finesse/api/Team/5013/Users'],
    results: ['/finesse/api/Team/5013/Users subscribed'],
  },
  live: { proof: 'ping', roundTripMs: 14, firstEventNode: '/finesse/api/User/1001', firstEventMs: 420 },
})

const WIRE = (host: string): Readonly<Partial<Record<Stage, readonly [string, string]>>> => ({
  upgrade: [
    `GET /ws/ HTTP/1.1\r\nHost: ${host}:8445\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: [redacted]\r\nSec-WebSocket-Protocol: xmpp`,
    'HTTP/1.1 101 Switching Protocols\r\nServer: openresty\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: xmpp\r\nSet-Cookie: [redacted]',
  ],
  open: [
    `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${host}" version="1.0"/>`,
    `<stream:features xmlns:stream="http://etherx.jabber.org/streams"><mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><mechanism>PLAIN</mechanism></mechanisms><c xmlns="http://jabber.org/protocol/caps" hash="sha-1" node="http://www.igniterealtime.org/projects/openfire/" ver="Yo2lvbpZPz9iK7bMeCS6rV2HTYs="/></stream:features>`,
  ],
  auth: [
    '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">[redacted]</auth>',
    '<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>',
  ],
  bind: [
    '<iq type="set" id="b1"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>desktop</resource></bind></iq>',
    `<iq type="result" id="b1"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>1001@${host}/desktop</jid></bind></iq>`,
  ],
  presence: [
    '<presence xmlns="jabber:client"><priority>0</priority></presence>',
    `<presence from="finesse@${host}/finesse" to="1001@${host}/desktop"/>`,
  ],
  subscribeTeam: [
    `<iq type="set" to="pubsub.${host}" id="s2"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="/finesse/api/Team/5013/Users" jid="1001@${host}/desktop"/></pubsub></iq>`,
    `<iq type="result" id="s2" from="pubsub.${host}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscription node="/finesse/api/Team/5013/Users" subscription="subscribed" subid="7K2"/></pubsub></iq>`,
  ],
  live: [
    `<iq type="get" id="p1" to="${host}"><ping xmlns="urn:xmpp:ping"/></iq>`,
    `<message from="pubsub.${host}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/1001/Dialogs"><item id="x1"><notification xmlns="http://jabber.org/protocol/pubsub">&lt;Update&gt;&lt;fromAddress&gt;[number 3]&lt;/fromAddress&gt;&lt;callVariable1&gt;[variable 2]&lt;/callVariable1&gt;&lt;/Update&gt;</notification></item></items></event></message>`,
  ],
})

const REFUSED: Readonly<Partial<Record<Stage, string>>> = {
  upgrade:
    'HTTP/1.1 403 Forbidden\r\nServer: openresty\r\nContent-Type: text/html\r\n\r\n<html><body><h1>403 Forbidden</h1></body></html>',
  auth: '<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><not-authorized/></failure>',
  subscribeTeam:
    '<iq type="error" id="s2"><error type="auth"><forbidden xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>',
}

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

const call = (id: number, startedAt: number, changed: Partial<RestCallView>): RestCallView => ({
  id,
  server: 'fin-a.example.com:8445',
  method: 'GET',
  path: '/finesse/api/User/1001',
  requestId: `c0ffee-${id}`,
  startedAt,
  ms: 18,
  status: 200,
  bytes: 2140,
  timings: { dnsMs: null, tcpMs: null, tlsMs: null, waitMs: 17 },
  exchange: [
    {
      direction: 'sent',
      at: startedAt,
      text: 'GET /finesse/api/User/1001 HTTP/1.1\r\nHost: fin-a.example.com:8445\r\nAuthorization: Basic [redacted]\r\nAccept: application/xml',
      cut: 0,
    },
    {
      direction: 'received',
      at: startedAt + 17,
      text: 'HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<User><loginId>1001</loginId><extension>2001</extension><state>NOT_READY</state><teamId>5013</teamId></User>',
      cut: 0,
    },
  ],
  problem: null,
  cause: null,
  ...changed,
})

export const callsAt = (start: number): readonly RestCallView[] => [
  call(1, start - 46, {
    path: '/finesse/api/SystemInfo',
    ms: 42,
    bytes: 1380,
    timings: { dnsMs: 2, tcpMs: 11, tlsMs: 21, waitMs: 8 },
  }),
  call(2, start + 6, { path: '/finesse/api/User/1001', ms: 31 }),
  call(3, start + 98, { method: 'PUT', path: '/finesse/api/User/1001', status: 202, ms: 14, bytes: 0 }),
  call(4, start + 130, {
    path: '/finesse/api/User/1001/ReasonCodes?category=NOT_READY',
    ms: 22,
    bytes: 5810,
  }),
  call(5, start + 131, { path: '/finesse/api/Team/5013', ms: 48, bytes: 41_200 }),
  call(6, start + 412_000, { method: 'PUT', path: '/finesse/api/User/1001', status: 202, ms: 16, bytes: 0 }),
  call(7, start + 980_000, {
    method: 'PUT',
    path: '/finesse/api/User/1001',
    status: 400,
    ms: 19,
    bytes: 210,
    problem: problem('reasonRequired', { type: 'NOT_READY' }),
    cause: {
      id: 'rest.refused',
      params: {
        host: 'fin-a.example.com',
        port: 8445,
        status: 400,
        type: 'Invalid Input',
        message: 'reason',
        code: 0,
      },
    },
  }),
]

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
