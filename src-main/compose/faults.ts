import { createCrashBudget } from '../app/crashBudget'
import type { FaultTrap } from '../platform/faultTrap'
import type { Log } from '../session/ports'

const RESTARTS = 3
const WINDOW_MS = 5 * 60_000

/**
 * An error nobody caught (fault P6): written down, and the session goes on with a fresh connection, since nobody knows
 * what the old one missed. An error that returns every second must not become a storm of sign-ins, nor of messages:
 * after three restarts within five minutes it is only written down, and the person is told once in that time.
 */
export const answerFaults = (options: {
  readonly faults: FaultTrap
  readonly log: Log
  readonly monotonic: () => number
  readonly dropConnections: () => void
  readonly tell: () => void
}): void => {
  const { log, monotonic } = options
  const mayRestart = createCrashBudget(RESTARTS, WINDOW_MS)
  let toldAt: number | null = null
  options.faults.attach((fault) => {
    log.error(fault.kind, { name: fault.name, message: fault.message, stack: fault.stack })
    const now = monotonic()
    if (mayRestart(now)) options.dropConnections()
    if (toldAt !== null && now - toldAt < WINDOW_MS) return
    toldAt = now
    options.tell()
  })
}
