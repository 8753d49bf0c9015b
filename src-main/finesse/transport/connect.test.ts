import type { Socket } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import type { OpenTlsOptions } from './connect'
import { attempt, closeKept, failureOf, kept } from './testing/attempt'
import { authority, type TestAuthority, type TestIdentity } from './testing/certificates'
import { manualClock } from './testing/clocks'
import { blackhole, tcpServer, tlsServer } from './testing/servers'

let ca: TestAuthority
let leaf: TestIdentity

beforeAll(async () => {
  ca = await authority()
  leaf = await ca.issue()
})

afterEach(closeKept)

describe('a connection that is accepted', () => {
  it('reports the three stages with what was seen', async () => {
    const server = await kept(tlsServer(leaf))
    const { result, reports, steps } = await attempt(server.port, ca.cert, { host: 'LocalHost' })
    expect(result.ok).toBe(true)
    expect(steps).toEqual([
      'dns started',
      'dns succeeded',
      'tcp started',
      'tcp succeeded',
      'tls started',
      'tls succeeded',
    ])
    expect(reports[1]?.facts).toMatchObject({ host: 'localhost', addresses: ['127.0.0.1'] })
    expect(reports[3]?.facts).toMatchObject({ address: '127.0.0.1', port: server.port, family: 'IPv4' })
    expect(reports[5]?.facts).toMatchObject({
      version: 'TLSv1.3',
      subject: 'CN=localhost, O=Example',
      issuer: 'CN=Example Private CA, O=Example',
      authorizedBy: 'extraCa',
    })
    const { cipher, validTo } = reports[5]?.facts ?? {}
    expect(cipher).toMatch(/^TLS_/)
    expect(validTo).toBeGreaterThan(Date.now())
  })

  it('skips DNS for an address and compares the certificate with it', async () => {
    const server = await kept(tlsServer(leaf))
    const { result, steps } = await attempt(server.port, ca.cert, { host: '127.0.0.1' })
    expect(result.ok).toBe(true)
    expect(steps[0]).toBe('dns skipped')
    const named = await kept(tlsServer(await ca.issue({ names: ['localhost'] })))
    expect(await failureOf(named.port, ca.cert, { host: '127.0.0.1' })).toMatchObject({
      problem: 'wrongHost',
    })
  })

  it('reaches an IPv6 address', async () => {
    const server = await kept(tlsServer(leaf, {}, '::1'))
    const { result, reports } = await attempt(server.port, ca.cert, { host: '::1' })
    expect(result.ok).toBe(true)
    expect(reports[2]?.facts).toMatchObject({ address: '::1', family: 'IPv6' })
  })

  faultTest(
    'N22',
    'without a file the certificates of the machine count, and nothing is trusted instead',
    async (t) => {
      t.watch()
      const server = await kept(tlsServer(leaf))
      expect(await failureOf(server.port, null)).toMatchObject({
        kind: 'tls',
        problem: 'untrustedIssuer',
      })
    },
  )

  it('leaves no time limit behind', async () => {
    const clock = manualClock()
    const server = await kept(tlsServer(leaf))
    expect((await attempt(server.port, ca.cert, { clock })).result.ok).toBe(true)
    expect(clock.pending()).toBe(0)
  })
})

