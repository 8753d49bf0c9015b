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
    tolerated: 0,
    answers: 0,
  }
  const heartbeat = startHeartbeat({
    clock,
    times: PING_TIMES,
    ping: (answered) => {
      link.sent.push(clock.monotonic())
      if (link.roundTrip !== null) clock.after(link.roundTrip, answered)
    },
    answered: () => (link.answers += 1),
    tolerated: () => (link.tolerated += 1),
    dead: (silentMs) => {
      link.deadAt = clock.monotonic()
      link.silentMs = silentMs
    },
  })
  return { link, heartbeat }
}

const MINUTE = 60_000

describe('the heartbeat', () => {
  it('pings at once and then every ten seconds', () => {
    const { link } = linked()
    link.clock.advance(30_000)
    expect(link.sent).toEqual([0, 10_000, 20_000, 30_000])
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
    expect(link.deadAt).toBeNull()
    link.roundTrip = 20
    link.clock.advance(5_000)
    expect(link.deadAt).toBeGreaterThan(25_000)
  })
})
