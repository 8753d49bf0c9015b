import { STAGES } from '../../../src-contract/connection'
import type { AttemptDetail, RestCallView, StageDetail, WireText } from '../../../src-contract/inspector'
import { problem } from '../../../src-contract/problem'

export const SAMPLE_AT = Date.UTC(2026, 0, 20, 9, 0, 0)

const at = (ms: number): number => SAMPLE_AT + ms

const wire = (direction: WireText['direction'], ms: number, text: string, cut = 0): WireText => ({
  direction,
  at: at(ms),
  text,
  cut,
})

const stage = (over: Pick<StageDetail, 'stage'> & Partial<StageDetail>): StageDetail => ({
  status: 'ok',
  startedAt: SAMPLE_AT,
  ms: 2,
  facts: {},
  chain: [],
  exchange: [],
  problem: null,
  cause: null,
  ...over,
})

export const sampleCall = (over: Partial<RestCallView> = {}): RestCallView => ({
  id: 1,
  server: 'fin-a.example.com:8445',
  method: 'GET',
  path: '/finesse/api/User/1071?x=1',
  requestId: null,
  startedAt: at(-100),
  ms: 40,
  status: 200,
  bytes: 41,
  timings: { dnsMs: 1, tcpMs: 2, tlsMs: 5, waitMs: 20 },
  exchange: [
    wire(
      'sent',
      -100,
      'GET /finesse/api/User/1071?x=1 HTTP/1.1\r\naccept: application/xml\r\nauthorization: Basic [redacted]\r\n\r\n',
    ),
    wire(
      'received',
      -60,
      'HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<User><loginId>1071</loginId></User>',
    ),
  ],
  problem: null,
  cause: null,
  ...over,
})

/** A connection that came to life. */
export const sampleAttempt = (over: Partial<AttemptDetail> = {}): AttemptDetail => ({
  id: 1,
  node: 'A',
  endpoint: 'fin-a.example.com:8445',
  startedAt: SAMPLE_AT,
  endedAt: null,
  outcome: 'live',
  liveAt: at(90),
  failedAt: null,
  problem: null,
  cause: null,
  mode: 'replace',
  stages: STAGES.map((name) => {
    switch (name) {
      case 'dns':
        return stage({ stage: name, ms: 3, facts: { host: 'fin-a.example.com', addresses: ['10.1.2.3'] } })
      case 'tcp':
        return stage({ stage: name, ms: 4, facts: { address: '10.1.2.3', port: 8445 } })
      case 'tls':
        return stage({ stage: name, ms: 11, facts: { version: 'TLSv1.3' } })
      case 'upgrade':
        return stage({
          stage: name,
          ms: 6,
          facts: { path: '/ws/', status: 101 },
          exchange: [
            wire(
              'sent',
              18,
              'GET /ws/ HTTP/1.1\r\nHost: fin-a.example.com:8445\r\nUpgrade: websocket\r\n\r\n',
            ),
            wire('received', 24, 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nServer: nginx'),
          ],
        })
      case 'open':
        return stage({
          stage: name,
          exchange: [
            wire('sent', 25, '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="fin-a.example.com"/>'),
            wire('received', 27, '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" id="x1"/>'),
          ],
        })
      case 'auth':
        return stage({
          stage: name,
          exchange: [wire('sent', 30, '<auth mechanism="PLAIN">[redacted]</auth>')],
        })
      case 'bind':
      case 'presence':
      case 'subscribeUser':
      case 'subscribeTeam':
      case 'live':
        return stage({ stage: name })
    }
  }),
  calls: [sampleCall()],
  ...over,
})

/** A name that nobody resolves. */
export const failedAttempt = (over: Partial<AttemptDetail> = {}): AttemptDetail =>
  sampleAttempt({
    id: 2,
    outcome: 'failed',
    endedAt: at(30),
    liveAt: null,
    failedAt: 'dns',
    problem: problem('hostNotFound', {
      host: 'fin-a.example.com',
      port: 8445,
      code: 'ENOTFOUND',
      stage: 'dns',
    }),
    cause: { id: 'unknown', params: {} },
    stages: STAGES.map((name) =>
      name === 'dns'
        ? stage({ stage: name, status: 'failed', ms: 30, problem: problem('hostNotFound') })
        : stage({ stage: name, status: 'waiting', startedAt: null, ms: null }),
    ),
    calls: [],
    ...over,
  })