describe('a server that cannot be reached', () => {
  faultTest('N16', 'a name that does not resolve is told with its code', async (t) => {
    t.watch()
    const clock = manualClock()
    const notFound = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    const { result, steps } = await attempt(1, ca.cert, { clock, lookup: () => Promise.reject(notFound) })
    expect(result).toEqual({ ok: false, error: { kind: 'dns', host: 'localhost', code: 'ENOTFOUND' } })
    expect(steps).toEqual(['dns started', 'dns failed'])
    expect(clock.pending()).toBe(0)
    expect(await failureOf(1, ca.cert, { lookup: () => Promise.resolve([]) })).toMatchObject({ kind: 'dns' })
  })

  faultTest('N16', 'the name is resolved anew at every attempt', async (t) => {
    t.watch()
    const server = await kept(tlsServer(leaf))
    let asked = 0
    const changing: OpenTlsOptions['lookup'] = () =>
      Promise.resolve([{ address: asked++ === 0 ? '127.0.0.9' : '127.0.0.1', family: 4 as const }])
    expect(await failureOf(server.port, ca.cert, { lookup: changing })).toMatchObject({
      code: 'ECONNREFUSED',
    })
    expect((await attempt(server.port, ca.cert, { lookup: changing })).result.ok).toBe(true)
  })

  faultTest('N24', 'a closed port is told at once', async (t) => {
    t.watch()
    const server = await tcpServer(() => undefined)
    await server.close()
    expect(await failureOf(server.port, ca.cert)).toEqual({
      kind: 'tcp',
      host: 'localhost',
      port: server.port,
      code: 'ECONNREFUSED',
    })
  })

  it('a resolver that does not answer runs into its limit', async () => {
    const clock = manualClock()
    const running = failureOf(1, ca.cert, { clock, lookup: () => new Promise(() => undefined) })
    clock.advance(4_999)
    expect(clock.pending()).toBe(1)
    clock.advance(1)
    expect(await running).toEqual({ kind: 'timeout', stage: 'dns', ms: 5_000 })
  })

  faultTest('N5', 'a connect that hangs runs into its limit', async (t) => {
    t.watch()
    const hole = await kept(blackhole('127.0.0.1'))
    const clock = manualClock()
    let stages = 0
    const running = failureOf(hole.port, ca.cert, {
      clock,
      report: ({ stage, status }) => {
        if (stage === 'tcp' && status === 'started') stages += 1
      },
    })
    while (stages === 0) await new Promise(setImmediate)
    await new Promise((resolve) => setTimeout(resolve, 100))
    clock.advance(5_000)
    expect(await running).toEqual({ kind: 'timeout', stage: 'tcp', ms: 5_000 })
  })

  faultTest('N6', 'a handshake that never ends runs into its limit', async (t) => {
    t.watch()
    const clock = manualClock()
    const server = await kept(
      tcpServer((socket) => {
        socket.once('data', () => {
          clock.advance(5_000)
        })
      }),
    )
    expect(await failureOf(server.port, ca.cert, { clock })).toEqual({
      kind: 'timeout',
      stage: 'tls',
      ms: 5_000,
    })
  })

  it.each([
    ['closes at once', (socket: Socket) => socket.end(), 'other', 'ECONNRESET'],
    [
      'resets during the handshake',
      (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()),
      'other',
      'ECONNRESET',
    ],
    [
      'speaks plain HTTP',
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'protocol',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ],
  ] as const)('a server that %s', async (_, behave, problem, code) => {
    const server = await kept(
      tcpServer((socket) => {
        behave(socket)
      }),
    )
    expect(await failureOf(server.port, ca.cert)).toEqual({
      kind: 'tls',
      host: 'localhost',
      port: server.port,
      problem,
      code,
      certificate: null,
    })
  })

  faultTest('N25', 'an IPv6 address that hangs costs less than a second', async (t) => {
    t.watch()
    const server = await kept(tlsServer(leaf))
    await kept(blackhole('::1', server.port))
    const both: OpenTlsOptions['lookup'] = () =>
      Promise.resolve([
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ])
    const begun = performance.now()
    const { result, reports } = await attempt(server.port, ca.cert, { lookup: both })
    expect(result.ok).toBe(true)
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(reports[3]?.facts).toMatchObject({ address: '127.0.0.1', family: 'IPv4' })
  })

  it('goes on to the next address at once when one refuses', async () => {
    const server = await kept(tlsServer(leaf))
    const three: OpenTlsOptions['lookup'] = () =>
      Promise.resolve(
        ['127.0.0.8', '127.0.0.9', '127.0.0.1'].map((address) => ({ address, family: 4 as const })),
      )
    expect((await attempt(server.port, ca.cert, { lookup: three, clock: manualClock() })).result.ok).toBe(
      true,
    )
  })
})

describe('giving up', () => {
  it.each(['dns', 'tcp', 'tls'] as const)(
    'during %s ends with closedByUs and no time limit left',
    async (stage) => {
      const server = await kept(stage === 'tcp' ? blackhole('127.0.0.1') : tcpServer(() => undefined))
      const clock = manualClock()
      const controller = new AbortController()
      const steps: string[] = []
      const { result } = await attempt(server.port, ca.cert, {
        clock,
        signal: controller.signal,
        report: (report) => {
          steps.push(`${report.stage} ${report.status}`)
          if (report.stage !== stage || report.status !== 'started') return
          setImmediate(() => {
            controller.abort()
          })
        },
        ...(stage === 'dns' ? { lookup: () => new Promise<never>(() => undefined) } : {}),
      })
      expect(result).toEqual({ ok: false, error: { kind: 'closedByUs' } })
      expect(steps.slice(-2)).toEqual([`${stage} started`, `${stage} failed`])
      expect(clock.pending()).toBe(0)
    },
  )

  it('before the start reports nothing', async () => {
    const { result, steps } = await attempt(1, ca.cert, { signal: AbortSignal.abort() })
    expect(result).toEqual({ ok: false, error: { kind: 'closedByUs' } })
    expect(steps).toEqual([])
  })
})
