import * as fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { faultTest, type FaultRun } from '../../testing/faultTest'
import type { ConnectionFailure } from '../failures'
import { authority, selfSigned, type TestIdentity } from '../transport/testing/certificates'
import { manualClock, realClock } from '../transport/testing/clocks'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, PASSWORD, trusting, watchDesk, type Desk } from './testing/desk'
import { eventFrame, startResponder, type Responder, type Script } from './testing/responder'
import type { NotificationOptions } from './types'

let identity: TestIdentity
let trust: Trust
let responder: Responder
let desk: Desk

beforeAll(async () => {
  const ca = await authority()
  identity = await ca.issue()
  trust = trusting(ca.cert)
})

afterEach(async () => {
  desk.client.terminate()
  await responder.stop()
})

const open = async (script: Script = {}, changes: Partial<NotificationOptions> = {}): Promise<void> => {
  responder = await startResponder(identity, script)
  desk = openDesk(optionsFor(responder.port, changes), { trust })
}

const live = async (script: Script = {}): Promise<void> => {
  await open(script)
  await desk.until('pinged')
}

const endings = () => desk.events.filter(({ type }) => type === 'ended')

const STREAM_ERROR = (body: string): string =>
  `<stream:error xmlns:stream="http://etherx.jabber.org/streams">${body}</stream:error>`
const CONDITION = 'xmlns="urn:ietf:params:xml:ns:xmpp-streams"'

describe('the server ends it', () => {
  const endsWith = async (t: FaultRun, body: string, failure: ConnectionFailure): Promise<void> => {
    await live()
    watchDesk(t, desk)
    responder.send(STREAM_ERROR(body))
    responder.closeWith(1000)
    expect((await desk.until('ended')).failure).toEqual(failure)
    expect(endings()).toHaveLength(1)
    expect(responder.requests).toHaveLength(1)
  }

  faultTest('X22', 'a conflict is a cause of its own, and nothing reconnects', (t) =>
    endsWith(t, `<conflict ${CONDITION}/>`, { kind: 'conflict' }),
  )

  for (const condition of ['system-shutdown', 'host-gone', 'policy-violation', 'reset']) {
    faultTest('X24', `${condition} is told by its name`, (t) =>
      endsWith(t, `<${condition} ${CONDITION}/>`, { kind: 'streamError', condition, text: '' }),
    )
  }

  faultTest('X24', 'the words of the server are kept', (t) =>
    endsWith(t, `<policy-violation ${CONDITION}/><text ${CONDITION}>Too fast.</text>`, {
      kind: 'streamError',
      condition: 'policy-violation',
      text: 'Too fast.',
    }),
  )

  faultTest('X23', 'see-other-host is not followed', async (t) => {
    const other = await startResponder(identity)
    t.after(other.stop)
    const host = `localhost:${String(other.port)}`
    await endsWith(t, `<see-other-host ${CONDITION}>${host}</see-other-host>`, {
      kind: 'streamError',
      condition: 'see-other-host',
      text: host,
    })
    expect(other.requests).toHaveLength(0)
  })

  faultTest('X23', 'see-other-uri is not followed, a plain close is a close', async (t) => {
    await live()
    watchDesk(t, desk)
    responder.send(
      '<close xmlns="urn:ietf:params:xml:ns:xmpp-framing" see-other-uri="wss://evil.example.com/ws/"/>',
    )
    expect((await desk.until('ended')).failure).toMatchObject({
      condition: 'see-other-uri',
      text: 'wss://evil.example.com/ws/',
    })
    await responder.stop()
    await live()
    responder.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')
    expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code: 1000, reason: '' })
  })

  for (const code of [1001, 1002, 1003, 1009, 1011, 1012, 1013, 4999]) {
    faultTest('N27', `close code ${String(code)} keeps its number and reason`, async (t) => {
      await live()
      watchDesk(t, desk)
      responder.closeWith(code, 'later')
      expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code, reason: 'later' })
    })
  }

  faultTest('N2', 'the end of the stream without a closing frame', async (t) => {
    await live()
    watchDesk(t, desk)
    responder.drop('fin')
    expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code: 1006, reason: '' })
  })
})

