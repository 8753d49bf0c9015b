import type { RunningSimulator } from '../simulator'
import type { Shift } from './shift'

const EVENTS_PER_SECOND = 5_000
/** One second of the storm; the next one waits for a window that shows it. */
const GUST = 5_000
const SHOWN_WITHIN_MS = 30_000
const LOOK_AGAIN_MS = 25

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Storm {
  /** Answers how many changes came. */
  storm(events: number): Promise<number>
  /** Time spent so far, ms. */
  busyMs(): number
}

/**
 * The team's changes, as fast as the machine shows them and no faster: a server whose events nobody reads cuts the
 * connection off after a while, which is another story.
 */
export const createStorm = (simulator: RunningSimulator, shift: Shift): Storm => {
  let busyMs = 0

  const isShown = async (): Promise<boolean> => {
    const { team } = await shift.truth()
    const newest = Math.max(...(team?.members ?? []).map(({ stateChangeTime }) => stateChangeTime ?? 0))
    const { session, members } = await shift.shown()
    if (session.phase !== 'online') return false
    return Math.max(...members.map(({ since }) => since ?? 0)) >= newest
  }

  const gust = async (events: number): Promise<number> => {
    const { updates } = await simulator.command('storm', {
      updatesPerSecond: EVENTS_PER_SECOND,
      seconds: events / EVENTS_PER_SECOND,
      except: [simulator.agent.id],
    })
    const limit = performance.now() + SHOWN_WITHIN_MS
    while (!(await isShown())) {
      if (performance.now() > limit) throw new Error('The storm is not shown.')
      await pause(LOOK_AGAIN_MS)
    }
    return Number(updates)
  }
  return {
    busyMs: () => busyMs,
    storm: async (events) => {
      const start = performance.now()
      let sent = 0
      while (sent < events) sent += await gust(Math.min(GUST, events - sent))
      busyMs += performance.now() - start
      return sent
    },
  }
}
