import { performance } from 'node:perf_hooks'
import type { FinesseClock } from '../finesse/notifications/types'

export interface JumpClock extends FinesseClock {
  /**
   * Moves time on by `ms`. What falls due fires in order, each at its own time, and sockets settle after each: answers
   * that are under way on this machine arrive before the next timer fires.
   */
  jump(ms: number): Promise<void>
  /** Jumps from timer to timer until `done`; answers with the time it took, ms. Throws when that is not within `limitMs`. */
  jumpUntil(done: () => boolean, limitMs: number): Promise<number>
  /**
   * The process stood still for `ms` (sleep, SIGSTOP, a blocked loop): whatever fell due meanwhile fires afterwards,
   * late, in one burst, before any socket is read. That is the order of Node's loop.
   */
  freeze(ms: number): void
  /** Changes the wall clock alone, as a person or NTP does. */
  setWall(byMs: number): void
  /** Timers not yet fired or cancelled. */
  pending(): number
  /** Lets what is under way on loopback sockets arrive, without moving time. */
  settle(): Promise<void>
}

interface Timer {
  readonly due: number
  readonly order: number
  readonly run: () => void
  readonly real: NodeJS.Timeout
}

/** Each turn reads every socket once. So many in a row without any news: nothing is under way. */
const QUIET_TURNS = 24
/** What has news for so many turns is a stream, not an exchange. */
const MOST_TURNS = 4_000
/** Name look-ups and file reads run in other threads: turns alone do not wait for them. */
const THREADS = /^(GetAddrInfoReqWrap|FSReq)/
/** On a starved machine a look-up takes its time; what takes longer than this hangs. */
const THREADS_MS = 2_000
/** Beyond this a real timer would fire at once. */
const LONGEST_REAL_MS = 2 ** 31 - 1

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Sockets that were read, connected or written to, all together. */
const news = (): number => performance.nodeTiming.uvMetricsInfo.events

const untilQuiet = async (): Promise<void> => {
  let seen = news()
  let quiet = 0
  for (let turns = 0; turns < MOST_TURNS && quiet < QUIET_TURNS; turns += 1) {
    await turn()
    quiet = news() === seen ? quiet + 1 : 0
    seen = news()
  }
}

const settle = async (): Promise<void> => {
  const busy = (): boolean => process.getActiveResourcesInfo().some((name) => THREADS.test(name))
  const giveUpAt = performance.now() + THREADS_MS
  for (;;) {
    await untilQuiet()
    if (!busy() || performance.now() > giveUpAt) return
    // Turning without a pause would take the processor from the thread that is waited for.
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Real time plus jumps: sockets are real, waiting is not. Without a jump it is the machine's own clock. */
export const jumpClock = (): JumpClock => {
  let jumped = 0
  let wallShift = 0
  let count = 0
  const timers = new Set<Timer>()

  const monotonic = (): number => performance.now() + jumped
  const advanceTo = (time: number): void => {
    jumped += Math.max(0, time - monotonic())
  }
  const earliest = (until: number): Timer | undefined => {
    let found: Timer | undefined
    for (const timer of timers) {
      if (timer.due > until) continue
      if (found === undefined || timer.due < found.due) found = timer
      else if (timer.due === found.due && timer.order < found.order) found = timer
    }
    return found
  }
  const fire = (timer: Timer): void => {
    timers.delete(timer)
    clearTimeout(timer.real)
    advanceTo(timer.due)
    timer.run()
  }
  const fireDue = (until: number): void => {
    const due = [...timers].filter((timer) => timer.due <= until)
    for (const timer of due.sort((a, b) => a.due - b.due || a.order - b.order)) {
      // One that fired before may have cancelled it.
      if (timers.has(timer)) fire(timer)
    }
  }

  const after = (ms: number, run: () => void): (() => void) => {
    const wait = Math.max(0, ms)
    count += 1
    const timer: Timer = {
      due: monotonic() + wait,
      order: count,
      run,
      real: setTimeout(() => fire(timer), Math.min(wait, LONGEST_REAL_MS)),
    }
    timers.add(timer)
    return () => {
      timers.delete(timer)
      clearTimeout(timer.real)
    }
  }

  const jumpWhile = async (until: number, done: () => boolean): Promise<void> => {
    await settle()
    while (!done()) {
      const next = earliest(until)
      if (next === undefined) break
      fire(next)
      await settle()
    }
  }

  return {
    now: () => performance.timeOrigin + monotonic() + wallShift,
    monotonic,
    after,
    jump: async (ms) => {
      const until = monotonic() + ms
      await jumpWhile(until, () => false)
      advanceTo(until)
    },
    jumpUntil: async (done, limitMs) => {
      const start = monotonic()
      await jumpWhile(start + limitMs, done)
      if (!done()) throw new Error(`It did not happen within ${String(limitMs)} ms.`)
      return monotonic() - start
    },
    freeze: (ms) => {
      jumped += ms
      fireDue(monotonic())
    },
    setWall: (byMs) => {
      wallShift += byMs
    },
    pending: () => timers.size,
    settle,
  }
}
