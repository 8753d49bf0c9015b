import * as fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConnectionFailure } from '../failures'
import { authority, selfSigned, type TestIdentity } from '../transport/testing/certificates'
import { manualClock, realClock } from '../transport/testing/clocks'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, PASSWORD, trusting, type Desk } from './testing/desk'
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

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]><message xmlns="jabber:client"><body>&b;</body></message>`

const HOSTILE: Readonly<Record<string, string>> = {
  'X1 mismatched': '<message><a></message>',
  'X1 two roots': '<message/><message/>',
  'X2 truncated': '<message><body>trunc',
  'X3 entity in text': '<message xmlns="jabber:client"><body>&bogus;</body></message>',
  'X3 entity in an attribute': '<message xmlns="jabber:client" from="&lol;"/>',
  'X4 billion laughs': LAUGHS,
  'X4 XXE': '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><message>&f;</message>',
  'X6 too deep': '<a>'.repeat(100_000),
  'X6 too many attributes': `<message ${Array.from({ length: 60_000 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`,
  'X6 too many elements': `<message>${'<a/>'.repeat(6_000)}</message>`,
  'not XML': 'not xml',
  'control character': '<message>\u0000</message>',
}

describe('a frame that must not be', () => {
  it.each(Object.entries(HOSTILE))('%s ends once, at once and cleanly', async (_name, frame) => {
    await live()
    const before = performance.now()
    responder.send(frame)
    const { failure } = await desk.until('ended')
    expect(failure.kind).toBe('malformed')
    expect(performance.now() - before).toBeLessThan(500)
    responder.send(eventFrame({ node: '/finesse/api/User/1071' }))
    expect(endings()).toHaveLength(1)
    expect(desk.events.at(-1)?.type).toBe('ended')
  })

  it('X5: a message over 1 MiB is refused by its length', async () => {
    await live()
    responder.send(`<message>${'x'.repeat(1024 * 1024)}</message>`)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'tooLarge', limitBytes: 1024 * 1024 })
  })

  it('a binary message is refused', async () => {
    await live()
    responder.sendBinary(Buffer.from('<message/>'))
    expect((await desk.until('ended')).failure.kind).toBe('malformed')
  })

  it('N27: broken WebSocket frames are refused', async () => {
    await live()
    responder.sendRaw(Buffer.from([0xf1, 0x01, 0x41]))
    expect((await desk.until('ended')).failure).toEqual({
      kind: 'malformed',
      problem: 'WS_ERR_UNEXPECTED_RSV_2_3',
    })
  })

  it('harmless ones are ignored: white space, unknown stanzas, odd names', async () => {
    await live()
    for (const frame of [
      ' ',
      '',
      '<html><body>502</body></html>',
      '<message constructor="1" toString="2"/>',
    ]) {
      responder.send(frame)
    }
    responder.send('<message xmlns="jabber:client"><__proto__ polluted="yes"/><constructor/></message>')
    responder.send(eventFrame({ node: '/finesse/api/User/1071' }))
    await desk.until('notified')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(endings()).toHaveLength(0)
  })
})

describe('the server ends it', () => {
  it.each<[string, string, ConnectionFailure]>([
    ['X22 conflict', `<conflict ${CONDITION}/>`, { kind: 'conflict' }],
    [
      'X24 system-shutdown',
      `<system-shutdown ${CONDITION}/>`,
      { kind: 'streamError', condition: 'system-shutdown', text: '' },
    ],
    [
      'X24 policy-violation with words',
      `<policy-violation ${CONDITION}/><text ${CONDITION}>Too fast.</text>`,
      { kind: 'streamError', condition: 'policy-violation', text: 'Too fast.' },
    ],
    [
      'X23 see-other-host',
      `<see-other-host ${CONDITION}>evil.example.com:443</see-other-host>`,
      { kind: 'streamError', condition: 'see-other-host', text: '' },
    ],
  ])('%s', async (_name, body, failure) => {
    await live()
    responder.send(STREAM_ERROR(body))
    responder.closeWith(1000)
    expect((await desk.until('ended')).failure).toEqual(failure)
    expect(responder.requests).toHaveLength(1)
  })

  it('X23: see-other-uri is not followed, a plain close is a close', async () => {
    await live()
    responder.send(
      '<close xmlns="urn:ietf:params:xml:ns:xmpp-framing" see-other-uri="wss://evil.example.com/ws/"/>',
    )
    expect((await desk.until('ended')).failure).toMatchObject({ condition: 'see-other-uri' })
    await responder.stop()
    await live()
    responder.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')
    expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code: 1000, reason: '' })
  })

  it.each([1001, 1012, 1013])('N27: close code %i keeps its number and reason', async (code) => {
    await live()
    responder.closeWith(code, 'later')
    expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code, reason: 'later' })
  })

  it('N2: the end of the stream without a closing frame', async () => {
    await live()
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

  it.each([200, 301, 401, 403, 404, 500, 503])('N8: answered by %i', async (status) => {
    await open(refusing(status, 'Retry-After: 7\r\nLocation: https://evil.example.com/\r\n'))
    expect((await desk.until('ended')).failure).toEqual({
      kind: 'upgrade',
      status,
      retryAfterMs: 7_000,
      location: 'https://evil.example.com/',
    })
    expect(desk.stages().at(-1)).toBe('upgrade failed')
  })

  it('asks for patience, not for giving up: beyond 24.8 days a timer would fire at once', async () => {
    await open(refusing(503, 'Retry-After: 99999999\r\n'))
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'upgrade', retryAfterMs: 3_600_000 })
  })

  it('N11: another sub-protocol', async () => {
    await open({ subprotocol: 'chat' })
    expect((await desk.until('ended')).failure).toEqual({ kind: 'subprotocol', offered: 'chat' })
  })

  it('N7: no answer within the time limit', async () => {
    const clock = manualClock()
    responder = await startResponder(identity, { upgrade: () => true })
    desk = openDesk(optionsFor(responder.port), { trust, clock })
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
  it('N3: is noticed within 30 s of a silence that begins while live', async () => {
    const clock = manualClock()
    responder = await startResponder(identity)
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    await desk.until('pinged')
    responder.change({ deaf: true })
    clock.advance(24_999)
    expect(endings()).toHaveLength(0)
    clock.advance(5_001)
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'pingTimeout' })
    expect(clock.pending()).toBe(0)
  })

  it('N12: a message that trickles in is given ten seconds', async () => {
    const clock = manualClock()
    responder = await startResponder(identity)
    desk = openDesk(optionsFor(responder.port), { trust, clock })
    await desk.until('pinged')
    const pending = clock.pending()
    responder.sendRaw(Buffer.from([0x81, 0x05, 0x3c]))
    await vi.waitUntil(() => clock.pending() > pending)
    clock.advance(9_999)
    expect(endings()).toHaveLength(0)
    clock.advance(1)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'timeout', stage: 'live', ms: 10_000 })
  })

  it('X27: an answer from somebody else proves nothing; an error from the server does', async () => {
    await open({ ping: 'foreign' })
    await desk.until('ready')
    await responder.seen('urn:xmpp:ping')
    responder.send(eventFrame({ node: '/finesse/api/User/1071' }))
    await desk.until('notified')
    expect(desk.events.some(({ type }) => type === 'pinged')).toBe(false)
    desk.client.terminate()
    await responder.stop()
    await open({ ping: 'error' })
    await desk.until('pinged')
  })
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
