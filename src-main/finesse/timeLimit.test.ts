import { expect, it } from 'vitest'
import { timeLimit } from './timeLimit'
import { manualClock } from './transport/testing/clocks'

const limited = (ms: number) => {
  const clock = manualClock()
  const passed: number[] = []
  const cancel = timeLimit(clock, ms, () => passed.push(clock.monotonic()))
  return { clock, passed, cancel }
}

it('passes at its time', () => {
  const { clock, passed } = limited(5_000)
  clock.advance(4_999)
  expect(passed).toEqual([])
  clock.advance(1)
  expect(passed).toEqual([5_000])
  expect(clock.pending()).toBe(0)
})

it('T5: found late, it waits a little longer, once', () => {
  const { clock, passed } = limited(5_000)
  clock.freeze(60_000)
  expect(passed).toEqual([])
  clock.freeze(60_000)
  expect(passed).toEqual([120_000])
})

it('P7: two seconds of a blocked loop are late, a busy machine is not', () => {
  const blocked = limited(5_000)
  blocked.clock.advance(4_500)
  blocked.clock.freeze(2_000)
  expect(blocked.passed).toEqual([])
  const busy = limited(5_000)
  busy.clock.freeze(5_900)
  expect(busy.passed).toHaveLength(1)
})

it('can be cancelled before and after', () => {
  const { clock, passed, cancel } = limited(100)
  clock.freeze(60_000)
  cancel()
  clock.advance(60_000)
  expect(passed).toEqual([])
  expect(clock.pending()).toBe(0)
})
