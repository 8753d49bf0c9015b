import type { Page } from 'playwright'

export interface Frames {
  readonly frames: number
  readonly missed: number
  readonly longTasks: number
  readonly longestTaskMs: number
  readonly nodes: number
  /** Renderer main-thread time, ms. */
  readonly busyMs: number
}

/** What the page has and Node has not, or otherwise. */
interface PageWorld {
  readonly requestAnimationFrame: (run: (now: number) => void) => void
  readonly document: { querySelectorAll(selector: string): { readonly length: number } }
  readonly PerformanceObserver: new (
    seen: (list: { getEntries(): readonly { readonly duration: number }[] }) => void,
  ) => { observe(what: { readonly type: string }): void; disconnect(): void }
}

interface Metrics {
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}

/** Watches a page for some seconds: frames that came late, tasks over 50 ms, DOM nodes, main-thread time. */
export const watch = async (page: Page, seconds: number): Promise<Frames> => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  const busy = async (): Promise<number> => {
    const { metrics } = (await cdp.send('Performance.getMetrics')) as Metrics
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
  const before = await busy()
  const seen = await page.evaluate(
    (limitMs) =>
      new Promise<Omit<Frames, 'busyMs'>>((resolve) => {
        const { requestAnimationFrame, document, PerformanceObserver } = globalThis as unknown as PageWorld
        const frameMs = 1000 / 60
        const tasks: number[] = []
        const observer = new PerformanceObserver((entries) => {
          for (const entry of entries.getEntries()) tasks.push(entry.duration)
        })
        observer.observe({ type: 'longtask' })
        let frames = 0
        let missed = 0
        const began = performance.now()
        let last = began
        const tick = (now: number): void => {
          frames += 1
          missed += Math.max(0, Math.round((now - last) / frameMs) - 1)
          last = now
          if (now - began < limitMs) {
            requestAnimationFrame(tick)
            return
          }
          observer.disconnect()
          resolve({
            frames,
            missed,
            longTasks: tasks.length,
            longestTaskMs: Math.max(0, ...tasks),
            nodes: document.querySelectorAll('*').length,
          })
        }
        requestAnimationFrame(tick)
      }),
    seconds * 1000,
  )
  const busyMs = (await busy()) - before
  await cdp.detach()
  return { ...seen, busyMs }
}
