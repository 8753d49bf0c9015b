import type { ConnectionFailure } from '../finesse/failures'
import type { NotificationClient, NotificationOptions } from '../finesse/notifications/types'
import type { LinkTap } from '../finesse/tap'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import type { Trust } from '../finesse/transport/trust'
import type { FinesseClock } from '../finesse/notifications/types'
import type { Log, SessionPorts } from '../session/ports'

export interface NotificationOpener {
  readonly open: SessionPorts['openNotifications']
  /** Loads the XMPP code, so that the first sign-in does not wait for it. */
  preload(): Promise<void>
  /** Drops every living connection; the session sees it end and makes a new one (fault P6). */
  dropAll(): void
}

/** The notification client of the session's port; its code is loaded at first use. */
export const createNotificationOpener = (options: {
  readonly trust: Trust
  readonly clock: FinesseClock
  readonly log: Log
  readonly proxyFor: ProxyFor
  readonly onFailure: (failure: ConnectionFailure) => void
  /** Who hears what this client says and is told; undefined: nobody. */
  readonly tapFor: (request: NotificationOptions) => Promise<LinkTap | undefined>
}): NotificationOpener => {
  const { trust, clock, log, proxyFor, tapFor } = options
  const load = () => import('../finesse/notifications')
  const open = new Set<NotificationClient>()
  const dropped = new WeakSet<NotificationClient>()
  return {
    open: async (request, on) => {
      const [{ openNotifications }, tap] = await Promise.all([load(), tapFor(request)])
      const note = (
        message: string,
        facts: Readonly<Record<string, string | number | readonly string[]>>,
      ): void => log.info('notifications', { message, facts: JSON.stringify(facts) })
      const client = openNotifications(request, { trust, clock, log: note, proxyFor, tap }, (event) => {
        if (event.type !== 'ended') return on(event)
        const { failure } = event
        open.delete(client)
        options.onFailure(failure)
        // Ended by us, but not by a person: the session takes it for a loss and says what it was.
        on(dropped.has(client) ? { ...event, failure: { kind: 'internal', problem: 'fault' } } : event)
      })
      // `on` is called for the first time after this: an end cannot have come before.
      open.add(client)
      return client
    },
    preload: async () => {
      await load()
    },
    dropAll: () => {
      for (const client of [...open]) {
        dropped.add(client)
        client.terminate()
      }
    },
  }
}
