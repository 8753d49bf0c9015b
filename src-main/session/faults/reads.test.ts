import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { expectNoBug, liveDesk, onCall } from '../testing/deskScenes'
import { faultDesk, isOnline, isRecovering, isTrue, shown, truthShown } from '../testing/faultDesk'
import { askedSince, choose, pauses } from '../testing/faultScenes'
import type { FaultDesk } from '../testing/faultDesk'

const USER = '/finesse/api/User/1001'

/** An event that cannot be read makes the session read by itself. */
const makeItRead = (desk: FaultDesk): void => {
  desk.control.publish(USER, '<Update><unfinished', 'A')
}

describe('a read that fails', () => {
  for (const [status, body] of [
    [500, 'finesse'],
    [502, 'html'],
    [504, 'empty'],
  ] as const)
    faultTest('R6', `is repeated twice after ${String(status)} (${body}), with a pause`, async (t) => {
      const desk = await liveDesk(t)
      desk.control.setFault({ name: 'restStatus', status, body, path: '/Dialogs' })
      const since = askedSince(desk)
      makeItRead(desk)
      await desk.clock.jump(1_900)
      const reads = since({ path: '/Dialogs' })
      expect(reads).toHaveLength(3)
      // Half of 500 ms, half of 1 s: chance is 0.5 here.
      const [first = 0, second = 0] = pauses(reads)
      expect(first).toBeGreaterThan(245)
      expect(second).toBeGreaterThan(first)
      desk.control.clearFault()
      expect(desk.slices().session.phase).toBe('online')
      expectNoBug(desk)
    })

  faultTest(
    'R6',
    'while connecting does not cost the connection when it works the second time',
    async (t) => {
      const desk = await liveDesk(t)
      const opened = desk.opened.length
      desk.control.setFault({ name: 'restStatus', status: 500, path: '/Dialogs', times: 2 })
      desk.control.setFault({ name: 'resetSocket' })
      await desk.until(isRecovering, 1_000)
      await desk.until(isOnline, 30_000)
      expect(desk.opened.length - opened).toBe(1)
    },
  )

  faultTest('R8', '429 or 503 with Retry-After: not asked again before that time', async (t) => {
    const desk = await liveDesk(t)
    for (const status of [429, 503]) {
      desk.control.setFault({ name: 'restStatus', status, path: '/Dialogs', retryAfter: 4, times: 1 })
      const since = askedSince(desk)
      makeItRead(desk)
      await desk.clock.jump(6_000)
      const reads = since({ path: '/Dialogs' })
      expect(reads.map((each) => each.status)).toEqual([status, 200])
      expect(pauses(reads)[0]).toBeGreaterThanOrEqual(3_995)
      await desk.clock.jump(5_000)
    }
  })

  faultTest('R8', 'Retry-After wins over our own delay when reconnecting', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'restStatus', status: 503, path: '/SystemInfo', retryAfter: 120 })
    const since = askedSince(desk)
    desk.control.setFault({ name: 'resetSocket' })
    await desk.until(isRecovering, 1_000)
    await desk.clock.jump(10 * 60_000)
    for (const node of ['A', 'B'] as const) {
      const tries = since({ node, path: '/SystemInfo' })
      expect(tries.length).toBeGreaterThan(3)
      // In one round the other node may be asked by the probe and by the try, before either is answered.
      for (const pause of pauses(tries).filter((ms) => ms > 500))
        expect(pause).toBeGreaterThanOrEqual(119_990)
    }
    desk.control.clearFault()
    await desk.until(isOnline, 130_000)
  })

  faultTest(
    'R8',
    'Retry-After holds for the node that said it, also while the other one is tried',
    async (t) => {
      const desk = await liveDesk(t)
      desk.control.setFault({
        name: 'restStatus',
        node: 'B',
        status: 503,
        path: '/SystemInfo',
        retryAfter: 120,
      })
      const since = askedSince(desk)
      await desk.control.killNode('A')
      await desk.until(isRecovering, 1_000)
      await desk.clock.jump(10 * 60_000)
      const tries = since({ node: 'B', path: '/SystemInfo' })
      expect(tries.length).toBeGreaterThan(2)
      for (const pause of pauses(tries).filter((ms) => ms > 500))
        expect(pause).toBeGreaterThanOrEqual(119_990)
      await desk.control.startNode('A')
      await desk.until(isOnline, 35_000)
    },
  )

  faultTest('R8', 'Retry-After wins over the polls of a living connection, too', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'outOfService' })
    await desk.until(({ slices }) => !slices.choices.ready.allowed, 5_000)
    desk.control.setFault({ name: 'restStatus', status: 503, path: '/SystemInfo', retryAfter: 120 })
    await desk.clock.jump(20_000)
    const since = askedSince(desk)
    await desk.clock.jump(10 * 60_000)
    const tries = since({ node: 'A', path: '/SystemInfo' })
    expect(tries.length).toBeGreaterThan(2)
    for (const pause of pauses(tries)) expect(pause).toBeGreaterThanOrEqual(119_990)
    desk.control.clearFault()
    await desk.until(() => isTrue(desk), 130_000)
  })

  for (const how of ['malformed', 'json', 'charset', 'empty'] as const)
    faultTest('R14', `a body that is ${how} is an error value; the next one repairs it`, async (t) => {
      const desk = await liveDesk(t)
      desk.control.setFault({ name: 'noEvents' })
      desk.control.setFault({ name: 'wrongBody', how })
      desk.control.supervisorForces(desk.agent.id, 'READY')
      desk.control.ringAgent(desk.agent.id)
      makeItRead(desk)
      desk.control.clearFault('noEvents')
      makeItRead(desk)
      await desk.clock.jump(10_000)
      expect(desk.slices()).toMatchObject({ session: { phase: 'online' }, agent: { state: 'NOT_READY' } })
      desk.control.clearFault()
      makeItRead(desk)
      await desk.until(() => isTrue(desk), 10_000)
      expectNoBug(desk)
    })

  faultTest('R15', 'on a kept connection that is dead is repeated on a new one', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'replyLost', method: 'GET', path: '/Dialogs', times: 1 })
    const since = askedSince(desk)
    makeItRead(desk)
    await desk.clock.jump(1_900)
    expect(since({ path: '/Dialogs' })).toHaveLength(2)
    desk.control.setFault({ name: 'resetRest' })
    await desk.clock.settle()
    await desk.setState('READY')
    expect(desk.slices().session.phase).toBe('online')
    expect(desk.opened).toHaveLength(1)
  })
})

