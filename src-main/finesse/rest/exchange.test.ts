import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { closeKept, kept, localLookup } from '../transport/testing/attempt'
import { authority, selfSigned, type TestAuthority } from '../transport/testing/certificates'
import { manualClock, realClock } from '../transport/testing/clocks'
import { tlsServer } from '../transport/testing/servers'
import { createTrust } from '../transport/trust'
import { createRestClient, type RestClientOptions } from './restClient'
import { type Answer, startNode } from './testing/node'

let ca: TestAuthority

beforeAll(async () => {
  ca = await authority()
})

afterEach(closeKept)

const USER = '<User><loginId>1071</loginId><state>READY</state></User>'
const LIMIT = 16 * 1024 * 1024
const READY = { state: 'READY', reasonCodeId: null }

const start = (answer: Answer, options: Partial<RestClientOptions> = {}) => startNode(ca, answer, options)

/** Pours out that many mebibytes unless cut off before; tells how many went out. */
const pour = async (response: ServerResponse, mebibytes: number): Promise<number> => {
  const chunk = Buffer.alloc(1024 * 1024, ' ')
  const closed = once(response, 'close')
  let sent = 0
  while (sent < mebibytes && !response.destroyed) {
    sent += 1
    await Promise.race([new Promise((resolve) => response.write(chunk, resolve)), closed])
  }
  response.end()
  return sent
}

