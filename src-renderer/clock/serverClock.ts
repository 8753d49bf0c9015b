/** Beyond this the server's time is believed over the own estimate, in ms: patches themselves travel for some. */
const TOLERANCE_MS = 250
/** A clock this far ahead of the server's time is reset at once: crawling would take longer than a shift has. */
const HOPELESS_MS = 60_000
/** While ahead, time passes at this rate: timers slow down, they never run backwards. */
const CRAWL = 0.5

export interface ServerClock {
  /** Server time in epoch ms, never less than before (except after an error beyond one minute). */
  now(): number
  /** Server time as just received. */
  hear(at: number): void
  /** Called when what was heard moved the clock: whoever shows a time shows it anew at once. */
  onMoved(listener: () => void): void
}

/**
 * Server time between messages. `monotonic` counts ms from any origin and never jumps with the wall clock
 * (`performance.now`).
 */
export const createServerClock = (monotonic: () => number, wall: () => number): ServerClock => {
  let offset = wall() - monotonic()
  let heard = false
  let last = { at: monotonic(), shown: wall() }
  const listeners: (() => void)[] = []

  const now = (): number => {
    const at = monotonic()
    const shown = Math.max(at + offset, last.shown + (at - last.at) * CRAWL)
    last = { at, shown }
    return shown
  }

  const hear = (at: number): void => {
    const off = at - (monotonic() + offset)
    if (heard && Math.abs(off) <= TOLERANCE_MS) return
    offset += off
    if (!heard || last.shown - at > HOPELESS_MS) last = { at: monotonic(), shown: at }
    heard = true
    for (const listener of listeners) listener()
  }

  return { now, hear, onMoved: (listener) => void listeners.push(listener) }
}

/** Whole seconds since `since` at the tick `second`; 0 while the tick lies before it. */
export const secondsSince = (since: number, second: number): number =>
  Math.max(0, Math.floor((second * 1000 - since) / 1000))

/** Whole seconds until `until`, rounded up; 0 when it has passed. */
export const secondsUntil = (until: number, second: number): number =>
  Math.max(0, Math.ceil((until - second * 1000) / 1000))
