import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import { newId, random } from '../platform/ids'
import { createNotificationOpener } from '../platform/notifications'
import { createLazyRest } from '../platform/rest'
import type { TrustBook } from '../platform/trustBook'
import type { Inspection } from './inspection'
import type { Log, SessionMemory, SessionPorts, Vault } from '../session/ports'

/** The session's ports, made of the real network, clock and chance. */
export const createBackend = (parts: {
  readonly clock: FinesseClock
  readonly log: Log
  readonly vault: Vault
  readonly trust: TrustBook
  readonly memory: SessionMemory
  readonly proxyFor: ProxyFor
  readonly inspection: Inspection
}) => {
  const { clock, log, vault, trust, memory, proxyFor, inspection } = parts
  const notifications = createNotificationOpener({
    trust,
    clock,
    log,
    proxyFor,
    onFailure: (failure) => trust.note(failure),
    tapFor: inspection.linkTap,
  })
  const loadRest = () => import('../finesse/rest/restClient')
  const ports: SessionPorts = {
    clock,
    random,
    newId,
    vault,
    log,
    memory,
    openNotifications: notifications.open,
    createRest: ({ host, port }) =>
      createLazyRest(
        async () => {
          const [{ createRestClient }, tap] = await Promise.all([
            loadRest(),
            inspection.restTap({ host, port }),
          ])
          return createRestClient({
            host,
            port,
            trust,
            clock,
            proxyFor,
            credentials: () => vault.read(),
            tap,
          })
        },
        (failure) => trust.note(failure),
      ),
  }
  return {
    ports,
    dropConnections: notifications.dropAll,
    /** In idle time, so that the first sign-in does not wait for it. */
    preload: async (): Promise<void> => {
      await notifications.preload()
      await inspection.preload()
      await loadRest()
    },
  }
}
