import { describe, expect, it } from 'vitest'
import { bootstrap, median, percentile, slope } from './statistics'

describe('the statistics of the benchmarks', () => {
  it('takes the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
  })

  it('finds what most do not exceed', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect([percentile(hundred, 0.99), percentile(hundred, 0.5), percentile([7], 0.99)]).toEqual([99, 50, 7])
  })

  it('finds the slope through noise', () => {
    expect(
      slope([
        [0, 10],
        [1, 12],
        [2, 14],
      ]),
    ).toBe(2)
    expect(
      slope([
        [0, 1],
        [1, 3],
        [2, 1],
      ]),
    ).toBe(0)
  })

  it('encloses the median, and does so the same way each time', () => {
    const rounds = [1.0, 1.1, 0.9, 1.05, 0.95, 1.2, 0.98]
    const interval = bootstrap(rounds)
    expect(interval.median).toBe(1)
    expect(interval.low).toBeLessThanOrEqual(1)
    expect(interval.high).toBeGreaterThanOrEqual(1)
    expect(bootstrap(rounds)).toEqual(interval)
  })

  it('has no width when all rounds agree', () => {
    expect(bootstrap([2, 2, 2])).toEqual({ median: 2, low: 2, high: 2 })
  })
})
