import { openNotifications } from '../../finesse/notifications'
import type { FinesseClock } from '../../finesse/notifications/types'
import { createRestClient } from '../../finesse/rest/restClient'
import { createTrust } from '../../finesse/transport/trust'
import type { SessionPorts } from '../ports'

const clock: FinesseClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** The session's ports with the real clients and the real clock; the log is kept as text. */
export function realPorts(extraCaPem: string | null): {
  readonly ports: SessionPorts
  readonly logged: readonly string[]
} {
  const trust = createTrust({ extraCaPem, pins: [] })
  let held: { readonly id: string; readonly password: string } | null = null
  let ids = 0
  const logged: string[] = []
  const note = (event: string, fields?: object) =>
    void logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
  const ports: SessionPorts = {
    clock,
    random: () => 0.01,
    newId: () => `r${String((ids += 1))}`,
    vault: {
      hold: (id, password) => {
        held = { id, password }
      },
      read: () => held,
      forget: () => {
        held = null
      },
    },
    log: { debug: note, info: note, warn: note, error: note },
    createRest: ({ host, port }) => createRestClient({ host, port, trust, clock, credentials: () => held }),
    openNotifications: (asked, on) => Promise.resolve(openNotifications(asked, { trust, clock }, on)),
    memory: {
      favourites: () => [],
      rememberFavourites: () => undefined,
      besideResource: () => 'sidetone-test',
      pins: () => [],
      partner: () => null,
      rememberPartner: () => undefined,
    },
  }
  return { ports, logged }
}
