import { expect, it } from 'vitest'
import { generator } from '../statistics'
import { runOutage } from './outage'
import { outageTotal } from './index'

it('takes as long as the links of the model need', async () => {
  const refused = await runOutage('refused', 100, 40_000, () => 0)
  // The reset 50 ms, the closed port 100, then the other node: SystemInfo 300, session 800, reads 100.
  expect(refused.noticedMs).toBe(50)
  expect(refused.totalMs).toBeGreaterThan(1_000)
  expect(refused.totalMs).toBeLessThan(2_500)
})

it('notices a silent link by its pings only', async () => {
  const { noticedMs, totalMs } = await runOutage('swallowed', 100, 40_000, generator(1))
  expect(noticedMs).toBeGreaterThan(15_000)
  expect(noticedMs).toBeLessThanOrEqual(30_000)
  expect(totalMs).toBeGreaterThan(noticedMs ?? Infinity)
})

it('has every agent back before Finesse signs them out', async () => {
  expect(await outageTotal()).toMatchObject({ met: true })
}, 60_000)
