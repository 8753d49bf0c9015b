import type { BenchmarkLine } from '../line'
import { median, round } from '../statistics'
import { openFloor, openSidetone, type OpenApp } from './apps'
import { watch, type Frames } from './measure'
import { startSimulator } from '../simulator'

const MEMBERS = 2000
const ROUNDS = 3
const SECONDS = 10
const CHECK_SECONDS = 3
const UPDATES_PER_SECOND = 100

const measure = async (app: OpenApp): Promise<Frames> => {
  await app.page.bringToFront()
  // The storm outlasts the watch on both sides.
  await app.storm(SECONDS + 1)
  await app.page.waitForTimeout(500)
  const seen = await watch(app.page, SECONDS)
  await app.page.waitForTimeout(1000)
  return seen
}

/** What does not come needs no drawing: the updates are counted before anything is measured. */
const arrivalsPerSecond = async (app: OpenApp): Promise<number> => {
  await app.storm(CHECK_SECONDS + 2)
  await app.page.waitForTimeout(1000)
  const arrived = await app.arrivals(CHECK_SECONDS)
  await app.page.waitForTimeout(2000)
  return round(arrived / CHECK_SECONDS, 0)
}

const missedPercent = (rounds: readonly Frames[]): number => {
  const missed = rounds.reduce((sum, { missed: count }) => sum + count, 0)
  const frames = rounds.reduce((sum, { frames: count }) => sum + count, 0)
  return round((100 * missed) / (missed + frames), 2)
}

const totalLongTasks = (rounds: readonly Frames[]): number =>
  rounds.reduce((sum, { longTasks }) => sum + longTasks, 0)

/** 100 updates a second to a team of 2,000, default sort and a filter on, against hand-written DOM, turn by turn. */
export const roster2000 = async (): Promise<BenchmarkLine> => {
  const simulator = await startSimulator(MEMBERS)
  const apps: OpenApp[] = []
  try {
    const floor = await openFloor()
    apps.push(floor)
    const sidetone = await openSidetone(simulator)
    apps.push(sidetone)
    const arrived = await arrivalsPerSecond(sidetone)
    const seen: { floor: Frames[]; ours: Frames[] } = { floor: [], ours: [] }
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      seen.floor.push(await measure(floor))
      seen.ours.push(await measure(sidetone))
    }
    const nodes = Math.max(...seen.ours.map((frames) => frames.nodes))
    const missed = missedPercent(seen.ours)
    const longTasks = totalLongTasks(seen.ours)
    const busy = median(
      seen.ours.map((frames, index) => frames.busyMs / (seen.floor[index]?.busyMs ?? Number.NaN)),
    )
    return {
      name: 'roster-2000',
      missedPercent: missed,
      floorMissedPercent: missedPercent(seen.floor),
      longTasks,
      floorLongTasks: totalLongTasks(seen.floor),
      longestTaskMs: round(Math.max(...seen.ours.map(({ longestTaskMs }) => longestTaskMs)), 0),
      rendererTimeOverFloor: round(busy, 2),
      domNodes: nodes,
      members: MEMBERS,
      updatesPerSecond: arrived,
      seconds: ROUNDS * SECONDS,
      goal: 'missed frames at most 0.5 %, no long task, at most 600 DOM nodes',
      met: missed <= 0.5 && longTasks === 0 && nodes <= 600 && arrived >= 0.95 * UPDATES_PER_SECOND,
    }
  } finally {
    await Promise.allSettled(apps.map((app) => app.close()))
    simulator.stop()
  }
}
