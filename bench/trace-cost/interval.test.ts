import { expect, it } from 'vitest'
import { meanInterval } from './interval'

it('is the interval of Student', () => {
  // Mean 3, standard error sqrt(2.5 / 5), four degrees of freedom.
  const { mean, low, high } = meanInterval([1, 2, 3, 4, 5])
  expect(mean).toBe(3)
  expect(high - mean).toBeCloseTo(2.776 * Math.sqrt(0.5), 6)
  expect(mean - low).toBeCloseTo(high - mean, 9)
})

it('is a point where nothing varies', () => {
  expect(meanInterval([2, 2, 2])).toEqual({ mean: 2, low: 2, high: 2 })
})
