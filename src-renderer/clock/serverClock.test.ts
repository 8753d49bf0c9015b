import { describe, expect, it } from 'vitest'
import { createServerClock, secondsSince, secondsUntil } from './serverClock'

const start = (offset = 0) => {
  let at = 1000
  const clock = createServerClock(
    () => at,
    () => 5_000_000 + at,
  )
  clock.hear(5_001_000 + offset)
  return { clock, pass: (ms: number) => (at += ms) }
}

describe('server clock', () => {
  it('takes the first time it hears, however far from the own clock', () => {
    const { clock, pass } = start(-3_600_000)
    expect(clock.now()).toBe(1_401_000)
    pass(500)
    expect(clock.now()).toBe(1_401_500)
  })

  it('keeps its own estimate within the tolerance', () => {
    const { clock } = start()
    clock.hear(5_001_250)
    expect(clock.now()).toBe(5_001_000)
    clock.hear(5_001_251)
    expect(clock.now()).toBe(5_001_251)
  })

  it('never runs backwards: it crawls until the server has caught up', () => {
    const { clock, pass } = start()
    expect(clock.now()).toBe(5_001_000)
    clock.hear(5_000_000)
    expect(clock.now()).toBe(5_001_000)
    pass(1000)
    expect(clock.now()).toBe(5_001_500)
    pass(2000)
    expect(clock.now()).toBe(5_003_000)
  })

  it('gives up crawling when it is wrong by more than a minute', () => {
    const { clock } = start()
    clock.now()
    clock.hear(5_001_000 - 61_000)
    expect(clock.now()).toBe(5_001_000 - 61_000)
  })

  it('jumps forward after a sleep the monotonic clock did not see', () => {
    const { clock } = start()
    clock.hear(5_601_000)
    expect(clock.now()).toBe(5_601_000)
  })
})

describe('seconds', () => {
  it('are never negative and step once a tick', () => {
    expect([12, 13, 14].map((second) => secondsSince(12_300, second))).toEqual([0, 0, 1])
    expect([9, 10, 11].map((second) => secondsUntil(10_000, second))).toEqual([1, 0, 0])
  })
})