describe('the upgrade', () => {
  const refusing = (status: number, headers = ''): Script => ({
    upgrade: (_request, socket) => {
      socket.end(`HTTP/1.1 ${String(status)} No\r\nConnection: close\r\nContent-Length: 0\r\n${headers}\r\n`)
      return true
    },
  })

  for (const status of [200, 401, 403, 404, 500]) {
    faultTest('N8', `refused by ${String(status)}, it says so once and sends no password`, async (t) => {
      await open(refusing(status))
      watchDesk(t, desk)
      expect((await desk.until('ended')).failure).toEqual({
        kind: 'upgrade',
        status,
        retryAfterMs: null,
        location: null,
      })
      expect(desk.stages().at(-1)).toBe('upgrade failed')
      expect(endings()).toHaveLength(1)
      expect(responder.received).toEqual([])
    })
  }

  faultTest('N9', 'the time to wait is told with a 503', async (t) => {
    await open(refusing(503, 'Retry-After: 7\r\n'))
    watchDesk(t, desk)
    expect((await desk.until('ended')).failure).toMatchObject({ status: 503, retryAfterMs: 7_000 })
    expect(responder.requests).toHaveLength(1)
  })

  for (const status of [301, 302, 307, 308]) {
    faultTest('N10', `a redirect (${String(status)}) is told and not followed`, async (t) => {
      const other = await startResponder(identity)
      t.after(other.stop)
      const location = `https://localhost:${String(other.port)}/ws/`
      await open(refusing(status, `Location: ${location}\r\n`))
      watchDesk(t, desk)
      expect((await desk.until('ended')).failure).toMatchObject({ kind: 'upgrade', status, location })
      expect(other.requests).toHaveLength(0)
    })
  }

  it('asks for patience, not for giving up: beyond 24.8 days a timer would fire at once', async () => {
    await open(refusing(503, 'Retry-After: 99999999\r\n'))
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'upgrade', retryAfterMs: 3_600_000 })
  })

  faultTest('N11', 'another sub-protocol', async (t) => {
    await open({ subprotocol: 'chat' })
    watchDesk(t, desk)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'subprotocol', offered: 'chat' })
  })

  faultTest('N7', 'no answer within the time limit', async (t) => {
    const clock = manualClock()
    responder = await startResponder(identity, { upgrade: () => true })
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    watchDesk(t, desk)
    await desk.until('stage', ({ report }) => report.stage === 'upgrade')
    clock.advance(4_999)
    expect(endings()).toHaveLength(0)
    clock.advance(1)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'timeout', stage: 'upgrade', ms: 5_000 })
    expect(clock.pending()).toBe(0)
  })

  it.each<[string, Script, number]>([
    ['open', { deaf: true }, 5_000],
    ['auth', { auth: 'silent' }, 5_000],
    ['bind', { bind: 'silent' }, 12_000],
    ['subscribeUser', { subscribe: () => 'silent' }, 5_000],
  ])('no step hangs: %s', async (stage, script, ms) => {
    const clock = manualClock()
    responder = await startResponder(identity, script)
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    await desk.until('stage', ({ report }) => report.stage === stage)
    clock.advance(ms - 1)
    expect(endings()).toHaveLength(0)
    clock.advance(1)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'timeout', stage, ms })
    expect(clock.pending()).toBeLessThanOrEqual(1)
  })
})

