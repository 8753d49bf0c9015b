import type { FinesseClock } from '../finesse/notifications/types'
import type { LinkTap, RestTap } from '../finesse/tap'

/** Short enough that nobody sees it, long enough that a busy team's frames are masked some dozens at a time. */
const WAIT_MS = 50
const MOST = 64
/** Characters waiting; one frame may have a million. */
const MOST_TEXT = 512 * 1024

/**
 * Frames wait a moment and are masked and kept together, in order: one at a time, with other work in between, each
 * costs twice as much (benchmark trace-cost). Until then they are nowhere but here, and nobody can read them:
 * whatever reads, and whatever else is told, has the waiting ones done first.
 */
export interface Batch {
  linkTap(tap: LinkTap): LinkTap
  restTap(tap: RestTap): RestTap
  /** Before `call`, what waits is done. */
  first<A extends readonly unknown[], R>(call: (...args: A) => R): (...args: A) => R
  flush(): void
}

export const createBatch = (
  clock: Pick<FinesseClock, 'after'>,
  /** One frame that fails must not take the others along; from a timer nobody else would catch it. */
  failed: (error: unknown) => void,
): Batch => {
  let waiting: (() => void)[] = []
  let characters = 0
  let cancel: (() => void) | null = null

  const flush = (): void => {
    cancel?.()
    cancel = null
    const due = waiting
    if (due.length === 0) return
    waiting = []
    characters = 0
    for (const work of due)
      try {
        work()
      } catch (error) {
        failed(error)
      }
  }
  const first =
    <A extends readonly unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      flush()
      return call(...args)
    }

  return {
    flush,
    first,
    linkTap: (tap) => ({
      stage: first(tap.stage),
      chain: first(tap.chain),
      upgrade: first(tap.upgrade),
      ready: first(tap.ready),
      ping: first(tap.ping),
      pingLost: first(tap.pingLost),
      ended: first(tap.ended),
      frame: (direction, text, at) => {
        waiting.push(() => tap.frame(direction, text, at))
        characters += text.length
        if (waiting.length >= MOST || characters > MOST_TEXT) flush()
        else cancel ??= clock.after(WAIT_MS, flush)
      },
    }),
    restTap: (tap) => ({
      requested: first(tap.requested),
      stage: first(tap.stage),
      chain: first(tap.chain),
      answered: first(tap.answered),
      finished: first(tap.finished),
    }),
  }
}
