import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../bundle'
import { electronBinary } from '../electron'
import type { BenchmarkLine } from '../line'
import { watch, type Frames } from '../roster-2000/measure'
import { startSimulator, type RunningSimulator } from '../simulator'
import { round } from '../statistics'
import { answerWith, captured, entriesOf, openFloor, openSidetone, type OpenSidetone } from './apps'
import { openingMs } from './opening'
import { scrollAtPace, type Means, type Seen } from './scroll'
import { takeTurns } from './turns'

const ENTRIES = 100_000
const OPENINGS = 3
/** As fast as a person turns a wheel to look for something. */
const PACE_PX = 6_000
const PACE_MS = 8_000
const MEMBERS = 200
const LIVE_PER_SECOND = 1_000
const LIVE_SECONDS = 10
const MOST_OPEN_MS = 2_000
/** The window at its usual size shows 20 or so. */
const MOST_ROWS = 60

const writeShift = async (path: string): Promise<void> => {
  const writer = await bundle('trace-scroll', join(import.meta.dirname, 'worker.ts'))
  await promisify(execFile)(electronBinary(), [writer, path, String(ENTRIES)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: 240_000,
  })
}

interface Live extends Frames {
  readonly perSecond: number
}

/** The living trace under a storm, the list following the newest. */
const watchLive = async ({ page }: OpenSidetone, simulator: RunningSimulator): Promise<Live> => {
  await page.bringToFront()
  const seconds = LIVE_SECONDS + 3
  const storm = { updatesPerSecond: LIVE_PER_SECOND, seconds, except: [simulator.agent.id] }
  // Answered when it is over.
  const over = simulator.command('storm', storm)
  await page.waitForTimeout(1500)
  const [before, began] = [await captured(page), performance.now()]
  const frames = await watch(page, LIVE_SECONDS)
  const perSecond = ((await captured(page)) - before) / ((performance.now() - began) / 1000)
  await over
  await page.waitForTimeout(1000)
  return { ...frames, perSecond }
}

const openings = async ({ electron, page }: OpenSidetone, path: string): Promise<readonly number[]> => {
  await answerWith(electron, path)
  const taken: number[] = []
  for (let turn = 0; turn < OPENINGS; turn += 1) {
    if (turn > 0) {
      await page.getByTestId('bundle-close').click()
      await page.getByTestId('bundle-bar').waitFor({ state: 'hidden' })
      await page.waitForTimeout(500)
    }
    taken.push(await openingMs(page))
    await page.waitForTimeout(500)
  }
  return taken
}

const total = (seen: readonly Seen[], of: (each: Seen) => number): number =>
  seen.reduce((sum, each) => sum + of(each), 0)

/** CPU time of the page's main thread, ms. */
const perFrame = (seen: readonly Seen[]): number =>
  round(total(seen, (each) => each.cpuMs) / total(seen, (each) => each.frames), 2)

const missedBy = (seen: readonly Seen[]): Readonly<Record<Means, number>> => {
  const missed = (means: Means) =>
    total(
      seen.filter((each) => each.means === means),
      (each) => each.missed,
    )
  return {
    wheelUp: missed('wheelUp'),
    wheelDown: missed('wheelDown'),
    dragUp: missed('dragUp'),
    dragDown: missed('dragDown'),
  }
}

/**
 * A support bundle with 100,000 lines of trace in the real window, scrolled from end to end by wheel and by scrollbar,
 * against a hand-written list that has its rows in the page, turn by turn; and the living trace at 1,000 events/s.
 * Wants a quiet machine: what misses a frame when others take the processor is not told from what misses it itself.
 */
export const traceScroll = async (): Promise<BenchmarkLine> => {
  const folder = await mkdtemp(join(tmpdir(), 'sidetone-bench-'))
  const path = join(folder, 'shift.zip')
  await writeShift(path)
  const loadBefore = loadavg()[0] ?? 0
  const simulator = await startSimulator(MEMBERS)
  const closing: (() => Promise<void>)[] = []
  try {
    const sidetone = await openSidetone(simulator)
    closing.push(sidetone.close)
    const live = await watchLive(sidetone, simulator)
    const opens = await openings(sidetone, path)
    const entries = await entriesOf(sidetone.page)
    const pace = await scrollAtPace(sidetone, PACE_PX, PACE_MS)
    const floor = await openFloor()
    closing.push(floor.close)
    const seen = await takeTurns(floor, sidetone)
    const missed = total(seen.ours, (each) => each.missed)
    const floorMissed = total(seen.floor, (each) => each.missed)
    const longTasks = total(seen.ours, (each) => each.longTasks)
    const rows = Math.max(0, ...seen.ours.map(({ mostRows }) => mostRows))
    const slowest = Math.max(...opens)
    return {
      name: 'trace-scroll',
      entries,
      frames: total(seen.ours, (each) => each.frames),
      missed,
      floorMissed,
      missedBy: missedBy(seen.ours),
      floorMissedBy: missedBy(seen.floor),
      longTasks,
      floorLongTasks: total(seen.floor, (each) => each.longTasks),
      longestTaskMs: round(Math.max(0, ...seen.ours.map(({ longestTaskMs }) => longestTaskMs)), 0),
      cpuMsPerFrame: perFrame(seen.ours),
      floorCpuMsPerFrame: perFrame(seen.floor),
      waitingFrames: total(seen.ours, (each) => each.waitingFrames),
      paceFrames: pace.frames,
      paceMissed: pace.missed,
      paceWaitingFrames: pace.waitingFrames,
      mostRows: rows,
      domNodes: Math.max(0, ...seen.ours.map(({ nodes }) => nodes)),
      openMs: opens.map((ms) => round(ms, 0)),
      liveEventsPerSecond: round(live.perSecond, 0),
      liveLongTasks: live.longTasks,
      liveLongestTaskMs: round(live.longestTaskMs, 0),
      liveMissed: live.missed,
      turns: seen.ours.length,
      disturbedTurns: seen.disturbed,
      loadBefore: round(loadBefore, 2),
      goal: `through ${String(ENTRIES)} lines with no missed frame beyond the baseline's and at most ${String(MOST_ROWS)} rows, first row in less than 2 s; live at 1,000 events/s no long task`,
      met:
        entries >= ENTRIES &&
        seen.complete &&
        missed <= floorMissed &&
        rows <= MOST_ROWS &&
        slowest < MOST_OPEN_MS &&
        live.longTasks === 0 &&
        live.perSecond >= 0.95 * LIVE_PER_SECOND,
    }
  } finally {
    await Promise.allSettled(closing.map((close) => close()))
    simulator.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