describe('a dead link', () => {
  faultTest('N3', 'is noticed within 30 s of a silence that begins while live', async (t) => {
    const clock = manualClock()
    responder = await startResponder(identity)
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    watchDesk(t, desk)
    await desk.until('pinged')
    responder.change({ deaf: true })
    clock.advance(24_999)
    expect(endings()).toHaveLength(0)
    clock.advance(5_001)
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'pingTimeout' })
    expect(clock.pending()).toBe(0)
  })

  faultTest('N12', 'a message that trickles in is given ten seconds', async (t) => {
    const clock = manualClock()
    responder = await startResponder(identity)
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    watchDesk(t, desk)
    await desk.until('pinged')
    const pending = clock.pending()
    responder.sendRaw(Buffer.from([0x81, 0x05, 0x3c]))
    await vi.waitUntil(() => clock.pending() > pending)
    clock.advance(9_999)
    expect(endings()).toHaveLength(0)
    clock.advance(1)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'timeout', stage: 'live', ms: 10_000 })
  })

  faultTest(
    'X27',
    'an answer from somebody else proves nothing; an error from the server does',
    async (t) => {
      await open({ ping: 'foreign' })
      watchDesk(t, desk)
      await desk.until('ready')
      await responder.seen('urn:xmpp:ping')
      responder.send(eventFrame({ node: '/finesse/api/User/1071' }))
      await desk.until('notified')
      expect(desk.events.some(({ type }) => type === 'pinged')).toBe(false)
      desk.client.terminate()
      await responder.stop()
      await open({ ping: 'error' })
      await desk.until('pinged')
    },
  )
})

describe('several endpoints', () => {
  it('the whole way is bounded, however many there are', async () => {
    const clock = manualClock()
    responder = await startResponder(identity, { upgrade: () => true })
    const endpoints = Array.from({ length: 12 }, () => ({
      host: '127.0.0.1',
      port: responder.port,
      path: '/ws/',
    }))
    desk = openDesk(optionsFor(0, { endpoints, presenceWaitMs: 0 }), { trust, clock })
    for (let tried = 1; tried <= 9; tried += 1) {
      await vi.waitUntil(() => desk.stages().filter((line) => line === 'upgrade started').length === tried)
      clock.advance(5_000)
    }
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'timeout', ms: 45_000 })
    expect(endings()).toHaveLength(1)
  })

  it('404 on the first leads to the second', async () => {
    const absent = await startResponder(identity, {
      upgrade: (_request, socket) => {
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
        return true
      },
    })
    responder = await startResponder(identity)
    desk = openDesk(
      optionsFor(0, {
        endpoints: [
          { host: 'localhost', port: absent.port, path: '/ws/' },
          { host: 'localhost', port: responder.port, path: '/ws/' },
        ],
      }),
      { trust },
    )
    const ready = await desk.until('ready')
    await absent.stop()
    expect(ready.endpoint.port).toBe(responder.port)
    expect(desk.stages().filter((line) => line === 'upgrade failed')).toHaveLength(1)
  })

  it('a distrusted certificate, a 401 or a wrong password does not', async () => {
    const distrusted = await startResponder(await selfSigned())
    responder = await startResponder(identity)
    const endpoints = [distrusted.port, responder.port].map((port) => ({
      host: 'localhost',
      port,
      path: '/ws/',
    }))
    desk = openDesk(optionsFor(0, { endpoints }), { trust })
    const { failure } = await desk.until('ended')
    await distrusted.stop()
    expect(failure).toMatchObject({ kind: 'tls', problem: 'selfSigned', port: distrusted.port })
    expect(responder.requests).toHaveLength(0)
  })

  it('tells of the one that got furthest when none is there', async () => {
    responder = await startResponder(identity, {
      upgrade: (_request, socket) => {
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
        return true
      },
    })
    const closed = await startResponder(identity)
    await closed.stop()
    const endpoints = [responder.port, closed.port].map((port) => ({ host: '127.0.0.1', port, path: '/ws/' }))
    desk = openDesk(optionsFor(0, { endpoints }), { trust })
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'upgrade', status: 404 })
    expect(endings()).toHaveLength(1)
  })
})

