import { cpus } from 'node:os'
import type { Page } from 'playwright'

export interface MachineTimes {
  readonly idle: number
  readonly all: number
}

/** Of all cores since the machine's start, ms. */
export const machineTimes = (): MachineTimes =>
  cpus().reduce(
    (sum, { times }) => ({
      idle: sum.idle + times.idle,
      all: sum.all + times.idle + times.user + times.nice + times.sys + times.irq,
    }),
    { idle: 0, all: 0 },
  )

export const idleShare = (before: MachineTimes, after: MachineTimes): number =>
  (after.idle - before.idle) / Math.max(1, after.all - before.all)

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}

/** CPU time of the page's main thread from here on. */
export const pageCpu = async (page: Page): Promise<{ spentMs(): Promise<number> }> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const now = async (): Promise<number> => {
    const { metrics } = (await cdp.send('Performance.getMetrics')) as Metrics
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  const before = await now()
  return {
    spentMs: async () => {
      const spent = (await now()) - before
      await cdp.detach()
      return spent
    },
  }
}
