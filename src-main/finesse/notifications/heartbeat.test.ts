import { describe, expect, it } from 'vitest'
import { manualClock } from '../transport/testing/clocks'
import { PING_TIMES, startHeartbeat } from './heartbeat'

/** A link whose peer answers pings after `roundTrip` ms, or not at all (null). */
const linked = (roundTrip: number | null = 20) => {
  const clock = manualClock()
  const link = {
    clock,
    roundTrip,
    sent: [] as number[],
    deadAt: null as number | null,
    silentMs: null as number | null,
    lost: 0,
    tolerated: 0,
    answers: 0,
    /** Pings whose answers lie in the socket, unread. */
    unread: [] as Array<() => void>,
    held: false,
  }
  const heartbeat = startHeartbeat({
    clock,
    times: PING_TIMES,
    ping: (answered) => {
      link.sent.push(clock.monotonic())
      if (link.held) link.unread.push(answered)
      else if (link.roundTrip !== null) clock.after(link.roundTrip, answered)
    },
    answered: () => (link.answers += 1),
    lost: () => (link.lost += 1),
    tolerated: () => (link.tolerated += 1),
    dead: (silentMs) => {
      link.deadAt = clock.monotonic()
      link.silentMs = silentMs
    },
  })
  return { link, heartbeat }
}

const MINUTE = 60_000

/** Stands still while pings are under way; then timers run, then the socket is read, as in Node's loop. */
const freeze = (link: ReturnType<typeof linked>['link'], ms: number): void => {
  link.clock.freeze(ms)
  link.held = false
  for (const answered of link.unread.splice(0)) answered()
}

describe('the heartbeat', () => {
  it('pings at once and then every ten seconds', () => {
    const { link } = linked()
    link.clock.advance(30_000)
    expect(link.sent).toEqual([0, 10_000, 20_000, 30_000])
    expect(link.lost).toBe(0)
    expect(link.deadAt).toBeNull()
  })

  it.each([0, 1, 5_000, 9_999])(
    'N3: silence is noticed within 30 s, wherever it begins (+%i ms)',
    (offset) => {
      const { link } = linked()
      link.clock.advance(20_100 + offset)
      const cutAt = link.clock.monotonic()
      link.roundTrip = null
      link.clock.advance(MINUTE)
      expect((link.deadAt ?? Infinity) - cutAt).toBeLessThanOrEqual(30_000)
      expect(link.silentMs).toBeGreaterThanOrEqual(15_000)
      expect(link.clock.pending()).toBe(0)
    },
  )

  it('N4: unanswered pings end it within 30 s although frames still come', () => {
    const { link, heartbeat } = linked()
    link.clock.advance(20_100)
    link.roundTrip = null
    for (let at = 0; at < 30; at += 1) {
      link.clock.advance(1_000)
      heartbeat.heard()
    }
    expect(link.deadAt).not.toBeNull()
  })

  it('X25: where no ping was ever answered, frames are life enough; silence is not', () => {
    const { link, heartbeat } = linked(null)
    for (let at = 0; at < 300; at += 1) {
      link.clock.advance(1_000)
      heartbeat.heard()
    }
    expect(link.deadAt).toBeNull()
    expect(link.tolerated).toBeGreaterThan(5)
    link.clock.advance(45_000)
    expect(link.deadAt).not.toBeNull()
  })

  it('N14: four seconds of round trip are no failure', () => {
    const { link } = linked()
    link.roundTrip = 4_000
    link.clock.advance(5 * MINUTE)
    expect(link.deadAt).toBeNull()
    expect(link.answers).toBe(30)
  })

  it('a late answer counts', () => {
    const { link } = linked()
    link.clock.advance(9_000)
    link.roundTrip = 14_000
    link.clock.advance(5 * MINUTE)
    expect(link.deadAt).toBeNull()
  })

  it('two lost answers are forgiven, the third is not', () => {
    const { link } = linked()
    link.clock.advance(9_000)
    link.roundTrip = null
    link.clock.advance(12_000)
    expect(link.sent).toEqual([0, 10_000, 15_020, 20_040])
    expect(link.lost).toBe(2)
    expect(link.deadAt).toBeNull()
    link.roundTrip = 20
    link.clock.advance(5_000)
    expect(link.deadAt).toBeGreaterThan(25_000)
  })
})

