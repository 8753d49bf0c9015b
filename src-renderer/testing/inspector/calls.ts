import type { RestCallView } from '../../../src-contract/inspector'
import { problem } from '../../../src-contract/problem'

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
