import { expect, it } from 'vitest'
import { generator } from '../statistics'
import { OUT_SECONDS, runFleet } from './fleet'
import { isMet, measureDead, measurePolled } from './index'

it('counts what reaches a node, and brings everybody back', async () => {
  const run = await runFleet(50, 'refused', generator(7))
  expect(run.back).toBe(50)
  const total = (...kinds: readonly ('systemInfo' | 'session' | 'refused')[]) =>
    run.arrivals(kinds, 0, OUT_SECONDS).reduce((sum, count) => sum + count, 0)
  expect(total('systemInfo', 'session')).toBe(0)
  expect(total('refused')).toBeGreaterThan(100)
  const sessions = run.arrivals(['session'], OUT_SECONDS, OUT_SECONDS + 60)
  expect(sessions.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(50)
})

it('asks no node more than twice as much as an even spread would after both were dead', async () => {
  expect(isMet(await measureDead(400))).toBe(true)
})

it('comes back no faster after both were out of service', async () => {
  expect(isMet(await measurePolled(2_000))).toBe(true)
})