describe('we end it', () => {
  it('unsubscribes, says unavailable, closes the stream, then the socket', async () => {
    await live()
    await desk.client.subscribe('/finesse/api/Team/1/Users', 'subscribeTeam')
    await desk.client.close(1_000)
    const tail = responder.received
      .slice(-4)
      .map((frame) => /<(unsubscribe|presence|close)[^>]*/.exec(frame)?.[0])
    expect(tail[0]).toContain('node="/finesse/api/User/1071" jid="1071@fin-a.example.com/desktop" subid=')
    expect(tail[1]).toContain('node="/finesse/api/Team/1/Users"')
    expect(tail[2]).toContain('type="unavailable"')
    expect(tail[3]).toContain('<close')
    expect(desk.events.at(-1)).toMatchObject({ type: 'ended', failure: { kind: 'closedByUs' } })
    expect(endings()).toHaveLength(1)
  })

  it('gives up on a deaf server after the limit', async () => {
    const clock = manualClock()
    responder = await startResponder(identity)
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    await desk.until('pinged')
    responder.change({ deaf: true })
    const closed = desk.client.close(1_000)
    clock.advance(1_000)
    await closed
    expect(desk.events.at(-1)).toMatchObject({ type: 'ended', failure: { kind: 'closedByUs' } })
  })

  it('terminates at any moment with one ending, and answers what is under way', async () => {
    await live({ subscribe: (node) => (node.includes('Team') ? 'silent' : null) })
    const asked = desk.client.subscribe('/finesse/api/Team/1/Users', 'subscribeTeam')
    desk.client.terminate()
    expect(await asked).toEqual({ ok: false, error: { kind: 'closedByUs' } })
    expect(desk.stages().at(-1)).toBe('subscribeTeam failed')
    expect(await desk.client.subscribe('/x')).toEqual({ ok: false, error: { kind: 'closedByUs' } })
    expect(endings()).toHaveLength(1)
  })

  it('before anything is connected', async () => {
    responder = await startResponder(identity)
    desk = openDesk(optionsFor(responder.port), { trust })
    await desk.client.close(1_000)
    expect(desk.events).toEqual([expect.objectContaining({ type: 'ended', failure: { kind: 'closedByUs' } })])
  })
})

describe('always', () => {
  it('whatever comes in whatever order, one ending is last and no stage stays open', async () => {
    const complaints = vi.spyOn(console, 'error')
    const acts: readonly ((target: Responder, client: Desk['client']) => void)[] = [
      (target) => target.send(eventFrame({ node: '/finesse/api/User/1071', id: String(Math.random()) })),
      (target) => target.send('<message><a></message>'),
      (target) => target.send(STREAM_ERROR(`<conflict ${CONDITION}/>`)),
      (target) => target.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>'),
      (target) => target.send('<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>'),
      (target) => target.send('<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><x/></failure>'),
      (target) => target.send('<stream:features xmlns:stream="http://etherx.jabber.org/streams"/>'),
      (target) => target.send('<iq xmlns="jabber:client" type="get" id="1"><query xmlns="x"/></iq>'),
      (target) => target.sendBinary(Buffer.from('x')),
      (target) => target.closeWith(1011),
      (target) => target.drop('fin'),
      (target) => target.drop('rst'),
      (_target, client) => void client.close(50),
      (_target, client) => void client.subscribe('/finesse/api/Team/1/Users', 'subscribeTeam'),
      (_target, client) => client.terminate(),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('<open', '<auth', 'xmpp-bind', '<presence', '<subscribe', 'urn:xmpp:ping'),
        fc.array(fc.nat(acts.length - 1), { minLength: 1, maxLength: 8 }),
        async (moment, chosen) => {
          responder = await startResponder(identity)
          desk = openDesk(optionsFor(responder.port), { trust, clock: realClock })
          await responder.seen(moment)
          for (const at of chosen) acts[at]?.(responder, desk.client)
          await desk.client.close(100)
          await responder.stop()
          expect(endings()).toHaveLength(1)
          expect(desk.events.at(-1)?.type).toBe('ended')
          const lines = desk.stages()
          const started = lines.filter((line) => line.endsWith('started'))
          expect(lines.filter((line) => !line.endsWith('started'))).toHaveLength(started.length)
        },
      ),
      { numRuns: 120 },
    )
    expect(complaints).not.toHaveBeenCalled()
  }, 60_000)

  it('no secret in anything it says', async () => {
    await open({ auth: 'failure' })
    await desk.until('ended')
    const said = JSON.stringify([desk.events, desk.logged()])
    for (const secret of [PASSWORD, Buffer.from(`\u00001071\u0000${PASSWORD}`).toString('base64'), 'Zx9!']) {
      expect(said).not.toContain(secret)
    }
  })
})
