import type { List } from './scroll'

export interface Coverage {
  /** At any frame. */
  readonly mostRows: number
  /** Frames in which a row in sight was not there yet. */
  readonly waitingFrames: number
}

interface Box {
  readonly top: number
  readonly bottom: number
}
interface PageElement {
  getBoundingClientRect(): Box
  querySelector(selector: string): PageElement | null
  querySelectorAll(selector: string): Iterable<PageElement>
}
interface PageWorld {
  readonly requestAnimationFrame: (run: (now: number) => void) => void
  readonly document: PageElement
}

/** What the list shows, frame by frame, for so many ms. */
export const coverage = ({ page, scroller, row, waiting }: List, ms: number): Promise<Coverage> =>
  page.evaluate(
    ([limitMs, scrollerIs, rowIs, waitingIs]) =>
      new Promise<Coverage>((resolve, reject) => {
        const { requestAnimationFrame, document } = globalThis as unknown as PageWorld
        const list = document.querySelector(scrollerIs)
        if (!list) return reject(new Error('no list'))
        const { top, bottom } = list.getBoundingClientRect()
        const isSeen = (element: PageElement): boolean => {
          const box = element.getBoundingClientRect()
          return box.bottom > top && box.top < bottom
        }
        let mostRows = 0
        let waitingFrames = 0
        const began = performance.now()
        const tick = (now: number): void => {
          const rows = [...list.querySelectorAll(rowIs)]
          mostRows = Math.max(mostRows, rows.length)
          if (rows.some((each) => each.querySelector(waitingIs) !== null && isSeen(each))) waitingFrames += 1
          if (now - began < limitMs) requestAnimationFrame(tick)
          else resolve({ mostRows, waitingFrames })
        }
        requestAnimationFrame(tick)
      }),
    [ms, scroller, row, waiting] as const,
  )
