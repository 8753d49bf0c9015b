import type { FinesseClock } from '../finesse/notifications/types'
import type { Log } from '../session/ports'

const EVERY_MS = 1_000
const LATE_MS = 1_000

/**
 * Notices that this process did not run for a while (fault P7): a timer that comes late tells by how much. `cpuMs` of
 * the line says whose fault it was: about as long as the block means our own code, near nothing means that the machine
 * was busy, stopped or asleep. Returns the function that ends it.
 */
export const watchLoop = (options: {
  readonly clock: Pick<FinesseClock, 'monotonic' | 'after'>
  readonly log: Pick<Log, 'warn'>
  /** CPU time this process has used so far, ms. */
  readonly cpuMs: () => number
}): (() => void) => {
  const { clock, log, cpuMs } = options
  let cancel = (): void => undefined
  const wait = (): void => {
    const due = clock.monotonic() + EVERY_MS
    const cpuBefore = cpuMs()
    cancel = clock.after(EVERY_MS, () => {
      const late = clock.monotonic() - due
      if (late >= LATE_MS)
        log.warn('mainBlocked', { ms: Math.round(late), cpuMs: Math.round(cpuMs() - cpuBefore) })
      wait()
    })
  }
  wait()
  return () => cancel()
}

export const processCpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
