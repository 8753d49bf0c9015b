import type { ConnectionFailure } from '../../src-main/finesse/failures'
import { PING_TIMES, startHeartbeat, type Heartbeat } from '../../src-main/finesse/notifications/heartbeat'
import type {
  NotificationClient,
  NotificationEvent,
  NotificationOptions,
} from '../../src-main/finesse/notifications/types'
import { err, ok } from '../../src-main/finesse/result'
import { NO_CONNECTION, refusedBy } from './rest'
import type { World, WorldLink } from './world'

/** TCP, TLS, upgrade, open, auth, re-open, bind, subscribe: the protocol's least (performance.md 2.1). */
const ROUND_TRIPS = 8
const SYSTEM_INFO_NODE = '/finesse/api/SystemInfo'
const RESET: ConnectionFailure = { kind: 'socket', code: 'ECONNRESET' }

/**
 * A notification connection of one client, with the app's own heartbeat. `heartbeat` off: the figures asked for do not
 * depend on pings, which are most of the work.
 */
export const openVirtualLink = (
  world: World,
  options: NotificationOptions,
  on: (event: NotificationEvent) => void,
  withHeartbeat: boolean,
): NotificationClient => {
  const { clock, roundTripMs } = world
  const [endpoint] = options.endpoints
  if (endpoint === undefined) throw new Error('No endpoint was given.')
  const node = world.nodeAt(endpoint.host)
  const cancels: (() => void)[] = []
  const later = (ms: number, run: () => void): void => void cancels.push(clock.after(ms, run))
  let heartbeat: Heartbeat | null = null
  let over = false
  let items = 0
  let ready = false
  const hears = (): boolean => node.mode === 'up' || node.mode === 'outOfService'

  const end = (failure: ConnectionFailure): void => {
    if (over) return
    over = true
    node.links.delete(link)
    heartbeat?.stop()
    for (const cancel of cancels) cancel()
    on({ type: 'ended', failure, at: clock.now() })
  }
  const link: WorldLink = {
    node,
    since: clock.monotonic(),
    reset: () => void later(roundTripMs / 2, () => end(RESET)),
    announce: (info) =>
      later(roundTripMs / 2, () => {
        if (node.mode === 'swallowed' || !ready) return
        heartbeat?.heard()
        items += 1
        const update = {
          event: 'PUT' as const,
          source: SYSTEM_INFO_NODE,
          requestId: null,
          data: { kind: 'systemInfo' as const, value: info },
        }
        on({ type: 'notified', node: SYSTEM_INFO_NODE, itemId: `s${String(items)}`, update, at: clock.now() })
      }),
  }
  const beat = (): Heartbeat =>
    startHeartbeat({
      clock,
      times: PING_TIMES,
      ping: (answered) => {
        if (!hears()) return
        later(roundTripMs, () => {
          if (hears()) answered()
        })
      },
      answered: (ms) => on({ type: 'pinged', roundTripMs: ms, at: clock.now() }),
      lost: () => undefined,
      tolerated: () => undefined,
      dead: (silentMs) => end({ kind: 'pingTimeout', silentMs }),
    })
  const connect = (): void => {
    if (node.mode === 'refused') {
      world.count(node, 'refused')
      return later(roundTripMs, () => end(refusedBy(node)))
    }
    if (!hears())
      return later(NO_CONNECTION.kind === 'timeout' ? NO_CONNECTION.ms : 0, () => end(NO_CONNECTION))
    world.count(node, 'session')
    node.links.add(link)
    later(ROUND_TRIPS * roundTripMs, () => {
      if (!hears()) return
      ready = true
      if (withHeartbeat) heartbeat = beat()
      on({ type: 'ready', jid: `${options.loginId}@${options.xmppDomain}/${options.resource}`, endpoint })
    })
    // Behind it the deadlines of the stages; the longest one counts here.
    later(PING_TIMES.noticedWithinMs, () => {
      if (!ready) end(NO_CONNECTION)
    })
  }
  queueMicrotask(connect)

  return {
    subscribe: () =>
      new Promise((resolve) => {
        if (over) return resolve(err(RESET))
        later(roundTripMs, () => resolve(ok({ subid: null })))
      }),
    unsubscribe: () => Promise.resolve(),
    check: (limitMs) => heartbeat?.check(limitMs),
    close: () => {
      end({ kind: 'closedByUs' })
      return Promise.resolve()
    },
    terminate: () => end({ kind: 'closedByUs' }),
  }
}
