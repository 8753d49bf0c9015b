import { describe, expect } from 'vitest'
import { faultTest, type FaultRun } from '../../testing/faultTest'
import { deskApart, type ClientClock } from '../testing/clientClock'
import { backOn, expectNoBug, liveDesk, signIns } from '../testing/deskScenes'
import {
  isOnline,
  isRecovering,
  isTrue,
  nodeOf,
  type FaultDesk,
  type FaultDeskOptions,
} from '../testing/faultDesk'
import { asked, askedSince, logins } from '../testing/faultScenes'

const SECONDS = 1_000
const MINUTES = 60_000
const HOURS = 60 * MINUTES

interface Sleeper {
  readonly desk: FaultDesk
  readonly clock: ClientClock
  /** The lid is closed for so long; nothing of the network is heard meanwhile. `wake` opens it. */
  fallAsleep(ms: number): Promise<void>
  wake(): void
  /** Whether what the session believes to be the time on the server is right. */
  isClockRight(): boolean
}

const sleeper = async (t: FaultRun, options: Omit<FaultDeskOptions, 'beside'> = {}): Promise<Sleeper> => {
  const { desk, clock, world } = await deskApart(t, options)
  let slept = 0
  t.watch()
  return {
    desk,
    clock,
    fallAsleep: async (ms) => {
      slept = ms
      desk.runtime.dispatch({ type: 'suspended' })
      await desk.control.proxy('A', 'blackhole')
      await desk.control.proxy('B', 'blackhole')
      await clock.sleep(ms)
    },
    wake: () => {
      desk.runtime.dispatch({ type: 'woke', asleepMs: slept })
    },
    isClockRight: () => Math.abs(desk.runtime.serverNow() - world.now()) < 250,
  }
}

/** The network is there when the lid opens: held bytes arrive, ends of connections included. */
const networkBack = async ({ desk }: Sleeper): Promise<void> => {
  await desk.control.proxy('A', 'pass')
  await desk.control.proxy('B', 'pass')
}

describe('sleep', () => {
  faultTest('T3', '10 s, the connection lives: it is proved at once and kept', async (t) => {
    const night = await sleeper(t)
    const { desk, clock } = night
    await night.fallAsleep(10 * SECONDS)
    await networkBack(night)
    const since = askedSince(desk)
    night.wake()
    expect(night.isClockRight()).toBe(true)
    const began = clock.monotonic()
    await clock.settle()
    expect(
      since({ path: '/SystemInfo' })
        .map(({ node }) => node)
        .sort(),
    ).toEqual(['A', 'B'])
    expect(clock.monotonic() - began).toBeLessThan(1_500)
    await clock.jump(5 * MINUTES)
    expect(desk.opened).toHaveLength(1)
    expect(desk.slices().session.phase).toBe('online')
    expect(night.isClockRight()).toBe(true)
    expectNoBug(desk)
  })

  for (const [name, ms] of [
    ['10 s', 10 * SECONDS],
    ['10 min', 10 * MINUTES],
    ['9 h', 9 * HOURS],
  ] as const) {
    faultTest(
      'T3',
      `${name}, the connection was reset: live again within 2 s, nothing asked of Finesse but reads`,
      async (t) => {
        const night = await sleeper(t)
        const { desk, clock } = night
        await desk.setState('READY')
        await night.fallAsleep(ms)
        const since = askedSince(desk)
        await desk.control.proxy('A', { kind: 'rst', once: true })
        await desk.control.proxy('B', 'pass')
        night.wake()
        expect(night.isClockRight()).toBe(true)
        const began = clock.monotonic()
        const spent = performance.now()
        await desk.until((view) => isOnline(view) && desk.opened.length > 1, 30 * SECONDS)
        // Without the time this machine needed for it.
        expect(clock.monotonic() - began - (performance.now() - spent)).toBeLessThan(7 * SECONDS)
        expect(nodeOf(desk.view())).toBe('A')
        expect(night.isClockRight()).toBe(true)
        await desk.until(() => isTrue(desk), 10 * SECONDS)
        // No burst: what fell due while it slept is asked once, if at all.
        expect(since({ path: '/SystemInfo' }).length).toBeLessThan(8)
        expect(since({ path: '/Dialogs' }).length).toBeLessThan(4)
        expect(since({ method: 'PUT' })).toEqual([])
        await clock.jump(10 * MINUTES)
        expect(logins(desk)).toBe(1)
        expect(desk.opened).toHaveLength(2)
        expectNoBug(desk)
      },
      { timeoutMs: 60_000 },
    )

    faultTest(
      'T3',
      `${name}, the connection is silently dead: given up after 2 s, the countdown counts from the sleep`,
      async (t) => {
        const night = await sleeper(t)
        const { desk } = night
        const fellAsleepAt = desk.runtime.serverNow()
        await night.fallAsleep(ms)
        desk.control.setFault({ name: 'silent' })
        night.wake()
        const spent = performance.now()
        const took = await desk.until(isRecovering, 10 * SECONDS)
        expect(took - (performance.now() - spent)).toBeLessThan(2_100)
        const { session } = desk.slices()
        if (session.phase !== 'recovering') throw new Error('not recovering')
        const { forcedSignOut } = session
        expect(Math.abs((forcedSignOut?.earliest ?? 0) - (fellAsleepAt + 60 * SECONDS))).toBeLessThan(
          12 * SECONDS,
        )
        expect(desk.slices().connection.pill).toBe('recovering')
        desk.control.clearFault()
        await networkBack(night)
        await desk.until(isOnline, 20 * SECONDS)
        await desk.until(() => isTrue(desk), 10 * SECONDS)
        const { agent, gap } = desk.slices()
        if (ms > 3 * MINUTES) expect(agent).toMatchObject({ state: 'NOT_READY', reason: { code: 50_002 } })
        expect(Math.abs((gap?.from ?? 0) - fellAsleepAt)).toBeLessThan(12 * SECONDS)
        expect(logins(desk)).toBe(1)
        expectNoBug(desk)
      },
      { timeoutMs: 60_000 },
    )
  }

  faultTest(
    'T3',
    '9 h on UCCX: signed out by Finesse, said with the reason, in again by one click',
    async (t) => {
      const night = await sleeper(t, { deployment: 'UCCX' })
      const { desk, clock } = night
      await night.fallAsleep(9 * HOURS)
      await desk.control.proxy('A', { kind: 'rst', once: true })
      await desk.control.proxy('B', 'pass')
      night.wake()
      await desk.until(isOnline, 30 * SECONDS)
      await desk.until(({ slices }) => slices.agent?.state === 'LOGOUT', 10 * SECONDS)
      await clock.jump(10 * MINUTES)
      expect(desk.slices().agent).toMatchObject({ state: 'LOGOUT', reason: { code: 255 } })
      expect(logins(desk)).toBe(1)
      expect(await desk.commands['session.signInAgain']({})).toMatchObject({ ok: true })
      await desk.until(({ slices }) => slices.agent?.state === 'NOT_READY', 10 * SECONDS)
    },
    { timeoutMs: 60_000 },
  )

  faultTest(
    'T3',
    'in the middle of recovering: tried within 2 s of waking, whatever was waited for',
    async (t) => {
      const night = await sleeper(t)
      const { desk, clock } = night
      await desk.control.proxy('A', 'refuse')
      await desk.control.proxy('B', 'refuse')
      await desk.until(isRecovering, 1_000)
      await clock.jump(3 * MINUTES)
      await desk.until(
        ({ slices }) => slices.session.phase === 'recovering' && slices.session.step === 'waiting',
        MINUTES,
      )
      await night.fallAsleep(HOURS)
      await networkBack(night)
      const began = clock.monotonic()
      night.wake()
      await desk.until(isOnline, 10 * SECONDS)
      expect(clock.monotonic() - began).toBeLessThan(4 * SECONDS)
      expect(night.isClockRight()).toBe(true)
    },
  )
})

