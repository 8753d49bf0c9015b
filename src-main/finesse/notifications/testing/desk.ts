import type { FaultRun } from '../../../testing/faultTest'
import { SECRET_MARKER } from '../../../testing/secrets'
import { createTrust, type Trust } from '../../transport/trust'
import { realClock } from '../../transport/testing/clocks'
import { openNotifications, type NotificationDeps } from '../openNotifications'
import type { NotificationClient, NotificationEvent, NotificationOptions } from '../types'

export const PASSWORD = SECRET_MARKER

export interface Desk {
  readonly client: NotificationClient
  readonly events: readonly NotificationEvent[]
  /** Resolves with the first event of this type (matching, if asked), past or future. */
  until<T extends NotificationEvent['type']>(
    type: T,
    matching?: (event: Extract<NotificationEvent, { type: T }>) => boolean,
  ): Promise<Extract<NotificationEvent, { type: T }>>
  /** `stage status` in order, without the times. */
  stages(): readonly string[]
  logged(): readonly string[]
}

export const optionsFor = (
  port: number,
  changes: Partial<NotificationOptions> = {},
): NotificationOptions => ({
  endpoints: [{ host: 'localhost', port, path: '/ws/' }],
  xmppDomain: 'fin-a.example.com',
  pubsubDomain: 'pubsub.fin-a.example.com',
  loginId: '1071',
  password: PASSWORD,
  resource: 'desktop',
  authzid: 'empty',
  userNodes: ['/finesse/api/User/1071'],
  userNodeOptional: false,
  presenceWaitMs: 2_000,
  ...changes,
})

export const trusting = (ca: string): Trust => createTrust({ extraCaPem: ca, pins: [] })

/** A client with everything it says written down. */
export const openDesk = (
  options: NotificationOptions,
  deps: Partial<NotificationDeps> & { readonly trust: Trust },
): Desk => {
  const events: NotificationEvent[] = []
  const logged: string[] = []
  const listeners = new Set<() => void>()
  const client = openNotifications(
    options,
    {
      clock: realClock,
      log: (message, facts) => logged.push(`${message} ${JSON.stringify(facts)}`),
      ...deps,
    },
    (event) => {
      events.push(event)
      for (const listener of [...listeners]) listener()
    },
  )
  return {
    client,
    events,
    until: (type, matching) =>
      new Promise((resolve) => {
        const check = (): void => {
          for (const event of events) {
            if (!isOfType(event, type) || matching?.(event) === false) continue
            listeners.delete(check)
            return resolve(event)
          }
        }
        listeners.add(check)
        check()
      }),
    stages: () =>
      events.flatMap((event) =>
        event.type === 'stage' ? [`${event.report.stage} ${event.report.status}`] : [],
      ),
    logged: () => logged,
  }
}

/** All it tells is searched for the password; the loop is watched from now on. */
export const watchDesk = (t: Pick<FaultRun, 'log' | 'watch'>, desk: Desk): void => {
  t.log(() => [...desk.logged(), ...desk.events.map((event) => JSON.stringify(event))])
  t.watch()
}

const isOfType = <T extends NotificationEvent['type']>(
  event: NotificationEvent,
  type: T,
): event is Extract<NotificationEvent, { type: T }> => event.type === type
