import type { FinesseClock } from '../finesse/notifications/types'
import { processCpuMs, watchLoop } from '../platform/loopWatch'
import { readNetwork, watchNetwork } from '../platform/network'
import type { PowerSource } from '../platform/power'
import type { SessionEvent } from '../session/events'
import type { Log } from '../session/ports'
import { followPower } from './power'

/** What the machine does around us: network, sleep, and whether it lets us run. Returns the function that ends it. */
export const watchSurroundings = (options: {
  readonly clock: FinesseClock
  readonly log: Log
  readonly powerMonitor: PowerSource
  readonly isOnline: () => boolean
  readonly dispatch: (event: SessionEvent) => void
}): (() => void) => {
  const { clock, log, dispatch } = options
  const stops = [
    watchNetwork(clock, readNetwork(options.isOnline), () => {
      log.info('networkChanged')
      dispatch({ type: 'networkChanged' })
    }),
    followPower({
      powerMonitor: options.powerMonitor,
      clock,
      dispatch: (event) => {
        log.info('power', { event: event.type, asleepMs: event.type === 'woke' ? event.asleepMs : undefined })
        dispatch(event)
      },
    }),
    watchLoop({ clock, log, cpuMs: processCpuMs }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
