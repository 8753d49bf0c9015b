import { afterEach, beforeAll, describe, expect, vi } from 'vitest'
import { createProxy, type TcpProxy } from '../../../simulator/proxy'
import { faultTest } from '../../testing/faultTest'
import { jumpClock, type JumpClock } from '../../testing/jumpClock'
import { authority, type TestIdentity } from '../transport/testing/certificates'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, trusting, watchDesk, type Desk } from './testing/desk'
import { escapedUpdate, eventFrame, startResponder, type Responder, type Script } from './testing/responder'
import type { NotificationOptions } from './types'

const NODE = '/finesse/api/User/1071'

let identity: TestIdentity
let trust: Trust
let responder: Responder
let proxy: TcpProxy
let desk: Desk
let clock: JumpClock

beforeAll(async () => {
  const ca = await authority()
  identity = await ca.issue()
  trust = trusting(ca.cert)
})

afterEach(async () => {
  desk.client.terminate()
  await proxy.stop()
  await responder.stop()
})

const open = async (script: Script = {}, changes: Partial<NotificationOptions> = {}): Promise<void> => {
  clock = jumpClock()
  responder = await startResponder(identity, script)
  proxy = await createProxy({ target: { host: '127.0.0.1', port: responder.port }, clock })
  desk = openDesk(optionsFor(proxy.port, changes), { trust, clock })
}

const live = async (script: Script = {}): Promise<void> => {
  await open(script)
  await desk.until('pinged')
}

const ended = () => desk.events.find((event) => event.type === 'ended')
const isOver = (): boolean => ended() !== undefined
const told = () => desk.events.filter(({ type }) => type === 'notified')

describe('the connection is lost', () => {
  faultTest('N1', 'a reset is told within 250 ms, once', async (t) => {
    await live()
    watchDesk(t, desk)
    const before = performance.now()
    await proxy.set('rst')
    const { failure } = await desk.until('ended')
    expect(performance.now() - before).toBeLessThan(250)
    expect(['socket', 'closed']).toContain(failure.kind)
    expect(desk.events.filter(({ type }) => type === 'ended')).toHaveLength(1)
    expect(clock.pending()).toBe(0)
  })

  faultTest('N2', 'an end without a closing frame is told within 250 ms', async (t) => {
    await live()
    watchDesk(t, desk)
    const before = performance.now()
    await proxy.set('halfClose')
    expect((await desk.until('ended')).failure).toEqual({ kind: 'closed', code: 1006, reason: '' })
    expect(performance.now() - before).toBeLessThan(250)
    expect(clock.pending()).toBe(0)
  })

  faultTest(
    'N3',
    'silence is noticed within 30 s, and the socket destroyed without asking anybody',
    async (t) => {
      await live()
      watchDesk(t, desk)
      await proxy.set('blackhole')
      const ms = await clock.jumpUntil(isOver, 60_000)
      expect(ms).toBeLessThanOrEqual(30_000)
      expect(ended()).toMatchObject({ failure: { kind: 'pingTimeout' } })
      await vi.waitUntil(() => proxy.connections() === 0)
      expect(clock.pending()).toBe(0)
    },
  )

  faultTest('N4', 'a link that only brings us frames is noticed within 30 s', async (t) => {
    await live()
    watchDesk(t, desk)
    await proxy.set({ kind: 'blackhole', direction: 'toServer' })
    const began = clock.monotonic()
    for (let second = 0; second < 40 && !isOver(); second += 1) {
      responder.send(eventFrame({ node: NODE, id: String(second) }))
      await clock.jump(1_000)
    }
    expect(ended()).toMatchObject({ failure: { kind: 'pingTimeout' } })
    expect(clock.monotonic() - began).toBeLessThanOrEqual(31_000)
    expect(told().length).toBeGreaterThan(20)
  })

  faultTest('N12', 'a link of one byte a second is given up within 30 s, without using memory', async (t) => {
    await live()
    const before = process.memoryUsage().rss
    watchDesk(t, desk)
    await proxy.set({ kind: 'throttle', bytesPerSecond: 1, direction: 'toClient' })
    responder.send(eventFrame({ node: NODE, id: 'slow', content: escapedUpdate('x'.repeat(500_000)) }))
    expect(await clock.jumpUntil(isOver, 60_000)).toBeLessThanOrEqual(30_000)
    expect(told()).toEqual([])
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024)
  })

  for (const bytes of [1, 60, 700]) {
    faultTest('N13', `cut ${String(bytes)} bytes into a frame, nothing of it is told`, async (t) => {
      await live()
      watchDesk(t, desk)
      responder.send(eventFrame({ node: NODE, id: 'whole' }))
      await desk.until('notified')
      await proxy.set({ kind: 'cutAfter', bytes, direction: 'toClient' })
      responder.send(eventFrame({ node: NODE, id: 'half', content: escapedUpdate('y'.repeat(5_000)) }))
      await desk.until('ended')
      expect(told().map((event) => event.type === 'notified' && event.itemId)).toEqual(['whole'])
    })
  }
})