describe('a slow read', () => {
  faultTest('R11', 'of the own state does not overwrite a later event', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'slow', ms: 4_000, path: '1001', method: 'GET' })
    makeItRead(desk)
    await desk.clock.jump(1_000)
    desk.control.supervisorForces(desk.agent.id, 'READY')
    await desk.until(({ slices }) => slices.agent?.state === 'READY', 1_000)
    const states: (string | undefined)[] = []
    desk.runtime.onChange((_, { slices }) => void states.push(slices.agent?.state))
    await desk.clock.jump(20_000)
    expect(new Set(states)).toEqual(new Set(['READY']))
  })

  faultTest('R11', 'of the calls neither removes a new call nor revives one that is over', async (t) => {
    const desk = await liveDesk(t)
    await onCall(desk)
    const calls: number[] = []
    desk.control.setFault({ name: 'slow', ms: 4_000, path: '/Dialogs', method: 'GET' })
    makeItRead(desk)
    await desk.clock.jump(1_000)
    desk.control.customerHangsUp(desk.agent.id)
    await desk.until(({ collections }) => collections.calls.size === 0, 1_000)
    desk.runtime.onChange((_, { collections }) => void calls.push(collections.calls.size))
    await desk.clock.jump(4_500)
    expect(new Set(calls)).not.toContain(1)
    desk.control.supervisorForces(desk.agent.id, 'READY')
    await desk.clock.jump(20_000)
    makeItRead(desk)
    await desk.clock.jump(1_000)
    desk.control.ringAgent(desk.agent.id)
    await desk.until(({ collections }) => collections.calls.size === 1, 1_000)
    calls.length = 0
    await desk.clock.jump(4_500)
    expect(new Set(calls)).not.toContain(0)
    expect(shown(desk.view())).toEqual(truthShown(desk))
  })

  faultTest('R16', 'of a team of 2,000: a wait mark, and nothing else waits for it', async (t) => {
    const desk = await faultDesk(t, {
      simulator: { agents: 2_000, faults: [{ name: 'slow', ms: 20_000, path: '/Team/' }] },
    })
    await desk.signIn()
    await desk.until(isOnline, 10_000)
    expect(desk.slices().team.status).toBe('loading')
    const began = desk.clock.monotonic()
    await desk.setState('READY')
    desk.control.ringAgent(desk.agent.id)
    await desk.until(({ collections }) => collections.calls.size === 1, 2_000)
    expect(desk.clock.monotonic() - began).toBeLessThan(1_500)
    expect(desk.slices().team.status).toBe('loading')
    await desk.until(({ slices }) => slices.team.status === 'ready', 30_000)
    expect(desk.view().collections.members.size).toBe(2_000)
    t.watch()
    t.unwatch()
  })
})

