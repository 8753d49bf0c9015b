import { connect, type Socket } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultTest, type FaultRun } from '../../testing/faultTest'
import { createRestClient } from '../rest/restClient'
import { parseProxyList } from './proxyRoute'
import { attempt, closeKept, kept, localLookup } from './testing/attempt'
import { authority, type TestAuthority, type TestIdentity } from './testing/certificates'
import { manualClock, realClock } from './testing/clocks'
import { httpsServer, tcpServer, type TestServer, tlsServer } from './testing/servers'
import { createTrust } from './trust'

let ca: TestAuthority
let leaf: TestIdentity

beforeAll(async () => {
  ca = await authority()
  leaf = await ca.issue()
})

afterEach(closeKept)

type Answer = (client: Socket, head: string) => void

/** An HTTP proxy on loopback; `heads` are the requests it got. */
const httpProxy = async (answer: Answer) => {
  const heads: string[] = []
  const server = await kept(
    tcpServer((client) => {
      client.on('error', () => undefined)
      client.once('data', (data: Buffer) => {
        heads.push(data.toString('latin1'))
        answer(client, data.toString('latin1'))
      })
    }),
  )
  return { server, heads, text: `PROXY localhost:${String(server.port)}` }
}

const tunnel =
  (to: TestServer): Answer =>
  (client) => {
    const upstream = connect(to.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n')
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on('error', () => undefined)
  }

const by = (text: string) => ({ proxyFor: () => Promise.resolve(text) })

describe('the words of the system', () => {
  it.each([
    ['DIRECT', [{ kind: 'direct' }]],
    [
      'PROXY p.example.com:8080; DIRECT',
      [{ kind: 'proxy', host: 'p.example.com', port: 8080 }, { kind: 'direct' }],
    ],
    ['proxy [fe80::1]:3128', [{ kind: 'proxy', host: 'fe80::1', port: 3128 }]],
    ['SOCKS5 s:1080; HTTPS p:443', []],
    ['PROXY p:0;PROXY p:99999;PROXY p;PROXY a b:1', []],
    ['', []],
  ])('%j', (text, routes) => {
    expect(parseProxyList(text)).toEqual(routes)
  })
})

describe('through a proxy', () => {
  it('the certificate is verified for the server, and the proxy sees its name and port only', async () => {
    const server = await kept(tlsServer(leaf))
    const proxy = await httpProxy(tunnel(server))
    const { result, reports } = await attempt(server.port, ca.cert, by(proxy.text))
    expect(result.ok).toBe(true)
    const authorityName = `localhost:${String(server.port)}`
    expect(proxy.heads).toEqual([`CONNECT ${authorityName} HTTP/1.1\r\nHost: ${authorityName}\r\n\r\n`])
    expect(reports.find(({ stage }) => stage === 'tcp')?.facts).toMatchObject({
      proxy: `localhost:${String(proxy.server.port)}`,
    })
  })

  it('a distrusted certificate is refused as ever', async () => {
    const server = await kept(tlsServer(await (await authority('Someone Else')).issue()))
    const proxy = await httpProxy(tunnel(server))
    const { result } = await attempt(server.port, ca.cert, by(proxy.text))
    expect(result).toMatchObject({ ok: false, error: { kind: 'tls', problem: 'untrustedIssuer' } })
    expect(server.received()).toBe('')
  })

  it('REST goes the same way', async () => {
    const server = await kept(
      httpsServer(leaf, (_, response) => response.end('<User><loginId>1071</loginId></User>')),
    )
    const proxy = await httpProxy(tunnel(server))
    const client = await kept(
      createRestClient({
        host: 'localhost',
        port: server.port,
        trust: createTrust({ extraCaPem: ca.cert, pins: [] }),
        credentials: () => ({ id: '1071', password: 'p' }),
        clock: realClock,
        lookup: localLookup,
        ...by(proxy.text),
      }),
    )
    expect(await client.user('1071')).toMatchObject({ ok: true })
    expect(proxy.heads).toHaveLength(1)
    expect(proxy.heads.join()).not.toMatch(/authorization/i)
  })
})

describe('a proxy that does not help', () => {
  const failsBy = async (t: FaultRun, answer: Answer, code: string): Promise<void> => {
    const server = await kept(tlsServer(leaf))
    const proxy = await httpProxy(answer)
    t.watch()
    const { result, steps } = await attempt(server.port, ca.cert, by(`${proxy.text}; DIRECT`))
    expect(result).toEqual({
      ok: false,
      error: { kind: 'tcp', host: 'localhost', port: proxy.server.port, code },
    })
    expect(steps.at(-1)).toBe('tcp failed')
    expect(server.connections()).toBe(0)
  }

  for (const [status, code] of [
    [407, 'PROXY_AUTH'],
    [403, 'PROXY_403'],
    [502, 'PROXY_502'],
  ] as const)
    faultTest('N23', `its ${String(status)} is told as the proxy's, and nobody goes past it`, (t) =>
      failsBy(t, (client) => client.end(`HTTP/1.1 ${String(status)} No\r\n\r\n<html>`), code),
    )

  faultTest('N23', 'an answer that is not HTTP, or has no end', async (t) => {
    await failsBy(t, (client) => client.end('SSH-2.0-x\r\n\r\n'), 'PROXY_MALFORMED')
    await failsBy(t, (client) => client.write('HTTP/1.1 200 OK\r\n'.padEnd(20_000, 'x')), 'PROXY_MALFORMED')
  })

  faultTest(
    'N23',
    'it dies: told with its name, and no direct connection unless the system says so',
    async (t) => {
      const server = await kept(tlsServer(leaf))
      const proxy = await httpProxy((client) => client.resetAndDestroy())
      t.watch()
      const { result } = await attempt(server.port, ca.cert, by(proxy.text))
      expect(result).toMatchObject({ error: { kind: 'tcp', port: proxy.server.port, code: 'ECONNRESET' } })
      await proxy.server.close()
      expect((await attempt(server.port, ca.cert, by(proxy.text))).result).toMatchObject({
        error: { kind: 'tcp', port: proxy.server.port, code: 'ECONNREFUSED' },
      })
      expect(server.connections()).toBe(0)
      expect((await attempt(server.port, ca.cert, by(`${proxy.text}; DIRECT`))).result.ok).toBe(true)
    },
  )

  faultTest('N23', 'kinds that are not spoken here are told, and not gone round', async (t) => {
    const server = await kept(tlsServer(leaf))
    t.watch()
    for (const text of ['SOCKS5 localhost:1', '', 'HTTPS localhost:1']) {
      expect((await attempt(server.port, ca.cert, by(text))).result).toMatchObject({
        error: { kind: 'tcp', port: server.port, code: 'PROXY_UNSUPPORTED' },
      })
    }
    const unknown = await attempt(server.port, ca.cert, { proxyFor: () => Promise.reject(new Error('x')) })
    expect(unknown.result).toMatchObject({ error: { code: 'PROXY_UNKNOWN' } })
    expect(server.connections()).toBe(0)
  })

  faultTest('N23', 'it says nothing, or the system does not: given up after the time limit', async (t) => {
    const clock = manualClock()
    const proxy = await httpProxy(() => {
      clock.advance(5_000)
    })
    t.watch()
    expect((await attempt(1, ca.cert, { clock, ...by(proxy.text) })).result).toEqual({
      ok: false,
      error: { kind: 'timeout', stage: 'tcp', ms: 5_000 },
    })
    const running = attempt(1, ca.cert, { clock, proxyFor: () => new Promise(() => undefined) })
    clock.advance(5_000)
    expect((await running).result).toEqual({ ok: false, error: { kind: 'timeout', stage: 'dns', ms: 5_000 } })
    expect(clock.pending()).toBe(0)
  })
})
