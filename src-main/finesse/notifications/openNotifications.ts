import type { TLSSocket } from 'node:tls'
import type { ConnectionFailure } from '../failures'
import { guardedLinkTap } from '../guardedTap'
import { err } from '../result'
import type { StageFacts } from '../stages'
import type { LinkTap } from '../tap'
import { timeLimit } from '../timeLimit'
import { openTls } from '../transport/connect'
import type { ProxyFor } from '../transport/proxyRoute'
import type { Trust } from '../transport/trust'
import { DEADLINES, type NotificationDeadlines } from './deadlines'
import { mayTryNext, mostTelling, type FailedEndpoint } from './endpoints'
import { PING_TIMES, type PingTimes } from './heartbeat'
import { CLOSE_FRAME, createSession } from './session'
import { upgradeSocket, type Socket } from './socket'
import { createStageLog } from './stageLog'
import type { UpgradeTap } from './upgradeHeads'
import type {
  FinesseClock,
  NotificationClient,
  NotificationEndpoint,
  NotificationEvent,
  NotificationOptions,
} from './types'

export interface NotificationDeps {
  /** The decision about certificates, the same one as for REST. */
  readonly trust: Trust
  readonly clock: FinesseClock
  /** The way to the server, the same one as for REST. */
  readonly proxyFor?: ProxyFor | undefined
  /** What was ignored and why. Never a payload, never a secret. */
  readonly log?: (message: string, facts: StageFacts) => void
  /** Hears everything, before the caller does. */
  readonly tap?: LinkTap | undefined
  readonly deadlines?: Partial<NotificationDeadlines>
  readonly ping?: Partial<PingTimes>
}

/**
 * One attempt at a notification session: goes through the stages, then tells events until it ends. `on` is called
 * for the first time after this returns; `ended` is told exactly once and last. Never throws, never reconnects.
 */
