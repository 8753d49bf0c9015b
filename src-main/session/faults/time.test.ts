import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { faultTest, type FaultRun } from '../../testing/faultTest'
import { testSeed } from '../../testing/seed'
import { keyedValues } from '../keyed'
import { deskApart } from '../testing/clientClock'
import { expectNoBug, onCall } from '../testing/deskScenes'
import { isOnline, isRecovering, type FaultDesk } from '../testing/faultDesk'

const HOUR_MS = 3_600_000
/** The server's clock is nowhere near ours. */
const SERVER_AHEAD_MS = 7 * HOUR_MS

const seed = testSeed()
const seeded = `SIDETONE_SEED=${String(seed)}`

type Apart = Awaited<ReturnType<typeof deskApart>>

/** What a window computes: server time minus the server's own time of change. */
const durations = (desk: FaultDesk): readonly number[] => {
  const now = desk.runtime.serverNow()
  const since = desk.slices().agent?.since ?? now
  const calls = [...keyedValues(desk.view().collections.calls)]
  return [now - since, ...calls.map((call) => now - call.startedAt)]
}

/** Looks at the clock in every step of the session: it never goes back, and never leaves the server's. */
const watchClock = ({ desk, world }: Apart) => {
  let last = desk.runtime.serverNow()
  const wrong: string[] = []
  const look = (): void => {
    const now = desk.runtime.serverNow()
    const truth = world.now() + SERVER_AHEAD_MS
    if (now < last) wrong.push(`back by ${String(last - now)} ms`)
    if (Math.abs(now - truth) > 250) wrong.push(`off by ${String(now - truth)} ms`)
    if (durations(desk).some((ms) => ms < -250)) wrong.push(`negative: ${durations(desk).join()}`)
    last = Math.max(last, now)
  }
  desk.runtime.onChange(look)
  return { look, wrong }
}

const liveApart = async (t: FaultRun): Promise<Apart> => {
  const apart = await deskApart(t, { simulator: { clockOffsetMs: SERVER_AHEAD_MS } })
  await onCall(apart.desk)
  return apart
}

describe('the clock of this machine', () => {
  faultTest('T1', 'jumps by hours and days during a call: times stay right and never go back', async (t) => {
    const apart = await liveApart(t)
    const { desk, clock } = apart
    const { look, wrong } = watchClock(apart)
    t.watch()
    const shift = fc.oneof(
      fc.constantFrom(HOUR_MS, -HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS),
      fc.integer({ min: -48 * HOUR_MS, max: 48 * HOUR_MS }),
    )
    const steps = fc.array(
      fc.record({ shift, ms: fc.integer({ min: 0, max: 400_000 }), lost: fc.boolean() }),
      {
        minLength: 20,
        maxLength: 20,
      },
    )
    const [schedule = []] = fc.sample(steps, { numRuns: 1, seed })
    for (const step of schedule) {
      const [before = 0] = durations(desk)
      const began = clock.monotonic()
      clock.setWall(step.shift)
      look()
      if (step.lost) {
        desk.control.setFault({ name: 'resetSocket' })
        await desk.until(isRecovering, 1_000)
        clock.setWall(-step.shift)
        look()
        await desk.until(isOnline, 60_000)
      }
      await clock.jump(step.ms)
      look()
      const [after = 0] = durations(desk)
      expect(Math.abs(after - before - (clock.monotonic() - began)), seeded).toBeLessThan(250)
    }
    expect(wrong, seeded).toEqual([])
    expect(desk.slices().agent?.state).toBe('TALKING')
    expectNoBug(desk)
  })

  faultTest('T1', 'jumps while the server is being asked for the time', async (t) => {
    const apart = await liveApart(t)
    const { desk, clock } = apart
    const { look, wrong } = watchClock(apart)
    t.watch()
    desk.control.setFault({ name: 'slow', ms: 200, path: '/SystemInfo' })
    for (const shift of [HOUR_MS, -24 * HOUR_MS, 24 * HOUR_MS]) {
      desk.control.setFault({ name: 'resetSocket' })
      await desk.until(isRecovering, 1_000)
      await desk.until(
        ({ slices }) => slices.session.phase === 'recovering' && slices.session.step !== 'waiting',
        60_000,
      )
      await clock.settle()
      clock.setWall(shift)
      await desk.until(isOnline, 60_000)
      look()
      await clock.jump(60_000)
      look()
    }
    expect(wrong).toEqual([])
  })

  faultTest('T1', 'is wrong from the start, on a server that is wrong too', async (t) => {
    const apart = await deskApart(t, { simulator: { clockOffsetMs: SERVER_AHEAD_MS } })
    const { desk, clock, world } = apart
    await desk.commands['session.signOut']({ reasonCodeId: desk.slices().reasons.signOut[0]?.id ?? null })
    await desk.until(({ slices }) => slices.session.phase === 'signedOut')
    clock.setWall(-400 * 24 * HOUR_MS)
    await desk.online()
    t.watch()
    expect(Math.abs(desk.runtime.serverNow() - (world.now() + SERVER_AHEAD_MS))).toBeLessThan(250)
    for (const ms of durations(desk)) expect(ms).toBeGreaterThanOrEqual(0)
  })

  for (const [name, zone] of [
    ['summer time begins', 'Europe/Amsterdam'],
    ['summer time ends', 'America/New_York'],
    ['another time zone', 'Pacific/Kiritimati'],
  ] as const)
    faultTest('T2', `${name}: nothing moves`, async (t) => {
      const apart = await liveApart(t)
      const { desk, clock } = apart
      const { look, wrong } = watchClock(apart)
      const before = process.env.TZ
      t.after(() => {
        if (before === undefined) delete process.env.TZ
        else process.env.TZ = before
      })
      t.watch()
      const [shown = 0] = durations(desk)
      const began = clock.monotonic()
      process.env.TZ = zone
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
      look()
      // Systems that keep local time in the hardware change the clock by the hour as well.
      clock.setWall(name === 'summer time begins' ? HOUR_MS : -HOUR_MS)
      await clock.jump(10 * 60_000)
      look()
      desk.control.setFault({ name: 'resetSocket' })
      await desk.until(isRecovering, 1_000)
      await desk.until(isOnline, 60_000)
      look()
      const [after = 0] = durations(desk)
      expect(Math.abs(after - shown - (clock.monotonic() - began))).toBeLessThan(250)
      expect(wrong).toEqual([])
    })
})
