import type { Page } from 'playwright'

interface PageElement {
  click(): void
  querySelector(selector: string): PageElement | null
}
interface PageWorld {
  readonly requestAnimationFrame: (run: (now: number) => void) => void
  readonly document: PageElement
}

const LIMIT_MS = 20_000

/**
 * From the click that asks main (`bundle.open`) to the frame in which the first row of the bundle's trace is drawn, ms.
 * The Trace tab is open; what opens it is answered at once.
 */
export const openingMs = (page: Page): Promise<number> =>
  page.evaluate(
    (limitMs) =>
      new Promise<number>((resolve, reject) => {
        const { requestAnimationFrame, document } = globalThis as unknown as PageWorld
        const began = performance.now()
        document.querySelector('[data-testid=bundle-open]')?.click()
        const look = (): void => {
          const opened = document.querySelector('[data-testid=bundle-bar]')
          const row = document.querySelector('[data-testid=trace-row] .text')
          if (performance.now() - began > limitMs) return reject(new Error('No row of the bundle came.'))
          // One more: what is in the document now is drawn with this frame.
          if (opened && row) requestAnimationFrame(() => resolve(performance.now() - began))
          else requestAnimationFrame(look)
        }
        look()
      }),
    LIMIT_MS,
  )