export const openNotifications = (
  options: NotificationOptions,
  deps: NotificationDeps,
  on: (event: NotificationEvent) => void,
): NotificationClient => {
  const { clock, trust } = deps
  const deadlines = { ...DEADLINES, ...deps.deadlines }
  const log = deps.log ?? (() => undefined)
  const tap = guardedLinkTap(deps.tap, () => log('the tap threw', {}))
  const abort = new AbortController()
  const endpoints: NotificationEndpoint[] = [...options.endpoints]
  let endpoint: NotificationEndpoint = endpoints[0] ?? { host: '', port: 0, path: '/' }
  let socket: Socket | undefined
  let failedBefore: FailedEndpoint | undefined
  let ended: ConnectionFailure | undefined
  let closing = false
  /** Whoever hears of the stages that fail may end us once more. */
  let ending = false
  /** Counts sockets: what a left one still says is not heard. */
  let generation = 0
  const onEnded = new Set<() => void>()

  const emit = (event: NotificationEvent): void => {
    if (ended !== undefined && event.type !== 'ended') return
    if (tap !== undefined) tellTap(tap, event, clock.now())
    on(event)
  }
  const stages = createStageLog(clock, endpoint, emit)

  const session = createSession({
    options,
    clock,
    stages,
    deadlines,
    pingTimes: { ...PING_TIMES, ...deps.ping },
    send: (frame, told = frame) => {
      if (socket?.send(frame) === true) tap?.frame('sent', told, clock.now())
    },
    emit,
    ready: (jid) => {
      cancelTotal()
      emit({ type: 'ready', jid, endpoint })
    },
    pingLost: () => tap?.pingLost(clock.now()),
    fail: (failure, closeCode) => end(failure, closeCode),
    log,
  })

  /** Without a close code the peer is presumed dead and asked nothing: `close()` would wait for it. */
  const end = (failure: ConnectionFailure, closeCode?: number): void => {
    if (ending) return
    ending = true
    const cause: ConnectionFailure = closing ? { kind: 'closedByUs' } : failure
    cancelTotal()
    cancelUpgrade()
    stages.failOpen(cause)
    ended = cause
    session.stop(cause)
    abort.abort()
    generation += 1
    if (closeCode === undefined) socket?.terminate()
    else socket?.close(closeCode)
    emit({ type: 'ended', failure: cause, at: clock.now() })
    for (const resolve of onEnded) resolve()
  }

  const leaveEndpoint = (failure: ConnectionFailure, closeCode?: number): void => {
    if (ended !== undefined) return
    cancelUpgrade()
    failedBefore = mostTelling(failedBefore, { stage: stages.reached(), failure })
    const next = endpoints[0]
    if (closing || next === undefined || !mayTryNext(failure, endpoint, next)) {
      // A refusal that ends the attempt is the answer; a last endpoint that is merely absent is not.
      const final = next === undefined && mayTryNext(failure, endpoint, endpoint)
      return end(final ? failedBefore.failure : failure, closeCode)
    }
    stages.failOpen(failure)
    generation += 1
    socket?.terminate()
    socket = undefined
    void tryNext()
  }

  const tryNext = async (): Promise<void> => {
    const next = endpoints.shift()
    if (next === undefined) return end({ kind: 'internal', problem: 'No endpoint was given.' })
    endpoint = next
    stages.startEndpoint(next)
    const { host, port } = next
    const opened = await openTls({
      host,
      port,
      trust,
      clock,
      signal: abort.signal,
      proxyFor: deps.proxyFor,
      deadlines,
      report: (report) => {
        if (ended === undefined) stages.relay(report)
      },
      onChain:
        tap &&
        ((chain) => {
          if (ended === undefined) tap.chain(chain)
        }),
    })
    if (!opened.ok) return leaveEndpoint(opened.error)
    if (ended !== undefined) return void opened.value.destroy()
    upgrade(opened.value, next)
  }

  let cancelUpgrade: () => void = () => undefined
  const upgrade = (connection: TLSSocket, target: NotificationEndpoint): void => {
    generation += 1
    const mine = generation
    let upgraded = false
    const { upgradeMs } = deadlines
    stages.begin('upgrade', { path: target.path, subprotocol: 'xmpp' })
    cancelUpgrade = timeLimit(clock, upgradeMs, () =>
      leaveEndpoint({ kind: 'timeout', stage: 'upgrade', ms: upgradeMs }),
    )
    const heads: UpgradeTap | undefined = tap && {
      sent: (head) => tap.upgrade('sent', head, clock.now()),
      received: (head) => {
        if (mine === generation) tap.upgrade('received', head, clock.now())
      },
    }
    socket = upgradeSocket(connection, target, { frameMs: deadlines.frameMs, heads }, clock, {
      answered: (facts) => {
        if (mine === generation) stages.note('upgrade', facts)
      },
      upgraded: (facts) => {
        if (mine !== generation) return
        upgraded = true
        cancelUpgrade()
        stages.succeed('upgrade', facts)
        // Whoever listens may have seen enough.
        if (ended === undefined) session.start()
      },
      text: (frame) => {
        if (mine !== generation) return
        tap?.frame('received', frame, clock.now())
        session.text(frame)
      },
      failed: (failure, closeCode) => {
        if (mine !== generation) return
        if (upgraded) end(failure, closeCode)
        else leaveEndpoint(failure, closeCode)
      },
    })
  }

  const cancelTotal = timeLimit(clock, deadlines.totalMs + options.presenceWaitMs, () =>
    end({ kind: 'timeout', stage: stages.reached(), ms: deadlines.totalMs + options.presenceWaitMs }),
  )
  // Later, so that the caller holds the client before the first event.
  queueMicrotask(() => void tryNext())

  const close = async (limitMs: number): Promise<void> => {
    if (ended !== undefined) return
    const over = new Promise<void>((resolve) => onEnded.add(resolve))
    if (!closing) {
      closing = true
      const cancel = clock.after(limitMs, () => end({ kind: 'closedByUs' }))
      onEnded.add(cancel)
      if (session.isBound()) void session.signOff(limitMs / 2)
      else {
        if (socket?.send(CLOSE_FRAME) === true) tap?.frame('sent', CLOSE_FRAME, clock.now())
        end({ kind: 'closedByUs' }, 1000)
      }
    }
    return over
  }

  return {
    subscribe: (node, stage) =>
      ended === undefined ? session.subscribe(node, stage) : Promise.resolve(err(ended)),
    unsubscribe: (node) => session.unsubscribe(node),
    check: (limitMs) => session.check(limitMs),
    close,
    terminate: () => {
      closing = true
      end({ kind: 'closedByUs' })
    },
  }
}

const tellTap = (tap: LinkTap, event: NotificationEvent, at: number): void => {
  switch (event.type) {
    case 'stage':
      return tap.stage(event.report, event.endpoint)
    case 'ready':
      return tap.ready(event.jid, at)
    case 'pinged':
      return tap.ping(event.roundTripMs, event.at)
    case 'ended':
      return tap.ended(event.failure, event.at)
    default:
      return undefined
  }
}