describe('a redirect', () => {
  faultTest('R12', 'to another host or to http is not followed, with credentials or without', async (t) => {
    const seen: string[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(String(request.headers.authorization))
      response.end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    t.after(() => new Promise((resolve) => elsewhere.close(resolve)))
    const { port } = elsewhere.address() as AddressInfo
    const desk = await liveDesk(t)
    const since = askedSince(desk)
    for (const location of [
      `http://127.0.0.1:${String(port)}${USER}`,
      `https://localhost:${String(desk.nodeB.port)}${USER}`,
    ])
      for (const status of [301, 302, 307, 308]) {
        desk.control.setFault({ name: 'redirect', node: 'A', status, location, path: '/User/' })
        await choose(desk, 'READY')
        await desk.until(({ slices }) => slices.request?.phase === 'refused')
        expect(desk.slices().request?.problem).toMatchObject({ code: 'redirected', params: { status } })
        await desk.commands['agent.dismissRefusal']({})
        makeItRead(desk)
        await desk.clock.jump(3_000)
      }
    expect(seen).toEqual([])
    expect(since({ node: 'B' }).filter(({ hasAuthorization }) => hasAuthorization)).toEqual([])
    desk.control.clearFault()
    await desk.setState('READY')
  })
})

faultTest(
  'R7',
  'a CTI failover: nothing may be asked, SystemInfo is asked more and more rarely',
  async (t) => {
    const desk = await liveDesk(t)
    const since = askedSince(desk)
    void desk.control.ctiFailover({ seconds: 120 })
    await desk.until(({ slices }) => !slices.choices.ready.allowed, 5_000)
    expect(desk.slices()).toMatchObject({
      session: { phase: 'online' },
      connection: { pill: 'degraded' },
      choices: {
        ready: { allowed: false, why: 'serverUnavailable' },
        changeReason: { allowed: false, why: 'serverUnavailable' },
      },
    })
    expect(await choose(desk, 'READY')).toMatchObject({ ok: false, error: { code: 'outOfService' } })
    await desk.clock.jump(100_000)
    expect(since().filter(({ path }) => !path.endsWith('/SystemInfo'))).toEqual([])
    for (const node of ['A', 'B'] as const) {
      const [first = 0, ...later] = pauses(since({ node, path: '/SystemInfo' }))
      expect(first).toBeGreaterThanOrEqual(2_000)
      expect(first).toBeLessThan(10_500)
      expect(later.length).toBeGreaterThan(2)
      for (const pause of later.slice(1)) expect(Math.abs(pause - 20_000)).toBeLessThan(500)
    }
    await desk.until(() => isTrue(desk) && desk.slices().choices.ready.allowed, 45_000)
    expect(desk.opened).toHaveLength(1)
    expect(desk.slices().connection.verdict).toMatchObject({ who: 'phoneSystem' })
    await desk.setState('READY')
  },
)

faultTest('R7', 'a 503 to a change is enough to know it', async (t) => {
  const desk = await liveDesk(t)
  desk.control.setFault({ name: 'restStatus', status: 503, path: '/User/' })
  desk.control.setFault({ name: 'ctiHeartbeatFailure' })
  await choose(desk, 'READY')
  await desk.until(({ slices }) => !slices.choices.ready.allowed, 1_000)
  expect(desk.slices().request).toMatchObject({ phase: 'refused', problem: { code: 'outOfService' } })
  const since = askedSince(desk)
  await desk.clock.jump(60_000)
  expect(since({ path: '1001' })).toEqual([])
  desk.control.clearFault()
  await desk.until(() => isTrue(desk) && desk.slices().choices.ready.allowed, 25_000)
})

describe('a reply without end', () => {
  for (const how of ['long', 'endless', 'gzip'] as const)
    faultTest('R13', `${how}: cut, the session lives on`, async (t) => {
      const desk = await liveDesk(t)
      t.unwatch()
      desk.control.setFault({ name: 'hugeReply', how, path: '/Dialogs' })
      const before = process.memoryUsage.rss()
      const came = () => desk.control.proxyOf('A').bytes.toClient
      const start = came()
      makeItRead(desk)
      await desk.clock.jump(30_000)
      expect(came() - start).toBeLessThan(20 * 1024 * 1024)
      expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024)
      expect(desk.slices().session.phase).toBe('online')
      desk.control.clearFault()
      await desk.setState('READY')
      await desk.until(() => isTrue(desk), 10_000)
      expect(desk.opened).toHaveLength(1)
      expectNoBug(desk)
    })
})
