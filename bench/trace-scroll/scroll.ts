import type { Page } from 'playwright'
import { watch, type Frames } from '../roster-2000/measure'
import { coverage, type Coverage } from './coverage'
import { machineTimes, idleShare, pageCpu } from './load'

export interface List {
  readonly page: Page
  /** Selectors: what scrolls, its rows, and what stands in a row that is not there yet. */
  readonly scroller: string
  readonly row: string
  readonly waiting: string
}

interface Watched extends Frames, Coverage {
  /** Of the page's main thread; what others do meanwhile is not in it. */
  readonly cpuMs: number
  /** Of the whole machine's time, 0 to 1. */
  readonly idle: number
}

export interface Seen extends Watched {
  readonly means: Means
}
export const MEANS = ['wheelUp', 'wheelDown', 'dragUp', 'dragDown'] as const
export type Means = (typeof MEANS)[number]

interface Place {
  readonly top: number
  readonly most: number
  readonly barPx: number
}

const placeOf = (list: List): Promise<Place> =>
  list.page.locator(list.scroller).evaluate((element) => {
    const { scrollTop, scrollHeight, clientHeight, offsetWidth, clientWidth } = element as unknown as Record<
      'scrollTop' | 'scrollHeight' | 'clientHeight' | 'offsetWidth' | 'clientWidth',
      number
    >
    return { top: scrollTop, most: scrollHeight - clientHeight, barPx: offsetWidth - clientWidth }
  })

const STEP_MS = 1000 / 60
/** Wheels stop with a slide. */
const SLIDE_MS = 700
/** Inside of the thumb, at either end. */
const GRIP_PX = 10

/** `step` is told how much of the way is due, 60 times a second; a late timer makes it up. */
const overTime = async (ms: number, step: (part: number) => Promise<void>): Promise<void> => {
  const began = performance.now()
  for (let part = 0; part < 1;) {
    const wait = STEP_MS - ((performance.now() - began) % STEP_MS)
    await new Promise((resolve) => setTimeout(resolve, wait))
    part = Math.min(1, (performance.now() - began) / ms)
    await step(part)
  }
}

const boxOf = async (list: List) => {
  const box = await list.page.locator(list.scroller).boundingBox()
  if (!box) throw new Error('There is no list to scroll.')
  return box
}

const wheelBy = async (list: List, px: number, ms: number): Promise<void> => {
  const box = await boxOf(list)
  await list.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  let turned = 0
  await overTime(ms, async (part) => {
    const due = Math.round(part * px)
    await list.page.mouse.wheel(0, due - turned)
    turned = due
  })
}

const wheel = async (list: List, down: boolean, ms: number): Promise<void> => {
  // More than the way: the end is the end.
  const px = (await placeOf(list)).most + 1000
  await wheelBy(list, down ? px : -px, ms)
}

const drag = async (list: List, down: boolean, ms: number): Promise<void> => {
  const [{ barPx }, box] = [await placeOf(list), await boxOf(list)]
  const x = box.x + box.width - barPx / 2
  const [first, last] = down ? [box.y + GRIP_PX, box.y + box.height] : [box.y + box.height - GRIP_PX, box.y]
  await list.page.mouse.move(x, first)
  await list.page.mouse.down()
  await overTime(ms, (part) => list.page.mouse.move(x, first + (last - first) * part))
  await list.page.mouse.up()
}

const RUN: Readonly<Record<Means, (list: List, ms: number) => Promise<void>>> = {
  wheelUp: (list, ms) => wheel(list, false, ms),
  wheelDown: (list, ms) => wheel(list, true, ms),
  dragUp: (list, ms) => drag(list, false, ms),
  dragDown: (list, ms) => drag(list, true, ms),
}

const watchDuring = async (list: List, ms: number, scrolling: () => Promise<void>): Promise<Watched> => {
  const watchedMs = ms + SLIDE_MS
  await list.page.bringToFront()
  const cpu = await pageCpu(list.page)
  const before = machineTimes()
  const [frames, seen] = await Promise.all([
    watch(list.page, watchedMs / 1000),
    coverage(list, watchedMs),
    scrolling(),
  ])
  const idle = idleShare(before, machineTimes())
  return { ...frames, ...seen, idle, cpuMs: await cpu.spentMs() }
}

/** Up from where it is by a wheel turned briskly, and as far down again: so many px a second. */
export const scrollAtPace = async (list: List, pxPerSecond: number, ms: number): Promise<Watched> => {
  const px = (pxPerSecond * ms) / 2000
  return watchDuring(list, ms, async () => {
    await wheelBy(list, -px, ms / 2)
    await wheelBy(list, px, ms / 2)
  })
}

/** From one end of the list to the other in so many ms, watched all the way; throws when the other end is not reached. */
export const scrollThrough = async (list: List, means: Means, ms: number): Promise<Seen> => {
  const seen = await watchDuring(list, ms, () => RUN[means](list, ms))
  const { top, most } = await placeOf(list)
  const end = means.endsWith('Up') ? 0 : most
  if (Math.abs(top - end) > 2) throw new Error(`${means} ended at ${String(top)} of ${String(most)} px.`)
  return { ...seen, means }
}
