import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionFailure } from '../failures'
import type { StageReport } from '../stages'
import { type OpenTlsOptions, openTls } from './connect'
import { authority, selfSigned, type TestAuthority, type TestIdentity } from './testing/certificates'
import { manualClock, realClock } from './testing/clocks'
import { blackhole, tcpServer, tlsServer, type TestServer } from './testing/servers'
import { createTrust, type Pin } from './trust'

const DAY_MS = 86_400_000
const lookup: OpenTlsOptions['lookup'] = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])

let ca: TestAuthority
let leaf: TestIdentity
let ownSigned: TestIdentity
const open: { close: () => unknown }[] = []

const kept = async <T extends TestServer>(server: Promise<T>): Promise<T> => {
  const started = await server
  open.push(started)
  return started
}

beforeAll(async () => {
  ca = await authority()
  leaf = await ca.issue()
  ownSigned = await selfSigned()
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const attempt = async (port: number, options: Partial<OpenTlsOptions> = {}) => {
  const reports: StageReport[] = []
  const result = await openTls({
    host: 'localhost',
    port,
    trust: createTrust({ extraCaPem: ca.cert, pins: [] }),
    clock: realClock,
    lookup,
    report: (report) => reports.push(report),
    ...options,
  })
  if (result.ok) open.push({ close: () => result.value.destroy() })
  return { result, reports, steps: reports.map(({ stage, status }) => `${stage} ${status}`) }
}

const failureOf = async (port: number, options: Partial<OpenTlsOptions> = {}): Promise<ConnectionFailure> => {
  const { result } = await attempt(port, options)
  if (result.ok) throw new Error('The connection was expected to fail.')
  return result.error
}

const pinOf = (identity: TestIdentity, port: number): Pin => ({
  host: 'LOCALHOST',
  port,
  fingerprint256: identity.fingerprint256.toLowerCase().replaceAll(':', ''),
  pem: identity.cert,
})

const trusting = (...pins: readonly Pin[]) => ({ trust: createTrust({ extraCaPem: null, pins }) })

describe('a connection that is accepted', () => {
  it('reports the three stages with what was seen', async () => {
    const server = await kept(tlsServer(leaf))
    const { result, reports, steps } = await attempt(server.port, { host: 'LocalHost' })
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
    expect(reports[5]?.facts['cipher']).toMatch(/^TLS_/)
    expect(reports[5]?.facts['validTo']).toBeGreaterThan(Date.now())
  })

  it('skips DNS for an address and compares the certificate with it', async () => {
    const server = await kept(tlsServer(leaf))
    const { result, steps } = await attempt(server.port, { host: '127.0.0.1' })
    expect(result.ok).toBe(true)
    expect(steps[0]).toBe('dns skipped')
    const named = await kept(tlsServer(await ca.issue({ names: ['localhost'] })))
    expect(await failureOf(named.port, { host: '127.0.0.1' })).toMatchObject({ problem: 'wrongHost' })
  })

  it('uses the certificates of the machine when there is no file', async () => {
    const server = await kept(tlsServer(leaf))
    expect(await failureOf(server.port, trusting())).toMatchObject({
      kind: 'tls',
      problem: 'untrustedIssuer',
    })
  })

  it('leaves no time limit behind', async () => {
    const clock = manualClock()
    const server = await kept(tlsServer(leaf))
    expect((await attempt(server.port, { clock })).result.ok).toBe(true)
    expect(clock.pending()).toBe(0)
  })
})

describe('a certificate that is refused (N17 to N21)', () => {
  it.each([
    ['expired', () => ca.issue({ notAfter: new Date(Date.now() - 1000) }), 'expired', 'CERT_HAS_EXPIRED'],
    [
      'not yet valid',
      () => ca.issue({ notBefore: new Date(Date.now() + DAY_MS) }),
      'notYetValid',
      'CERT_NOT_YET_VALID',
    ],
    ['self-signed', () => selfSigned(), 'selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'for another host',
      () => ca.issue({ names: ['other.example.com'] }),
      'wrongHost',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'of an unknown authority',
      async () => (await authority('Someone Else')).issue(),
      'untrustedIssuer',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    [
      'sent with its unknown authority',
      async () => {
        const other = await authority('Someone Else')
        const issued = await other.issue()
        return { ...issued, cert: `${issued.cert}\n${other.cert}` }
      },
      'untrustedIssuer',
      'SELF_SIGNED_CERT_IN_CHAIN',
    ],
  ] as const)('%s: says why and shows it', async (_, make, problem, code) => {
    const identity = await make()
    const server = await kept(tlsServer(identity))
    const { result, steps } = await attempt(server.port)
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'tls', host: 'localhost', port: server.port, problem, code },
    })
    if (result.ok || result.error.kind !== 'tls') return
    expect(result.error.certificate).toMatchObject({ fingerprint256: identity.fingerprint256 })
    expect(result.error.certificate?.pem).toContain('BEGIN CERTIFICATE')
    expect(result.error.certificate?.validTo).toBeGreaterThan(0)
    expect(result.error.certificate?.selfSigned).toBe(problem === 'selfSigned')
    expect(steps.at(-1)).toBe('tls failed')
    expect(server.received()).toBe('')
  })

  it('names the alternative names of a wrong host', async () => {
    const server = await kept(tlsServer(await ca.issue({ names: ['a.example.com', '10.0.0.7'] })))
    expect(await failureOf(server.port)).toMatchObject({
      certificate: { subjectAltNames: ['a.example.com', '10.0.0.7'] },
    })
  })

  it('TLS 1.1 only', async () => {
    const server = await kept(
      tlsServer(leaf, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
    )
    expect(await failureOf(server.port)).toMatchObject({
      kind: 'tls',
      problem: 'protocol',
      certificate: null,
    })
  })
})

describe('a pinned certificate (N18, N20)', () => {
  it.each([
    ['self-signed', () => selfSigned()],
    ['self-signed for another name', () => selfSigned({ names: ['uccxpub.example.com'] })],
    ['issued by an unknown authority', async () => (await authority('Private')).issue()],
  ])('%s: accepted', async (_, make) => {
    const identity = await make()
    const server = await kept(tlsServer(identity))
    const { result, reports } = await attempt(server.port, trusting(pinOf(identity, server.port)))
    expect(result.ok).toBe(true)
    expect(reports.at(-1)?.facts).toMatchObject({ authorizedBy: 'pin' })
  })

  it('refuses every other certificate, even a valid one', async () => {
    for (const identity of [await selfSigned(), leaf]) {
      const server = await kept(tlsServer(identity))
      const trust = createTrust({ extraCaPem: ca.cert, pins: [pinOf(ownSigned, server.port)] })
      expect(await failureOf(server.port, { trust })).toMatchObject({
        kind: 'tls',
        problem: 'pinMismatch',
        certificate: { fingerprint256: identity.fingerprint256 },
      })
      expect(server.received()).toBe('')
    }
  })

  it('refuses a certificate that the pinned one has signed', async () => {
    const server = await kept(tlsServer(leaf))
    expect(await failureOf(server.port, trusting(pinOf(ca, server.port)))).toMatchObject({
      problem: 'pinMismatch',
    })
  })

  it('holds for its host and port only', async () => {
    const server = await kept(tlsServer(ownSigned))
    const elsewhere = [pinOf(ownSigned, server.port + 1), { ...pinOf(ownSigned, server.port), host: 'b' }]
    expect(await failureOf(server.port, trusting(...elsewhere))).toMatchObject({ problem: 'selfSigned' })
  })

  it('does not revive an expired certificate', async () => {
    const expired = await selfSigned({ notAfter: new Date(Date.now() - 1000) })
    const server = await kept(tlsServer(expired))
    expect(await failureOf(server.port, trusting(pinOf(expired, server.port)))).toMatchObject({
      problem: 'expired',
    })
  })

  it('is ignored when its certificate and fingerprint disagree', async () => {
    const server = await kept(tlsServer(ownSigned))
    const broken = { ...pinOf(ownSigned, server.port), pem: leaf.cert }
    expect(await failureOf(server.port, trusting(broken))).toMatchObject({ problem: 'selfSigned' })
  })
})

describe('a server that cannot be reached', () => {
  it('DNS: says which code, with every stage closed', async () => {
    const clock = manualClock()
    const notFound = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    const { result, steps } = await attempt(1, { clock, lookup: () => Promise.reject(notFound) })
    expect(result).toEqual({ ok: false, error: { kind: 'dns', host: 'localhost', code: 'ENOTFOUND' } })
    expect(steps).toEqual(['dns started', 'dns failed'])
    expect(clock.pending()).toBe(0)
    expect(await failureOf(1, { lookup: () => Promise.resolve([]) })).toMatchObject({ kind: 'dns' })
  })

  it('resolves anew at every attempt (N16)', async () => {
    const server = await kept(tlsServer(leaf))
    let asked = 0
    const changing: OpenTlsOptions['lookup'] = () =>
      Promise.resolve([{ address: asked++ === 0 ? '127.0.0.9' : '127.0.0.1', family: 4 as const }])
    expect(await failureOf(server.port, { lookup: changing })).toMatchObject({ code: 'ECONNREFUSED' })
    expect((await attempt(server.port, { lookup: changing })).result.ok).toBe(true)
  })

  it('refused port (N24)', async () => {
    const server = await tcpServer(() => undefined)
    await server.close()
    expect(await failureOf(server.port)).toEqual({
      kind: 'tcp',
      host: 'localhost',
      port: server.port,
      code: 'ECONNREFUSED',
    })
  })

  it('a resolver that does not answer runs into its limit', async () => {
    const clock = manualClock()
    const running = failureOf(1, { clock, lookup: () => new Promise(() => undefined) })
    clock.advance(4_999)
    expect(clock.pending()).toBe(1)
    clock.advance(1)
    expect(await running).toEqual({ kind: 'timeout', stage: 'dns', ms: 5_000 })
  })

  it('a connect that hangs runs into its limit (N5)', async () => {
    const hole = await kept(blackhole('127.0.0.1'))
    const clock = manualClock()
    let stages = 0
    const running = failureOf(hole.port, {
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

  it('a handshake that never ends runs into its limit (N6)', async () => {
    const clock = manualClock()
    const server = await kept(
      tcpServer((socket) => {
        socket.once('data', () => {
          clock.advance(5_000)
        })
      }),
    )
    expect(await failureOf(server.port, { clock })).toEqual({ kind: 'timeout', stage: 'tls', ms: 5_000 })
  })

  it.each([
    ['closes at once', (socket: import('node:net').Socket) => socket.end(), 'other', 'ECONNRESET'],
    [
      'resets during the handshake',
      (socket: import('node:net').Socket) => socket.once('data', () => socket.resetAndDestroy()),
      'other',
      'ECONNRESET',
    ],
    [
      'speaks plain HTTP',
      (socket: import('node:net').Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'protocol',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ],
  ] as const)('a server that %s', async (_, behave, problem, code) => {
    const server = await kept(
      tcpServer((socket) => {
        behave(socket)
      }),
    )
    expect(await failureOf(server.port)).toEqual({
      kind: 'tls',
      host: 'localhost',
      port: server.port,
      problem,
      code,
      certificate: null,
    })
  })

  it('loses under a second to an IPv6 address that hangs (N25)', async () => {
    const server = await kept(tlsServer(leaf))
    await kept(blackhole('::1', server.port))
    const both: OpenTlsOptions['lookup'] = () =>
      Promise.resolve([
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ])
    const begun = performance.now()
    const { result, reports } = await attempt(server.port, { lookup: both })
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
    expect((await attempt(server.port, { lookup: three, clock: manualClock() })).result.ok).toBe(true)
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
      const { result } = await attempt(server.port, {
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
    const { result, steps } = await attempt(1, { signal: AbortSignal.abort() })
    expect(result).toEqual({ ok: false, error: { kind: 'closedByUs' } })
    expect(steps).toEqual([])
  })
})
