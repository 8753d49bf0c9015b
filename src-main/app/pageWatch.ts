/** Time as an argument: monotonic milliseconds. */
export interface PageClock {
  monotonic(): number
  /** Returns the function that cancels it. */
  after(ms: number, run: () => void): () => void
}

export interface PageWatchOptions {
  readonly clock: PageClock
  /** A question any page answers at once, if its script runs at all. A refusal is an answer too. */
  readonly ask: () => Promise<unknown>
  /** Not while there is nobody to ask, or while a person holds the page (developer tools). */
  readonly mayAsk: () => boolean
  readonly hangs: (silentMs: number) => void
}

export interface PageWatch {
  /** From the beginning: the page is new. */
  restart(): void
  stop(): void
}

const EVERY_MS = 5_000
const ANSWER_MS = 10_000
const MISSES = 2
/** A timer this late means that we did not run ourselves, or that the machine slept: no proof against the page. */
const LATE_MS = 2_000

/**
 * Finds a page that hangs (fault P1). Chromium only says so when somebody types into it, and a window in the tray gets
 * no keys. Twice no answer within ten seconds is a hang; an answer to any question, however late, is life.
 */
export const watchPage = (options: PageWatchOptions): PageWatch => {
  const { clock } = options
  let life = 0
  let misses = 0
  let askedFirst = 0
  let cancel = (): void => undefined

  const wait = (): void => {
    cancel = clock.after(EVERY_MS, () => {
      misses = 0
      askedFirst = clock.monotonic()
      ask()
    })
  }

  const ask = (): void => {
    if (!options.mayAsk()) return wait()
    const mine = life
    const askedAt = clock.monotonic()
    const answered = (): void => {
      if (mine !== life) return
      life += 1
      cancel()
      wait()
    }
    cancel = clock.after(ANSWER_MS, () => {
      const now = clock.monotonic()
      if (now - askedAt - ANSWER_MS < LATE_MS) misses += 1
      if (misses < MISSES) return ask()
      life += 1
      options.hangs(now - askedFirst)
    })
    options.ask().then(answered, answered)
  }

  const stop = (): void => {
    life += 1
    cancel()
  }

  return {
    restart: () => {
      stop()
      wait()
    },
    stop,
  }
}
