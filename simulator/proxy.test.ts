import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { manualClock } from './clock'
import { createProxy, type TcpProxy } from './proxy'
import { proxyModeFromJson } from './proxyMode'

/** One end of a connection with what it received. */
class End {
  readonly #chunks: Buffer[] = []
  readonly #waiting: (() => void)[] = []
  size = 0
  ended = false
  closed = false
  failure: string | null = null

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.size += chunk.length
      this.#wake()
    })
    socket.on('end', () => {
      this.ended = true
      this.#wake()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.failure = error.code ?? error.message
    })
    socket.on('close', () => {
      this.closed = true
      this.#wake()
    })
  }

  get text(): string {
    return Buffer.concat(this.#chunks).toString('latin1')
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const one of this.#waiting.splice(0)) one()
  }
}

/** Lets everything that is on its way on loopback arrive. */
const settle = async (turns = 30) => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1))
}

const clock = manualClock(1_000_000)
let server: Server
let proxy: TcpProxy
let clients: End[] = []
let served: End[] = []
let onServed: (() => void)[] = []

beforeEach(async () => {
  clients = []
  served = []
  onServed = []
  server = createServer({ allowHalfOpen: true }, (socket) => {
    served.push(new End(socket))
    for (const one of onServed.splice(0)) one()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy = await createProxy({
    target: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    clock,
  })
})

afterEach(async () => {
  await proxy.stop()
  for (const { socket } of [...clients, ...served]) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
})

async function dial(): Promise<End> {
  const end = new End(connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true }))
  clients.push(end)
  await new Promise<void>((resolve, reject) => {
    end.socket.once('connect', resolve)
    end.socket.once('error', reject)
  })
  return end
}

async function pair(): Promise<[client: End, far: End]> {
  const seen = new Promise<void>((resolve) => onServed.push(resolve))
  const client = await dial()
  await seen
  const far = served.at(-1)
  if (far === undefined) throw new Error('nobody came')
  return [client, far]
}

test('passes both ways, counts, and passes the end on', async () => {
  const [client, far] = await pair()
  client.socket.write('ping')
  await far.until(() => far.text === 'ping')
  far.socket.write('pong!')
  await client.until(() => client.text === 'pong!')
  expect([proxy.bytes, proxy.connections(), proxy.accepted()]).toEqual([{ toServer: 4, toClient: 5 }, 1, 1])
  client.socket.end('bye')
  await far.until(() => far.ended)
  expect(far.text).toBe('pingbye')
  far.socket.end()
  await client.until(() => client.closed)
  expect([client.failure, proxy.connections()]).toEqual([null, 0])
})

test('delay: later, in order, the end behind the bytes; less delay never overtakes', async () => {
  const [client, far] = await pair()
  await proxy.set({ kind: 'delay', ms: 2000 })
  client.socket.write('one ')
  await settle()
  clock.advance(1500)
  client.socket.write('two ')
  await settle()
  clock.advance(499)
  await settle()
  expect(far.text).toBe('')
  clock.advance(1)
  await far.until(() => far.text === 'one ')
  await proxy.set({ kind: 'delay', ms: 1000, direction: 'toServer' })
  client.socket.end('three')
  await settle()
  clock.advance(500)
  await far.until(() => far.text === 'one two ')
  clock.advance(500)
  await far.until(() => far.ended)
  expect(far.text).toBe('one two three')
  far.socket.write('at once')
  await client.until(() => client.text === 'at once')
})

test('rst: the living and the new; once: only the living', async () => {
  const [client, far] = await pair()
  await proxy.set({ kind: 'rst', once: true })
  await client.until(() => client.closed)
  await far.until(() => far.closed)
  expect([client.failure, far.failure]).toEqual(['ECONNRESET', 'ECONNRESET'])
  const [second] = await pair()
  await proxy.set('rst')
  await second.until(() => second.closed)
  // The reset may be quicker than the news of the connection.
  const third = await dial().catch((error: unknown) => error)
  await clients.at(-1)?.until(() => clients.at(-1)?.closed === true)
  expect([clients.at(-1)?.failure, third instanceof End || third instanceof Error]).toEqual([
    'ECONNRESET',
    true,
  ])
  expect(served).toHaveLength(2)
})

describe('blackhole', () => {
  test('nothing comes through, not even the end; what was held comes when it heals', async () => {
    const [client, far] = await pair()
    await proxy.set('blackhole')
    client.socket.write('up')
    far.socket.write('down')
    far.socket.end()
    await settle()
    expect([client.text, client.ended, far.text, proxy.connections()]).toEqual(['', false, '', 1])
    await proxy.set('pass')
    await client.until(() => client.ended)
    await far.until(() => far.text === 'up')
    expect(client.text).toBe('down')
  })

  test('one way', async () => {
    const [client, far] = await pair()
    await proxy.set({ kind: 'blackhole', direction: 'toServer' })
    client.socket.write('up')
    far.socket.write('down')
    await client.until(() => client.text === 'down')
    await settle()
    expect(far.text).toBe('')
  })

  test('a client that leaves is no longer counted, and the server does not hear of it', async () => {
    const [client, far] = await pair()
    await proxy.set('blackhole')
    client.socket.destroy()
    await settle()
    expect([proxy.connections(), far.ended, far.closed]).toEqual([0, false, false])
  })
})