describe('the connection is slow', () => {
  faultTest('N14', 'two seconds each way: it comes up, and lives for five minutes', async (t) => {
    await open()
    watchDesk(t, desk)
    await proxy.set({ kind: 'delay', ms: 2_000 })
    await clock.jumpUntil(() => desk.events.some(({ type }) => type === 'pinged'), 120_000)
    await clock.jump(300_000)
    expect(isOver()).toBe(false)
    const trips = desk.events.flatMap((event) => (event.type === 'pinged' ? [event.roundTripMs] : []))
    expect(trips.length).toBeGreaterThan(20)
    expect(Math.min(...trips)).toBeGreaterThanOrEqual(4_000)
  })
})

describe('the server pings badly', () => {
  faultTest('X25', 'no ping is answered, events come: it lives', async (t) => {
    await open({ ping: 'silent' })
    await desk.until('ready')
    watchDesk(t, desk)
    for (let second = 0; second < 90; second += 1) {
      responder.send(eventFrame({ node: NODE, id: String(second) }))
      await clock.jump(1_000)
    }
    expect(isOver()).toBe(false)
    expect(told()).toHaveLength(90)
    expect(responder.received.filter((frame) => frame.includes('urn:xmpp:ping')).length).toBeGreaterThan(6)
  })
})

describe('after sleep, or on another network', () => {
  faultTest('T3', 'a check finds the socket that died in nine hours of sleep within 2 s', async (t) => {
    await live()
    watchDesk(t, desk)
    await proxy.set('blackhole')
    clock.freeze(32_400_000)
    desk.client.check(2_000)
    const ms = await clock.jumpUntil(isOver, 10_000)
    expect(ms).toBeLessThan(2_500)
    expect(ended()).toMatchObject({ failure: { kind: 'pingTimeout' } })
    expect(clock.pending()).toBe(0)
  })

  faultTest('T4', 'a check keeps a socket that works, and ends one that only brings us frames', async (t) => {
    await live()
    watchDesk(t, desk)
    const pings = desk.events.filter(({ type }) => type === 'pinged').length
    desk.client.check(2_000)
    await clock.jump(3_000)
    expect(desk.events.filter(({ type }) => type === 'pinged')).toHaveLength(pings + 1)
    await proxy.set({ kind: 'blackhole', direction: 'toServer' })
    desk.client.check(2_000)
    desk.client.check(2_000)
    responder.send(eventFrame({ node: NODE }))
    await desk.until('notified')
    expect(await clock.jumpUntil(isOver, 10_000)).toBeLessThan(2_500)
  })

  faultTest('T3', 'a check before the connection is ready changes nothing', async (t) => {
    await open({ bind: 'silent' })
    watchDesk(t, desk)
    await responder.seen('xmpp-bind')
    desk.client.check(100)
    await clock.jump(1_000)
    expect(isOver()).toBe(false)
  })
})