describe('timers that fire late', () => {
  it.each([
    ['a blocked loop, 2 s', 6_500],
    ['a debugger, 60 s', 60_000],
    ['nine hours of sleep without a word', 32_400_000],
  ])('T5: %s is no verdict while the server answers', (_, ms) => {
    const { link } = linked()
    link.clock.advance(19_999)
    link.held = true
    link.clock.advance(1)
    freeze(link, ms)
    link.clock.advance(MINUTE)
    expect(link.deadAt).toBeNull()
    expect(link.lost).toBe(0)
    expect(link.answers).toBeGreaterThan(6)
  })

  it('T5: not even for a ping that is the third already', () => {
    const { link } = linked()
    link.clock.advance(19_000)
    link.roundTrip = null
    link.clock.advance(11_030)
    link.held = true
    link.clock.advance(20)
    expect(link.sent.at(-1)).toBe(30_040)
    link.roundTrip = 20
    freeze(link, 60_000)
    link.clock.advance(MINUTE)
    expect(link.deadAt).toBeNull()
  })

  it('T5: again and again', () => {
    const { link } = linked()
    for (let times = 0; times < 20; times += 1) {
      link.held = true
      link.clock.advance(10_000)
      freeze(link, 60_000)
      link.clock.advance(30)
    }
    expect(link.deadAt).toBeNull()
  })

  it('T5: one more ping, not more: a dead link is found all the same', () => {
    const { link } = linked()
    link.clock.advance(19_000)
    link.roundTrip = null
    link.clock.advance(1_001)
    link.clock.freeze(60_000)
    const wokeAt = link.clock.monotonic()
    link.clock.advance(MINUTE)
    expect((link.deadAt ?? Infinity) - wokeAt).toBeLessThanOrEqual(30_000)
    expect(link.clock.pending()).toBe(0)
  })

  it('T5: also where every timer is late', () => {
    const { link } = linked()
    link.clock.advance(19_000)
    link.roundTrip = null
    for (let times = 0; times < 6; times += 1) link.clock.freeze(60_000)
    expect(link.deadAt).not.toBeNull()
  })
})

describe('a check', () => {
  it('pings at once and is satisfied by the answer', () => {
    const { link, heartbeat } = linked()
    link.clock.advance(3_000)
    heartbeat.check(2_000)
    heartbeat.check(2_000)
    expect(link.sent).toEqual([0, 3_000])
    link.clock.advance(2_100)
    expect(link.deadAt).toBeNull()
    heartbeat.check(2_000)
    expect(link.sent).toEqual([0, 3_000, 5_100])
    link.clock.advance(MINUTE)
    expect(link.deadAt).toBeNull()
    expect(link.sent).toHaveLength(9)
  })

  it('ends a dead link after its limit, with nothing left behind', () => {
    const { link, heartbeat } = linked()
    link.clock.advance(3_000)
    link.roundTrip = null
    heartbeat.check(2_000)
    link.clock.advance(1_000)
    heartbeat.heard()
    heartbeat.check(2_000)
    link.clock.advance(1_019)
    expect(link.deadAt).toBeNull()
    link.clock.advance(1)
    expect(link.deadAt).toBe(5_020)
    expect(link.lost).toBe(1)
    expect(link.clock.pending()).toBe(0)
  })

  it('takes no earlier answer for its own', () => {
    const { link, heartbeat } = linked()
    link.clock.advance(9_999)
    link.held = true
    link.clock.advance(1)
    heartbeat.check(2_000)
    link.held = false
    link.unread.shift()?.()
    expect(link.answers).toBe(2)
    link.clock.advance(3_000)
    expect(link.deadAt).not.toBeNull()
  })

  it('X25: counts frames where no ping was ever answered, and silence against it', () => {
    const { link, heartbeat } = linked(null)
    heartbeat.check(2_000)
    link.clock.advance(1_000)
    heartbeat.heard()
    link.clock.advance(1_500)
    expect(link.deadAt).toBeNull()
    expect(link.tolerated).toBe(1)
    heartbeat.check(2_000)
    link.clock.advance(2_001)
    expect(link.deadAt).not.toBeNull()
  })

  it('N14: grows with the round trip', () => {
    const { link, heartbeat } = linked(4_000)
    link.clock.advance(5_000)
    heartbeat.check(2_000)
    link.clock.advance(5_999)
    expect(link.deadAt).toBeNull()
    expect(link.answers).toBe(2)
  })

  it('T5: found late, it asks once more', () => {
    const { link, heartbeat } = linked()
    link.clock.advance(3_000)
    link.held = true
    heartbeat.check(2_000)
    freeze(link, 60_000)
    link.clock.advance(MINUTE)
    expect(link.deadAt).toBeNull()
    link.roundTrip = null
    heartbeat.check(2_000)
    link.clock.freeze(60_000)
    link.clock.advance(2_100)
    expect(link.deadAt).not.toBeNull()
  })
})