test('halfClose: FIN to the client, who can still be heard', async () => {
  const [client, far] = await pair()
  await proxy.set({ kind: 'halfClose', once: true })
  await client.until(() => client.ended)
  client.socket.write('still here')
  await far.until(() => far.text === 'still here')
  client.socket.end()
  await far.until(() => far.ended)
  far.socket.end()
  await far.until(() => far.closed)
  await settle()
  expect([client.failure, far.failure, proxy.connections()]).toEqual([null, null, 0])
  const [, next] = await pair()
  expect(next.ended).toBe(false)
})

test('throttle: so many bytes a second and not one more', async () => {
  const [client, far] = await pair()
  await proxy.set({ kind: 'throttle', bytesPerSecond: 10, direction: 'toClient' })
  far.socket.write('0123456789abcdefghij')
  await settle()
  expect(client.text.length).toBeLessThanOrEqual(1)
  clock.advance(900)
  await client.until(() => client.text.length === 10)
  await settle()
  expect(client.text).toBe('0123456789')
  await proxy.set('pass')
  await client.until(() => client.text.length === 20)
  client.socket.write('fast')
  await far.until(() => far.text === 'fast')
})

test('cutAfter: exactly n bytes, then reset; once: the next connection lives', async () => {
  const [client, far] = await pair()
  await proxy.set({ kind: 'cutAfter', bytes: 7, once: true })
  far.socket.write('0123')
  far.socket.write('456789')
  // A reset right behind the last bytes may look like an end to libuv.
  await client.until(() => client.closed || client.ended)
  await far.until(() => far.closed)
  expect([client.text, far.failure]).toEqual(['0123456', 'ECONNRESET'])
  const [again, farAgain] = await pair()
  farAgain.socket.write('0123456789')
  await again.until(() => again.text === '0123456789')
  await proxy.set({ kind: 'cutAfter', bytes: 3, direction: 'toServer', end: 'fin' })
  again.socket.write('abcdef')
  await again.until(() => again.ended)
  await farAgain.until(() => farAgain.ended)
  expect([farAgain.text, again.failure]).toEqual(['abc', null])
})

test('refuse: the port is closed and comes back as the same; living ones are reset unless kept', async () => {
  const [client] = await pair()
  const { port } = proxy
  await proxy.set({ kind: 'refuse', keepLiving: true })
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect(client.closed).toBe(false)
  await proxy.set('refuse')
  await client.until(() => client.closed)
  expect(client.failure).toBe('ECONNRESET')
  await proxy.set('pass')
  expect(proxy.port).toBe(port)
  await pair()
})

test('stall: accepts, reads nothing, connects to nothing; healed, it serves', async () => {
  await proxy.set('stall')
  const client = await dial()
  client.socket.write('anybody?')
  await settle()
  expect([served.length, proxy.connections(), proxy.bytes.toServer]).toEqual([0, 1, 0])
  const seen = new Promise<void>((resolve) => onServed.push(resolve))
  await proxy.set('pass')
  await seen
  const [far] = served
  await far?.until(() => far.text === 'anybody?')
})

test.each(['pass', 'blackhole'] as const)(
  'memory is bounded under %s: the source is paused',
  async (mode) => {
    const [client, far] = await pair()
    await proxy.set(mode)
    client.socket.pause()
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    let accepted = 0
    for (let count = 0; count < 64; count += 1) far.socket.write(chunk, () => (accepted += 1))
    await settle(100)
    expect(proxy.held()).toBeLessThan(512 * 1024)
    expect(accepted).toBeLessThan(64)
    client.socket.resume()
    await proxy.set('pass')
    await client.until(() => client.size === 64 * chunk.length)
  },
)

test('a dead server behind it: reset, not silence; shut and reopen', async () => {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  const client = await dial()
  await client.until(() => client.closed)
  expect(client.failure).toBe('ECONNRESET')
  await proxy.shut()
  await proxy.set('pass')
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await proxy.reopen()
  await dial()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

test('stop ends everything', async () => {
  const [client, far] = await pair()
  await proxy.set('blackhole')
  await proxy.stop()
  await client.until(() => client.ended || client.closed)
  await far.until(() => far.ended || far.closed)
  expect(proxy.connections()).toBe(0)
  await expect(dial()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test.each([
  ['rst', true],
  [{ kind: 'delay', ms: 5, direction: 'toClient' }, true],
  [{ kind: 'cutAfter', bytes: 0, once: true, end: 'fin' }, true],
  ['delay', false],
  [{ kind: 'delay', ms: '5' }, false],
  [{ kind: 'throttle', bytesPerSecond: 0 }, false],
  [{ kind: 'pass', once: true }, false],
  [{ kind: 'toString' }, false],
  [null, false],
])('mode from JSON: %j', (value, ok) => {
  expect(proxyModeFromJson(value).ok).toBe(ok)
})