describe('another network', () => {
  faultTest('T4', 'a living socket is proved at once and kept', async (t) => {
    const desk = await liveDesk(t)
    const pings = () =>
      desk.control
        .xmppLog()
        .filter(({ direction, text }) => direction === 'in' && text.includes('urn:xmpp:ping')).length
    const before = pings()
    desk.runtime.dispatch({ type: 'networkChanged' })
    await desk.clock.settle()
    expect(pings()).toBe(before + 1)
    await desk.clock.jump(10 * MINUTES)
    expect(desk.opened).toHaveLength(1)
  })

  faultTest('T4', 'a dead socket is given up after 2 s and destroyed, then live again', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'silent' })
    desk.runtime.dispatch({ type: 'networkChanged' })
    const spent = performance.now()
    const took = await desk.until(isRecovering, 10 * SECONDS)
    expect(took - (performance.now() - spent)).toBeLessThan(2_100)
    expect(desk.slices().session).toMatchObject({ cause: { code: 'pingTimeout' } })
    desk.control.clearFault()
    await backOn(desk, 'A', 10 * SECONDS)
    expect(desk.control.sessions()).toHaveLength(1)
    expect(signIns(desk)).toBe(2)
  })

  faultTest('T4', 'while recovering: tried within 2 s instead of at the end of a long wait', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.proxy('A', 'refuse')
    await desk.control.proxy('B', 'refuse')
    await desk.until(isRecovering, 1_000)
    await desk.clock.jump(3 * MINUTES)
    await desk.until(
      ({ slices }) => slices.session.phase === 'recovering' && slices.session.step === 'waiting',
      MINUTES,
    )
    await desk.control.proxy('A', 'pass')
    await desk.control.proxy('B', 'pass')
    for (let burst = 0; burst < 5; burst += 1) desk.runtime.dispatch({ type: 'networkChanged' })
    const took = await desk.until(isOnline, 10 * SECONDS)
    expect(took).toBeLessThan(4 * SECONDS)
  })
})

describe('a process that stands still', () => {
  faultTest(
    'T5',
    'for a minute, with a healthy server: no false verdict, no new connection',
    async (t) => {
      const desk = await liveDesk(t)
      t.unwatch()
      await desk.setState('READY')
      for (let times = 0; times < 3; times += 1) {
        desk.clock.freeze(60_000)
        await desk.clock.settle()
        await desk.clock.jump(60_000)
        expect(desk.slices().session.phase).toBe('online')
      }
      expect(desk.opened).toHaveLength(1)
      expect(asked(desk, { method: 'PUT' })).toHaveLength(2)
      await desk.until(() => isTrue(desk), 5 * SECONDS)
      expectNoBug(desk)
    },
    { blocksBecause: 'standing still is the fault' },
  )

  faultTest(
    'T5',
    'for a minute on a link that died: noticed within 30 s of going on',
    async (t) => {
      const desk = await liveDesk(t)
      t.unwatch()
      await desk.control.proxy('A', 'blackhole')
      desk.clock.freeze(60_000)
      const took = await desk.until(isRecovering, 40 * SECONDS)
      expect(took).toBeLessThan(30 * SECONDS)
      await backOn(desk, 'B', 50 * SECONDS)
    },
    { blocksBecause: 'standing still is the fault' },
  )
})