describe('timers that fire late', () => {
  for (const [name, ms] of [
    ['two seconds', 2_000],
    ['a minute', 60_000],
    ['nine hours', 32_400_000],
  ] as const)
    faultTest('T5', `${name} late, wherever the ping was: a healthy server keeps its client`, async (t) => {
      await live()
      watchDesk(t, desk)
      for (let round = 0; round < 6; round += 1) {
        // The next ping has just been sent, or is about to be, when everything stands still.
        await clock.jump(9_990)
        clock.after(10, () => undefined)
        clock.freeze(ms)
        clock.freeze(ms)
        await clock.settle()
      }
      await clock.jump(60_000)
      expect(isOver()).toBe(false)
      expect(responder.requests).toHaveLength(1)
    })

  faultTest('T5', 'two pings went unanswered, the answer to the third lies unread: it lives', async (t) => {
    await live()
    watchDesk(t, desk)
    await proxy.set('blackhole')
    await clock.jump(21_000)
    const passing = proxy.set('pass')
    clock.freeze(60_000)
    await passing
    await clock.jump(60_000)
    expect(isOver()).toBe(false)
  })

  faultTest('T5', 'half a frame read before standing still is not a slow one', async (t) => {
    await live()
    watchDesk(t, desk)
    const pending = clock.pending()
    responder.sendRaw(Buffer.from([0x81, 0x01]))
    await vi.waitUntil(() => clock.pending() > pending)
    responder.sendRaw(Buffer.from(' '))
    clock.freeze(60_000)
    await clock.settle()
    await clock.jump(20_000)
    expect(isOver()).toBe(false)
  })

  for (const script of [{ bind: 'silent' }, { auth: 'silent' }, { subscribe: () => 'silent' }] as const)
    faultTest(
      'T5',
      `standing still while signing in fails late, not at once: ${Object.keys(script).join()}`,
      async (t) => {
        await open(script)
        watchDesk(t, desk)
        await responder.seen('<auth')
        await clock.settle()
        clock.freeze(30_000)
        expect(isOver()).toBe(false)
        expect(await clock.jumpUntil(isOver, 10_000)).toBeLessThan(2_500)
        expect(ended()).toMatchObject({ failure: { kind: 'timeout' } })
      },
    )
})

describe('late and many', () => {
  faultTest(
    'X20',
    'a bind that is never answered ends after 12 s; its late answer touches nobody',
    async (t) => {
      await open({ bind: 'silent' })
      watchDesk(t, desk)
      const asked = await responder.seen('xmpp-bind')
      expect(await clock.jumpUntil(isOver, 60_000)).toBeGreaterThan(11_000)
      expect(ended()).toMatchObject({ failure: { kind: 'timeout', stage: 'bind', ms: 12_000 } })
      const first = desk
      const heard = first.events.length
      responder.change({ bind: 'result' })
      desk = openDesk(optionsFor(proxy.port), { trust, clock })
      watchDesk(t, desk)
      await desk.until('pinged')
      const id = / id="([^"]*)"/.exec(asked)?.[1] ?? ''
      responder.send(
        `<iq xmlns="jabber:client" type="error" id="${id}" from="fin-a.example.com"><error type="cancel"><conflict xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>`,
      )
      await clock.jump(30_000)
      expect(isOver()).toBe(false)
      expect(first.events).toHaveLength(heard)
    },
  )

  faultTest('X28', '10,000 events as fast as they go: each once and in order', async (t) => {
    await live()
    const count = 10_000
    const frames = Array.from({ length: count }, (_, at) => eventFrame({ node: NODE, id: `e${String(at)}` }))
    t.watch()
    for (const [at, frame] of frames.entries()) {
      responder.send(frame)
      if (at % 100 === 99) await new Promise(setImmediate)
    }
    await vi.waitUntil(() => desk.events.length > count, { timeout: 15_000 })
    t.unwatch()
    const ids = told().map((event) => (event.type === 'notified' ? event.itemId : ''))
    expect(ids).toEqual(frames.map((_, at) => `e${String(at)}`))
    expect(isOver()).toBe(false)
  })
})
