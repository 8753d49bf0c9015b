import { networkInterfaces } from 'node:os'
import type { FinesseClock } from '../finesse/notifications/types'

/** Reading the addresses costs a tenth of a millisecond. */
const POLL_MS = 2_000

/** The machine's addresses as one text: another network means another text. */
export const networkSignature = (
  interfaces: ReturnType<typeof networkInterfaces>,
  online: boolean,
): string => {
  const addresses = Object.entries(interfaces)
    .flatMap(([name, list]) =>
      (list ?? []).filter((entry) => !entry.internal).map((entry) => `${name}=${entry.address}`),
    )
    .sort()
  return `${String(online)} ${addresses.join(' ')}`
}

/** Calls `changed` when the way to the world changed. Neither Node nor Electron's main has an event for it. */
export const watchNetwork = (clock: FinesseClock, read: () => string, changed: () => void): (() => void) => {
  let last = read()
  let cancel = (): void => undefined
  const poll = (): void => {
    const now = read()
    const different = now !== last
    last = now
    cancel = clock.after(POLL_MS, poll)
    if (different) changed()
  }
  cancel = clock.after(POLL_MS, poll)
  return () => cancel()
}

export const readNetwork = (isOnline: () => boolean) => (): string =>
  networkSignature(networkInterfaces(), isOnline())
