import type { InspectorState } from '../../src-contract/inspector'
import type { FinesseClock, NotificationOptions } from '../finesse/notifications/types'
import type { LinkTap, RestTap } from '../finesse/tap'
import type { Inspector } from '../inspector'
import type { Redactor } from '../platform/redact'
import type { Log, NodeAddress } from '../session/ports'
import type { SessionRuntime } from '../session/runtime'

/** The connection inspector, loaded when the first connection is made: an ordinary start does not wait for it. */
export interface Inspection {
  linkTap(request: NotificationOptions): Promise<LinkTap | undefined>
  restTap(node: NodeAddress): Promise<RestTap | undefined>
  inspector(): Promise<Inspector>
  preload(): Promise<void>
}

type SessionPart = Pick<SessionRuntime, 'view' | 'onChange' | 'serverNow'>

export const createInspection = (options: {
  readonly clock: FinesseClock
  readonly redactor: Redactor
  readonly log: Log
  /** Called after the session exists. */
  readonly session: () => SessionPart
  readonly show: (state: Pick<InspectorState, 'revision' | 'disconnects' | 'trace'>) => void
}): Inspection => {
  const { clock, redactor, log } = options
  let loading: Promise<Inspector> | null = null

  const failed = (error: unknown): void =>
    log.error('inspector.failed', { error: error instanceof Error ? error.name : 'error' })

  const create = async (): Promise<Inspector> => {
    const { createInspector } = await import('../inspector')
    const session = options.session()
    const inspector = createInspector({
      clock,
      serverNow: session.serverNow,
      view: session.view,
      redact: redactor.redact,
      mayHide: redactor.mayHide,
      failed,
    })
    session.onChange(inspector.sessionChanged)
    // From a timer: an error nobody caught would be answered by dropping the session's connection.
    inspector.onChange(() => {
      try {
        options.show(inspector.state())
      } catch (error) {
        failed(error)
      }
    })
    options.show(inspector.state())
    return inspector
  }
  const load = (): Promise<Inspector> => (loading ??= create())

  /** An inspector that does not load is no reason not to connect. */
  const tapped = async <T>(make: (inspector: Inspector) => T): Promise<T | undefined> => {
    try {
      return make(await load())
    } catch (error) {
      failed(error)
      return undefined
    }
  }

  return {
    linkTap: (request) =>
      tapped((inspector) => {
        const { connection, session } = options.session().view().slices
        const [first] = request.endpoints
        // Of two nodes behind one name the port tells, unless it is the notification service's own.
        const there = connection.nodes.filter(({ host }) => host === first?.host)
        const node =
          there.find(({ port }) => port === first?.port) ?? there.find(({ current }) => current) ?? there[0]
        return inspector.linkTap({
          node: node?.name ?? null,
          mode: 'identity' in session ? session.identity.mode : null,
          resource: request.resource,
        })
      }),
    restTap: ({ host, port }) => tapped((inspector) => inspector.restTap(`${host}:${String(port)}`)),
    inspector: load,
    preload: async () => {
      await tapped(() => undefined)
    },
  }
}
