import { expect, it } from 'vitest'
import { faultTest } from '../testing/faultTest'
import type { LogValue } from '../session/ports'
import { processCpuMs, watchLoop } from './loopWatch'
import { systemClock } from './clock'

type Line = Readonly<Record<string, LogValue>>

/** A loop whose next turn comes when told to. */
const loop = () => {
  const lines: Line[] = []
  let now = 0
  let cpu = 0
  let due: { at: number; run: () => void } | null = null
  const stop = watchLoop({
    clock: {
      monotonic: () => now,
      after: (ms, run) => {
        due = { at: now + ms, run }
        return () => {
          due = null
        }
      },
    },
    log: { warn: (event, fields) => void lines.push({ event, ...fields }) },
    cpuMs: () => cpu,
  })
  return {
    lines,
    stop,
    isWaiting: () => due !== null,
    turn: (lateMs: number, cpuMs: number) => {
      if (!due) return
      const { at, run } = due
      now = at + lateMs
      cpu += cpuMs
      run()
    },
  }
}

faultTest('P7', 'a block of two seconds makes one line that says how long, and whose it was', (t) => {
  t.watch()
  const { lines, turn } = loop()
  for (const late of [0, 4, 120, 900]) turn(late, 5)
  expect(lines).toEqual([])
  turn(2_000, 1_990)
  turn(60_000, 3)
  turn(0, 1)
  expect(lines).toEqual([
    { event: 'mainBlocked', ms: 2_000, cpuMs: 1_990 },
    { event: 'mainBlocked', ms: 60_000, cpuMs: 3 },
  ])
})

faultTest(
  'P7',
  'a real block is measured by the real clocks',
  async (t) => {
    t.watch()
    const lines: Line[] = []
    const stop = watchLoop({
      clock: systemClock,
      log: { warn: (event, fields) => void lines.push({ event, ...fields }) },
      cpuMs: processCpuMs,
    })
    const until = performance.now() + 2_100
    while (performance.now() < until);
    await new Promise<void>((resolve) => systemClock.after(1, resolve))
    stop()
    expect(lines).toHaveLength(1)
    expect(lines[0]?.ms).toBeGreaterThanOrEqual(1_000)
    expect(lines[0]?.cpuMs).toBeGreaterThan(500)
  },
  { blocksBecause: 'the block itself' },
)

it('ends when told to', () => {
  const { stop, isWaiting } = loop()
  expect(isWaiting()).toBe(true)
  stop()
  expect(isWaiting()).toBe(false)
})
