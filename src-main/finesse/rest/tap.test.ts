import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { gzipSync } from 'node:zlib'
import { formsOf, SECRET_MARKER } from '../../testing/secrets'
import type { RestTap } from '../tap'
import { recordingRestTap } from '../testing/recordingTaps'
import { closeKept } from '../transport/testing/attempt'
import { authority, type TestAuthority } from '../transport/testing/certificates'
import { createTrust } from '../transport/trust'
import type { RestClientOptions } from './restClient'
import { type Answer, startNode } from './testing/node'

let ca: TestAuthority

beforeAll(async () => {
  ca = await authority()
})

afterEach(closeKept)

const USER = '<User><loginId>1071</loginId><state>READY</state></User>'
const READY = { state: 'READY', reasonCodeId: null }

const ok: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/xml', 'x-node': 'A' }).end(USER)
}

const start = async (answer: Answer = ok, options: Partial<RestClientOptions> = {}) => {
  const recorded = recordingRestTap()
  const identity = await ca.issue()
  const chain = { ...identity, cert: `${identity.cert}\n${ca.cert}` }
  const credentials = () => ({ id: '1071', password: SECRET_MARKER })
  const node = await startNode(ca, answer, { credentials, tap: recorded.tap, ...options }, chain)
  return { ...node, ...recorded }
}

const CONNECTING = [
  'dns started',
  'dns succeeded',
  'tcp started',
  'tcp succeeded',
  'tls started',
  'chain of 2',
  'tls succeeded',
]

