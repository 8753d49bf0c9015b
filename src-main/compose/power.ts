import type { FinesseClock } from '../finesse/notifications/types'
import { watchPower, type PowerSource } from '../platform/power'

/** What sleep and its end mean to the session. */
export type PowerEvent =
  | { readonly type: 'suspended' }
  | { readonly type: 'woke'; readonly asleepMs: number | null }
  | { readonly type: 'networkChanged' }

/** Tells the session about sleep, and to look after its connection when a person is back (faults T3, T6). */
export const followPower = (options: {
  readonly powerMonitor: PowerSource
  readonly clock: Pick<FinesseClock, 'now' | 'monotonic'>
  readonly dispatch: (event: PowerEvent) => void
}): (() => void) => {
  const { dispatch } = options
  return watchPower(options.powerMonitor, options.clock, {
    suspended: () => dispatch({ type: 'suspended' }),
    woke: (asleepMs) => dispatch({ type: 'woke', asleepMs }),
    unlocked: () => dispatch({ type: 'networkChanged' }),
  })
}