describe('a reply that is too much', () => {
  faultTest('R13', 'announced as 30 MB, it is refused before it is read', async (t) => {
    t.watch()
    const { client } = await start((response) => {
      response.writeHead(200, { 'content-length': 30 * 1024 * 1024 })
      response.write('<User>')
    })
    expect(await client.user('1')).toEqual({ ok: false, error: { kind: 'tooLarge', limitBytes: LIMIT } })
  })

  faultTest('R13', 'without end, it is cut at 16 MiB and the connection with it', async (t) => {
    t.watch()
    let sent: Promise<number> | undefined
    const { client } = await start((response) => {
      sent = pour(response, 2_000)
    })
    expect(await client.user('1')).toEqual({ ok: false, error: { kind: 'tooLarge', limitBytes: LIMIT } })
    expect(await sent).toBeLessThan(200)
  })

  faultTest('R13', 'compressed, which was never asked for, it is refused unread', async (t) => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    t.watch()
    const { client, seen } = await start((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    expect(await client.user('1')).toMatchObject({
      error: { kind: 'malformed', problem: expect.stringContaining('compressed') as string },
    })
    expect(seen[0]?.headers).not.toHaveProperty('accept-encoding')
  })

  faultTest('R13', 'trickling, it ends with the time limit', async (t) => {
    t.watch()
    const clock = manualClock()
    const { client } = await start(
      (response) => {
        response.write('<User>')
        setImmediate(() => {
          clock.advance(9_999)
          response.write('<state>')
          clock.advance(1)
        })
      },
      { clock },
    )
    expect(await client.user('1')).toEqual({ ok: false, error: { kind: 'timeout', ms: 10_000 } })
    expect(clock.pending()).toBe(0)
  })
})

describe('time limits', () => {
  it('lists may take 30 s, other calls 10 s', async () => {
    const clock = manualClock()
    const { client } = await start(() => undefined, { clock })
    const results: unknown[] = []
    const calls = [
      client.user('1').then((result) => results.push(result)),
      client.team('1').then((result) => results.push(result)),
    ]
    clock.advance(10_000)
    await calls[0]
    expect(results).toEqual([{ ok: false, error: { kind: 'timeout', ms: 10_000 } }])
    clock.advance(20_000)
    await calls[1]
    expect(results[1]).toEqual({ ok: false, error: { kind: 'timeout', ms: 30_000 } })
  })

  it('leave nothing running after an answer', async () => {
    const clock = manualClock()
    const { client } = await start((response) => response.end(USER), { clock })
    expect((await client.user('1')).ok).toBe(true)
    expect(clock.pending()).toBe(0)
  })
})

describe('cancelling', () => {
  it('ends one call and cuts its connection', async () => {
    const controller = new AbortController()
    let cut: Promise<unknown> | undefined
    const { client } = await start((response) => {
      cut = once(response, 'close')
      controller.abort()
    })
    expect(await client.user('1', controller.signal)).toEqual({ ok: false, error: { kind: 'cancelled' } })
    await cut
  })

  it('before the call sends nothing', async () => {
    const { client, server } = await start((response) => response.end(USER))
    expect(await client.user('1', AbortSignal.abort())).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(server.connections()).toBe(0)
  })

  it('close ends every call, and none can be made afterwards', async () => {
    const clock = manualClock()
    const { client } = await start(() => undefined, { clock })
    const calls = [client.user('1'), client.setState('1', READY, 'r')]
    await client.close()
    expect(await Promise.all(calls)).toEqual([
      { ok: false, error: { kind: 'cancelled' } },
      { ok: false, error: { kind: 'cancelled' } },
    ])
    expect(await client.user('1')).toEqual({ ok: false, error: { kind: 'cancelled' } })
    expect(clock.pending()).toBe(0)
  })
})

describe('connections', () => {
  it('are kept for the next call', async () => {
    const { client, server } = await start((response) => response.end(USER))
    for (let at = 0; at < 4; at += 1) expect((await client.user('1')).ok).toBe(true)
    expect(server.connections()).toBe(1)
  })

  /** Answers the first call and cuts the connection when the second comes in over it. */
  const cutsSecond: Answer = (response, request, count) => {
    if (count === 2) request.socket.destroy()
    else response.end(USER)
  }

  faultTest('R15', 'a GET over a dead one is repeated once, on a new one', async (t) => {
    t.watch()
    const { client, seen, server } = await start(cutsSecond)
    expect((await client.user('1')).ok).toBe(true)
    expect((await client.user('2')).ok).toBe(true)
    expect(seen.map(({ url }) => url.at(-1))).toEqual(['1', '2', '2'])
    expect(server.connections()).toBe(2)
  })

  faultTest('R9', 'a PUT over a dead one is never repeated', async (t) => {
    t.watch()
    const { client, seen } = await start(cutsSecond)
    expect((await client.user('1')).ok).toBe(true)
    expect(await client.setState('1', READY, 'r')).toEqual({
      ok: false,
      error: { kind: 'connection', failure: { kind: 'socket', code: 'ECONNRESET' } },
    })
    expect(seen).toHaveLength(2)
  })

  faultTest('R15', 'a GET over a new one is not repeated', async (t) => {
    t.watch()
    const { client, seen } = await start((_, request) => request.socket.destroy())
    expect(await client.user('1')).toMatchObject({ error: { kind: 'connection' } })
    expect(seen).toHaveLength(1)
  })

  faultTest('R15', 'a reply cut in the middle is a broken connection, also for a GET', async (t) => {
    t.watch()
    const { client, seen } = await start((response, request) => {
      response.writeHead(200, { 'content-length': 500 })
      response.write('<User>', () => request.socket.destroy())
    })
    expect(await client.user('1')).toEqual({
      ok: false,
      error: { kind: 'connection', failure: { kind: 'socket', code: 'ECONNRESET' } },
    })
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', { kind: 'malformed' }],
    [
      'an upgrade nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
      { kind: 'socket' },
    ],
  ])('%s ends the call', async (_, bytes, failure) => {
    const { client } = await start((response) => response.socket?.end(bytes))
    expect(await client.user('1')).toMatchObject({ error: { kind: 'connection', failure } })
  })
})

describe('a server that is not trusted', () => {
  faultTest('N18', 'it never sees a byte of a request, and the failure has no secret', async (t) => {
    t.watch()
    const identity = await selfSigned()
    const server = await kept(tlsServer(identity))
    const client = await kept(
      createRestClient({
        host: 'localhost',
        port: server.port,
        trust: createTrust({ extraCaPem: ca.cert, pins: [] }),
        credentials: () => ({ id: '1071', password: 'secret' }),
        clock: realClock,
        lookup: localLookup,
      }),
    )
    for (const result of [
      await client.systemInfo(),
      await client.user('1071'),
      await client.setState('1071', READY, 'r'),
    ]) {
      expect(result).toMatchObject({
        error: { kind: 'connection', failure: { kind: 'tls', problem: 'selfSigned' } },
      })
      expect(JSON.stringify(result)).not.toMatch(/secret|Basic|MTA3MTpz/)
    }
    expect(server.connections()).toBe(3)
    expect(server.received()).toBe('')
  })

  it('answers once its certificate is pinned', async () => {
    const identity = await selfSigned({ names: ['another.example.com'] })
    const { client, server } = await startNode(ca, (response) => response.end(USER), {}, identity)
    expect(await client.user('1')).toMatchObject({ error: { failure: { problem: 'selfSigned' } } })
    const pin = {
      host: 'localhost',
      port: server.port,
      fingerprint256: identity.fingerprint256,
      pem: identity.cert,
    }
    const pinned = await kept(
      createRestClient({
        host: 'localhost',
        port: server.port,
        trust: createTrust({ extraCaPem: null, pins: [pin] }),
        credentials: () => null,
        clock: realClock,
        lookup: localLookup,
      }),
    )
    expect(await pinned.user('1')).toMatchObject({ ok: true })
  })

  it('tells the stage when the name does not resolve', async () => {
    const { client } = await start(() => undefined, {
      lookup: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    })
    expect(await client.user('1')).toEqual({
      ok: false,
      error: { kind: 'connection', failure: { kind: 'dns', host: 'localhost', code: 'ENOTFOUND' } },
    })
  })
})
