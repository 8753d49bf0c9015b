import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delayBefore, pollDelayMs, serverSpreadMs } from './backOff'

const ALMOST_1 = 0.999_999
const longest = (tries: number, side: 'local' | 'server', agents: number | null = null) =>
  Math.round(delayBefore(tries, side, ALMOST_1, null, agents) / 100) / 10

describe('back-off', () => {
  // performance.md 1.6, seconds
  it.each([
    [0, 'local', null, 2],
    [1, 'local', null, 4],
    [4, 'local', null, 30],
    [0, 'server', null, 10],
    [1, 'server', null, 20],
    [2, 'server', null, 30],
    [50, 'server', null, 30],
    [0, 'server', 10, 2],
    [0, 'server', 1_000, 11],
    [0, 'server', 10_000, 20],
  ] as const)('try %s after a %s cause, %s agents: at most %s s', (tries, side, agents, seconds) => {
    expect(longest(tries, side, agents)).toBe(seconds)
  })

  it('uses the whole interval from zero', () => {
    expect(delayBefore(0, 'server', 0)).toBe(0)
    expect(delayBefore(3, 'server', 0.5)).toBe(15_000)
  })

  it('lets Retry-After win, spread by a second', () => {
    expect(delayBefore(0, 'local', 0, 45_000)).toBe(45_000)
    expect(delayBefore(9, 'server', 0.5, 45_000)).toBe(45_500)
  })

  it('starts the first try within 25 s whatever the fleet', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.double({ min: 0, max: ALMOST_1, noNaN: true }),
        (agents, random) => delayBefore(0, 'server', random, null, agents) < 25_000,
      ),
    )
    expect(serverSpreadMs(0)).toBe(2_000)
  })

  it('polls from 2 to 5 s up to 20 s', () => {
    expect(pollDelayMs(0, 0)).toBe(2_000)
    expect(pollDelayMs(0, ALMOST_1)).toBeCloseTo(5_000, -1)
    expect(pollDelayMs(9, 0)).toBe(20_000)
  })
})