describe('what a tap is told', () => {
  it('is each call with its own connection, and none where one was kept', async () => {
    const { client, lines, seen, text } = await start()
    await client.user('1')
    await client.setState('1', READY, 'r1')
    expect(lines).toEqual([
      '1 GET /finesse/api/User/1',
      ...CONNECTING.map((line) => `1 ${line}`),
      '1 200 OK',
      '1 finished well',
      '2 PUT /finesse/api/User/1',
      '2 200 OK',
      '2 finished well',
    ])
    expect(text()).toContain(JSON.stringify(seen[1]?.body))
    expect(text()).toContain(JSON.stringify(USER))
  })

  it('is the request and the answer as they were sent', async () => {
    const requests: Parameters<RestTap['requested']>[1][] = []
    const answers: Parameters<RestTap['answered']>[1][] = []
    const { tap } = recordingRestTap()
    const { client, seen } = await start(ok, {
      tap: {
        ...tap,
        requested: (_call, request) => requests.push(request),
        answered: (_call, answer) => answers.push(answer),
      },
    })
    await client.setState('1', READY, 'r1')
    const [request] = requests
    const told = Object.fromEntries(
      Object.entries(request?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    )
    expect({ ...seen[0]?.headers, authorization: 'Basic [redacted]' }).toEqual({
      ...told,
      connection: 'keep-alive',
    })
    expect(request?.body).toBe(seen[0]?.body)
    expect(answers[0]).toMatchObject({ status: 200, statusText: 'OK', body: USER, bytes: USER.length })
    expect(answers[0]?.headers).toContainEqual(['x-node', 'A'])
    expect(answers[0]?.roundTripMs).toBeGreaterThan(0)
  })

  it('names no call for a connection opened ahead of need', async () => {
    const { client, lines } = await start()
    client.warm()
    await client.user('1')
    expect(lines.filter((line) => line.startsWith('null'))).toEqual(CONNECTING.map((line) => `null ${line}`))
    expect(lines.filter((line) => line.startsWith('1'))).toEqual([
      '1 GET /finesse/api/User/1',
      '1 200 OK',
      '1 finished well',
    ])
  })

  it('is a repeated GET as the same call', async () => {
    const { client, lines } = await start((response, request, count) => {
      if (count === 2) request.socket.destroy()
      else ok(response, request, count)
    })
    await client.user('1')
    await client.user('2')
    expect(lines.slice(lines.indexOf('2 GET /finesse/api/User/2'))).toEqual([
      '2 GET /finesse/api/User/2',
      '2 GET /finesse/api/User/2',
      ...CONNECTING.map((line) => `2 ${line}`),
      '2 200 OK',
      '2 finished well',
    ])
  })

  it('is the chain of a refused certificate', async () => {
    const { client, lines } = await start(ok, { trust: createTrust({ extraCaPem: null, pins: [] }) })
    await client.user('1')
    expect(lines.slice(-4)).toEqual([
      '1 tls started',
      '1 chain of 2',
      '1 tls failed',
      '1 finished connection',
    ])
  })
})

describe('each call is finished once', () => {
  it.each<[string, Answer, readonly string[]]>([
    [
      'when it was refused',
      (response) => response.writeHead(401).end('no'),
      ['401 Unauthorized', 'finished status'],
    ],
    [
      'when the answer cannot be read',
      (response) => response.writeHead(200).end('<a'),
      ['200 OK', 'finished malformed'],
    ],
    [
      'when the body is another object',
      (response) => response.writeHead(200).end('<Team><id>1</id></Team>'),
      ['200 OK', 'finished malformed'],
    ],
    [
      'when it is a redirect',
      (response) => response.writeHead(302, { location: 'https://x/' }).end('moved'),
      ['302 Found', 'finished redirect'],
    ],
    [
      'when it is too large',
      (response) => response.writeHead(200, { 'content-length': 30 * 1024 * 1024 }).write('<User>'),
      ['200 OK', 'finished tooLarge'],
    ],
    [
      'when it came compressed',
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(USER)),
      ['200 OK', 'finished malformed'],
    ],
    [
      'when it is cut off',
      (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('<User>')
        setTimeout(() => response.destroy(), 20)
      },
      ['200 OK', 'finished connection'],
    ],
    ['when nothing is answered', () => undefined, ['finished timeout']],
    [
      'when the answer does not end',
      (response) => response.writeHead(200).write('<User>'),
      ['200 OK', 'finished timeout'],
    ],
  ])('%s', async (_when, answer, expected) => {
    const { client, lines } = await start(answer, { limits: { callMs: 150, listMs: 150 } })
    await client.user('1')
    expect(lines.slice(8).map((line) => line.slice(2))).toEqual(expected)
  })

  it('tells no body that was not read', async () => {
    const bodies: (string | null)[] = []
    const { tap } = recordingRestTap()
    const { client } = await start(
      (response) => response.writeHead(302, { location: 'https://x/' }).end('moved'),
      {
        tap: { ...tap, answered: (_call, { body }) => bodies.push(body) },
      },
    )
    await client.user('1')
    expect(bodies).toEqual([null])
  })

  it('when it was given up, and its connection is not heard of afterwards', async () => {
    let found: (addresses: readonly { address: string; family: 4 }[]) => void = () => undefined
    const lookup = () =>
      new Promise<readonly { address: string; family: 4 }[]>((resolve) => {
        found = resolve
      })
    const { client, lines } = await start(ok, { lookup })
    const controller = new AbortController()
    const call = client.user('1', controller.signal)
    await Promise.resolve()
    controller.abort()
    await call
    found([{ address: '127.0.0.1', family: 4 }])
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(lines).toEqual(['1 GET /finesse/api/User/1', '1 dns started', '1 finished cancelled'])
  })

  it('and one that never began is not told', async () => {
    const { client, lines } = await start()
    await client.user('1', AbortSignal.abort())
    expect(lines).toEqual([])
  })
})

describe('secrets', () => {
  it.each<[string, Answer]>([
    ['success', ok],
    ['a refusal', (response) => response.writeHead(401).end('no')],
    ['a broken connection', (_response, request) => request.socket.destroy()],
  ])('are never told: %s', async (_name, answer) => {
    const { client, seen, text } = await start(answer)
    await client.user('1')
    await client.setState('1', READY, 'r1')
    await client.signIn('1', '2001', 'r2')
    const sent = JSON.stringify(seen)
    expect(formsOf(SECRET_MARKER).some((form) => sent.includes(form))).toBe(true)
    expect(formsOf(SECRET_MARKER).filter((form) => text().includes(form))).toEqual([])
    expect(text()).toContain('Basic [redacted]')
  })

  it('are not claimed where none was sent', async () => {
    const { client, text } = await start()
    await client.systemInfo(undefined, true)
    expect(text()).not.toContain('redacted')
  })
})

it('a tap that throws hurts nobody', async () => {
  const broken = (): never => {
    throw new Error('broken')
  }
  const { client } = await start(ok, {
    tap: { requested: broken, stage: broken, chain: broken, answered: broken, finished: broken },
  })
  expect(await client.user('1')).toMatchObject({ ok: true, value: { state: 'READY' } })
})
