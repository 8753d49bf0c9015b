import { shallowRef, type Ref } from 'vue'
import type { ServerClock } from './serverClock'

export interface Ticker {
  /** The server's whole second; all timers show time by it, so they change together. */
  readonly second: Readonly<Ref<number>>
  stop(): void
}

/** One timer for the whole window, set anew each second so that it stays on the second's edge. */
export const startTicker = (clock: ServerClock): Ticker => {
  const second = shallowRef(Math.floor(clock.now() / 1000))
  let timer: ReturnType<typeof setTimeout>
  const tick = (): void => {
    const now = clock.now()
    second.value = Math.floor(now / 1000)
    // A few ms late rather than early: an early wake-up would tick twice for one second.
    timer = setTimeout(tick, 1003 - (now % 1000))
  }
  tick()
  clock.onMoved(() => {
    clearTimeout(timer)
    tick()
  })
  return { second, stop: () => clearTimeout(timer) }
}
