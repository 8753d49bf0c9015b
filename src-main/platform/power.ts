import type { EventEmitter } from 'node:events'
import type { FinesseClock } from '../finesse/notifications/types'

/** Electron's `powerMonitor`, or anything that emits `suspend`, `resume` and `unlock-screen`. */
export type PowerSource = Pick<EventEmitter, 'on' | 'off'>

export interface PowerListener {
  /** The machine is about to sleep: nothing more can be sent. */
  suspended(): void
  /**
   * Awake again. `asleepMs`: the part of the wall clock that the monotonic clock did not see (it stands still in
   * sleep on Linux and macOS); null when nobody knows, because the beginning was missed or the clock was set back.
   */
  woke(asleepMs: number | null): void
  /** Somebody is back at the machine: a good moment to look after the connection. Locking itself means nothing. */
  unlocked(): void
}

type Times = Readonly<{ wall: number; monotonic: number }>

/** Returns the function that stops it. */
export const watchPower = (
  source: PowerSource,
  clock: Pick<FinesseClock, 'now' | 'monotonic'>,
  listener: PowerListener,
): (() => void) => {
  const read = (): Times => ({ wall: clock.now(), monotonic: clock.monotonic() })
  let fellAsleep: Times | null = null

  const asleepMs = (): number | null => {
    if (fellAsleep === null) return null
    const now = read()
    const ms = now.wall - fellAsleep.wall - (now.monotonic - fellAsleep.monotonic)
    return ms < 0 ? null : ms
  }

  const listeners: readonly (readonly [string, () => void])[] = [
    [
      'suspend',
      () => {
        fellAsleep = read()
        listener.suspended()
      },
    ],
    [
      'resume',
      () => {
        const ms = asleepMs()
        fellAsleep = null
        listener.woke(ms)
      },
    ],
    ['unlock-screen', () => listener.unlocked()],
  ]
  for (const [event, run] of listeners) source.on(event, run)
  return () => {
    for (const [event, run] of listeners) source.off(event, run)
  }
}
