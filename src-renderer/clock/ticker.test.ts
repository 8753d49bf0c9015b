import { afterEach, expect, it, vi } from 'vitest'
import { createServerClock } from './serverClock'
import { startTicker } from './ticker'

afterEach(() => {
  vi.useRealTimers()
})

it('shows the server’s second as soon as it hears of it, and goes on ticking from there', () => {
  vi.useFakeTimers({ now: 5_000_400, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  const clock = createServerClock(
    () => performance.now(),
    () => Date.now(),
  )
  const ticker = startTicker(clock)
  expect(ticker.second.value).toBe(5000)
  clock.hear(4_820_400)
  expect(ticker.second.value).toBe(4820)
  vi.advanceTimersByTime(650)
  expect(ticker.second.value).toBe(4821)
  expect(vi.getTimerCount()).toBe(1)
  ticker.stop()
})
