import type { FinesseClock } from '../../src-main/finesse/notifications/types'
import { createTimeline } from './timeline'

export interface VirtualClock extends FinesseClock {
  /** Lets time pass until `done`, at most to `until` (ms on the monotonic clock). Promises settle in between. */
  run(until: number, done?: () => boolean): Promise<void>
}

/** 2026-01-20 09:00 UTC, when it is 0 on the monotonic clock. */
const START = Date.UTC(2026, 0, 20, 9)

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Time without waiting, in whole milliseconds: what falls due in the same one settles together. */
export const createVirtualClock = (): VirtualClock => {
  const timeline = createTimeline()
  return {
    now: () => START + timeline.now(),
    monotonic: () => timeline.now(),
    after: (ms, run) => {
      const at = Math.ceil(timeline.now() + Math.max(0, ms))
      return timeline.after(at - timeline.now(), run)
    },
    run: async (until, done = () => false) => {
      await settle()
      for (;;) {
        const next = timeline.nextAt()
        if (done() || next === null || next > until) return
        while (timeline.step(next));
        await settle()
      }
    },
  }
}
