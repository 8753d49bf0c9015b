import { describe, expect, it } from 'vitest'
import { bootstrap, median } from './statistics'

describe('the statistics of the benchmarks', () => {
  it('takes the middle', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
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
