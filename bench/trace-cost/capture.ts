import type { FinesseClock } from '../../src-main/finesse/notifications/types'
import type { LinkTap } from '../../src-main/finesse/tap'

export const createCapture = (_clock: FinesseClock, _password: string) => {
  const none = () => undefined
  const tap: LinkTap = {
    stage: none,
    chain: none,
    upgrade: none,
    frame: none,
    ready: none,
    ping: none,
    pingLost: none,
    ended: none,
  }
  return { tap: () => tap, kept: () => ({ traceBytes: 0, traceEntries: 0 }) }
}
