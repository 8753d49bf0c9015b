import { expect, it } from 'vitest'
import { faultTest } from '../testing/faultTest'
import { watchPage } from './pageWatch'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** A page that answers after `answersAfter`, never (null), or with a refusal. */
const setUp = (answersAfter: number | null) => {
  let now = 0
  let timers: readonly Timer[] = []
  const page = { answersAfter, asked: 0, allowed: true, hung: [] as number[] }
  const after = (ms: number, run: () => void) => {
    const timer: Timer = { at: now + ms, run }
    timers = [...timers, timer]
    return () => {
      timers = timers.filter((one) => one !== timer)
    }
  }
  const watch = watchPage({
    clock: { monotonic: () => now, after },
    ask: () => {
      page.asked += 1
      const { answersAfter: ms } = page
      return ms === null ? new Promise(() => undefined) : new Promise<void>((resolve) => after(ms, resolve))
    },
    mayAsk: () => page.allowed,
    hangs: (ms) => void page.hung.push(ms),
  })
  /** `late`: how late each timer comes, as on a machine that does not get to us. */
  const pass = async (ms: number, late = 0): Promise<void> => {
    const end = now + ms
    for (;;) {
      const next = [...timers].sort((a, b) => a.at - b.at)[0]
      if (!next || next.at > end) break
      timers = timers.filter((one) => one !== next)
      now = Math.max(now, next.at + late)
      next.run()
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    }
    now = Math.max(now, end)
  }
  watch.restart()
  return { page, watch, pass, waiting: () => timers.length }
}

faultTest('P1', 'a page that does not answer is found within 25 s, once', async (t) => {
  t.watch()
  const { page, pass } = setUp(null)
  await pass(24_999)
  expect(page.hung).toEqual([])
  await pass(1)
  expect(page.hung).toEqual([20_000])
  await pass(600_000)
  expect(page.hung).toHaveLength(1)
})

faultTest(
  'P1',
  'a page that stops answering later is found, and watched again after it was loaded anew',
  async (t) => {
    t.watch()
    const { page, watch, pass } = setUp(3)
    await pass(60_000)
    page.answersAfter = null
    await pass(30_000)
    expect(page.hung).toHaveLength(1)
    page.answersAfter = 3
    watch.restart()
    await pass(60_000)
    page.answersAfter = null
    await pass(30_000)
    expect(page.hung).toHaveLength(2)
  },
)

faultTest('P1', 'a slow page is not a hanging one: a late answer to any question counts', async (t) => {
  t.watch()
  const { page, pass } = setUp(15_000)
  await pass(600_000)
  expect(page.hung).toEqual([])
})

faultTest(
  'P1',
  'silence proves nothing while we do not run ourselves: starved, stopped, asleep',
  async (t) => {
    t.watch()
    const { page, pass } = setUp(null)
    await pass(600_000, 60_000)
    expect(page.hung).toEqual([])
    await pass(20_000)
    expect(page.hung).toHaveLength(1)
  },
)

faultTest('P1', 'a page that a person holds is not asked', async (t) => {
  t.watch()
  const { page, pass } = setUp(null)
  page.allowed = false
  await pass(600_000)
  expect(page).toMatchObject({ asked: 0, hung: [] })
  page.allowed = true
  await pass(30_000)
  expect(page.hung).toHaveLength(1)
})

it('costs one question in five seconds, and nothing after it was stopped', async () => {
  const { page, watch, pass, waiting } = setUp(1)
  await pass(60_000)
  expect(page.asked).toBe(11)
  watch.stop()
  expect(waiting()).toBeLessThanOrEqual(1)
  await pass(60_000)
  expect(page.asked).toBe(11)
})
