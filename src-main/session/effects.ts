import type { ConnectionFailure } from '../finesse/failures'
import type { NotificationClient, NotificationOptions } from '../finesse/notifications/types'
import { err, ok } from '../finesse/result'
import type { RestClient, RestFailure, RestResult, SystemInfoAnswer } from '../finesse/rest/types'
import { endpointsOf, teamNode, userNodesOf } from './connection/nodes'
import type { Effect, SessionEvent } from './events'
import type { NodeAddress, SessionPorts } from './ports'
import { createRetry } from './retry'

/** How long to wait for the presence of `finesse@` before going on without it (4.5). */
const PRESENCE_WAIT_MS = 3_000

/** Less than this is the drift of two clocks that both run. */
const CLOCK_STEP_MS = 20

const messageOf = (error: unknown): string => (error instanceof Error ? error.name : 'error')

const internal = (error: unknown): ConnectionFailure => ({ kind: 'internal', problem: messageOf(error) })

const crashed = (error: unknown): { readonly ok: false; readonly error: RestFailure } =>
  err({ kind: 'connection', failure: internal(error) })

interface LiveLink {
  readonly gen: number
  client: NotificationClient | null
  /** The state let go of it, maybe before the client existed. */
  dropped: boolean
}

export interface EffectRunner {
  run(effect: Effect): void
  /** Lets go of everything at once. */
  terminate(): void
}

/**
 * Carries effects out through the ports. Answers become events; an exception becomes the failure of the step that
 * threw it, never more.
 */
export function createEffectRunner(
  ports: SessionPorts,
  dispatch: (event: SessionEvent) => void,
): EffectRunner {
  const rests = new Map<string, RestClient>()
  const aborts = new Map<number, AbortController>()
  const timers = new Map<string, () => void>()
  let link: LiveLink | null = null

  const rest = ({ host, port }: NodeAddress): RestClient => {
    const key = `${host}:${String(port)}`
    const known = rests.get(key) ?? ports.createRest({ host, port })
    rests.set(key, known)
    return known
  }

  /** Takes the time out of an answer when the wall clock was set, or the machine slept, while it was awaited (T1). */
  const watchWallClock = () => {
    const lead = (): number => ports.clock.now() - ports.clock.monotonic()
    const before = lead()
    return (result: RestResult<SystemInfoAnswer>): RestResult<SystemInfoAnswer> =>
      result.ok && Math.abs(lead() - before) >= CLOCK_STEP_MS
        ? ok({ ...result.value, clockOffsetMs: null })
        : result
  }

  const signal = (gen: number): AbortSignal => {
    const known = aborts.get(gen) ?? new AbortController()
    aborts.set(gen, known)
    return known.signal
  }

  const retry = createRetry(ports)

  /** A read, repeated where that may help. */
  function read<T>(
    { gen, node }: { readonly gen: number; readonly node: NodeAddress },
    call: (client: RestClient, abort: AbortSignal) => Promise<RestResult<T>>,
  ): Promise<RestResult<T>> {
    const abort = signal(gen)
    return retry(abort, () => call(rest(node), abort))
  }

  /** `call` may throw at once or later: both are bugs elsewhere and answers here. */
  function answer<R>(
    call: () => Promise<R>,
    toEvent: (result: R) => SessionEvent,
    failed: (error: unknown) => R,
  ): void {
    const settle = (result: R) => {
      dispatch(toEvent(result))
    }
    const fail = (error: unknown) => {
      ports.log.error('effect.failed', { error: messageOf(error) })
      settle(failed(error))
    }
    try {
      call().then(settle, fail)
    } catch (error) {
      fail(error)
    }
  }

  const optionsFor = (
    effect: Extract<Effect, { type: 'openLink' }>,
    password: string,
  ): NotificationOptions => ({
    endpoints: endpointsOf(effect.link.node.address),
    xmppDomain: effect.link.facts.xmppDomain,
    pubsubDomain: effect.link.facts.pubsubDomain,
    loginId: effect.account.loginId,
    password,
    resource: effect.account.resource,
    authzid: 'bareJid',
    userNodes: userNodesOf(effect.account.loginId),
    userNodeOptional: true,
    presenceWaitMs: PRESENCE_WAIT_MS,
  })

  function dropLink(gen: number): void {
    if (link === null || link.gen !== gen) return
    const old = link
    link = null
    old.dropped = true
    old.client?.terminate()
  }

  function openLink(effect: Extract<Effect, { type: 'openLink' }>): void {
    const mine: LiveLink = { gen: effect.link.gen, client: null, dropped: false }
    const report = (event: Extract<SessionEvent, { type: 'linkReported' }>['event']) => {
      // The password is good: two reads will follow at once (13.4).
      if (event.type === 'stage' && event.report.stage === 'auth' && event.report.status === 'succeeded')
        rest(effect.link.node.address).warm()
      if (!mine.dropped) dispatch({ type: 'linkReported', gen: mine.gen, event })
    }
    const endedBy = (failure: ConnectionFailure) => {
      report({ type: 'ended', failure, at: ports.clock.now() })
    }
    if (link !== null) dropLink(link.gen)
    link = mine
    const held = ports.vault.read()
    if (held === null) {
      endedBy({ kind: 'auth', condition: 'no-password' })
      return
    }
    ports.openNotifications(optionsFor(effect, held.password), report).then(
      (client) => {
        if (mine.dropped) client.terminate()
        else mine.client = client
      },
      (error: unknown) => {
        ports.log.error('effect.failed', { error: messageOf(error) })
        endedBy(internal(error))
      },
    )
  }

  function checkLink(gen: number, limitMs: number): void {
    if (link?.gen === gen) link.client?.check(limitMs)
  }

  function closeLink(gen: number, limitMs: number): void {
    if (link === null || link.gen !== gen) return
    const closing = link
    const done = () => {
      dispatch({
        type: 'linkReported',
        gen,
        event: { type: 'ended', failure: { kind: 'closedByUs' }, at: ports.clock.now() },
      })
    }
    // The client reports its own end as well; the second report finds another number and changes nothing.
    if (closing.client === null) done()
    else closing.client.close(limitMs).then(done, done)
  }

  function subscribeTeam(gen: number, teamId: string): void {
    const client = link?.gen === gen ? link.client : null
    if (client === null) return
    answer(
      () => client.subscribe(teamNode(teamId), 'subscribeTeam'),
      (result) => ({ type: 'teamSubscribed', gen, teamId, result }),
      (error) => err(internal(error)),
    )
  }

  function unsubscribeTeam(gen: number, teamId: string): void {
    const client = link?.gen === gen ? link.client : null
    client?.unsubscribe(teamNode(teamId)).catch((error: unknown) => {
      ports.log.warn('unsubscribe.failed', { error: messageOf(error) })
    })
  }

  function startTimer(effect: Extract<Effect, { type: 'startTimer' }>): void {
    const { name, id, ms } = effect
    timers.get(name)?.()
    timers.set(
      name,
      ports.clock.after(ms, () => {
        timers.delete(name)
        dispatch({ type: 'timerFired', name, id })
      }),
    )
  }

  function cancelTimer(name: string): void {
    timers.get(name)?.()
    timers.delete(name)
  }

  function abandonCalls(gen: number): void {
    aborts.get(gen)?.abort()
    aborts.delete(gen)
  }

  function closeRest(): void {
    for (const client of rests.values())
      client.close().catch((error: unknown) => {
        ports.log.warn('rest.closeFailed', { error: messageOf(error) })
      })
    rests.clear()
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case 'readSystemInfo': {
        const dated = watchWallClock()
        return answer(
          () => rest(effect.node).systemInfo(signal(effect.gen)),
          (result) => ({ type: 'systemInfoRead', gen: effect.gen, result: dated(result) }),
          crashed,
        )
      }
      case 'probeNode':
        return answer(
          () => rest(effect.node).systemInfo(signal(effect.gen), true),
          (result) => ({ type: 'nodeProbed', gen: effect.gen, name: effect.name, result }),
          crashed,
        )
      case 'login':
        return answer(
          () =>
            rest(effect.node).signIn(effect.loginId, effect.extension, effect.requestId, signal(effect.gen)),
          (result) => ({ type: 'loginAnswered', gen: effect.gen, requestId: effect.requestId, result }),
          crashed,
        )
      case 'setState':
        return answer(
          () =>
            effect.state === 'LOGOUT'
              ? rest(effect.node).signOut(
                  effect.loginId,
                  effect.reasonCodeId,
                  effect.requestId,
                  signal(effect.gen),
                )
              : rest(effect.node).setState(
                  effect.loginId,
                  { state: effect.state, reasonCodeId: effect.reasonCodeId },
                  effect.requestId,
                  signal(effect.gen),
                ),
          (result) => ({ type: 'stateAnswered', gen: effect.gen, requestId: effect.requestId, result }),
          crashed,
        )
      case 'readUser':
        return answer(
          () => read(effect, (client, abort) => client.user(effect.loginId, abort)),
          (result) => ({ type: 'userRead', gen: effect.gen, purpose: effect.purpose, result }),
          crashed,
        )
      case 'readDialogs':
        return answer(
          () => read(effect, (client, abort) => client.dialogs(effect.loginId, abort)),
          (result) => ({ type: 'dialogsRead', gen: effect.gen, result }),
          crashed,
        )
      case 'readReasons':
        return answer(
          () =>
            read(effect, (client, abort) =>
              client.reasonCodes(effect.loginId, effect.teamId, effect.category, abort),
            ),
          (result) => ({ type: 'reasonsRead', gen: effect.gen, category: effect.category, result }),
          crashed,
        )
      case 'readTeam':
        return answer(
          () => read(effect, (client, abort) => client.team(effect.teamId, abort)),
          (result) => ({ type: 'teamRead', gen: effect.gen, teamId: effect.teamId, result }),
          crashed,
        )
      case 'openLink':
        return openLink(effect)
      case 'closeLink':
        return closeLink(effect.gen, effect.limitMs)
      case 'terminateLink':
        return dropLink(effect.gen)
      case 'checkLink':
        return checkLink(effect.gen, effect.limitMs)
      case 'abandonCalls':
        return abandonCalls(effect.gen)
      case 'subscribeTeam':
        return subscribeTeam(effect.gen, effect.teamId)
      case 'unsubscribeTeam':
        return unsubscribeTeam(effect.gen, effect.teamId)
      case 'startTimer':
        return startTimer(effect)
      case 'cancelTimer':
        return cancelTimer(effect.name)
      case 'forgetPassword':
        return ports.vault.forget()
      case 'closeRest':
        return closeRest()
      case 'rememberFavourites':
        return ports.memory.rememberFavourites(effect.server, effect.loginId, effect.ids)
      case 'rememberPartner':
        return ports.memory.rememberPartner(effect.server, effect.partner)
      case 'log':
        return ports.log[effect.level](effect.event, { problem: effect.problem?.code, node: effect.node })
    }
  }

  return {
    run(effect) {
      try {
        perform(effect)
      } catch (error) {
        ports.log.error('effect.failed', { effect: effect.type, error: messageOf(error) })
        if (effect.type === 'openLink')
          dispatch({
            type: 'linkReported',
            gen: effect.link.gen,
            event: { type: 'ended', failure: internal(error), at: ports.clock.now() },
          })
      }
    },
    terminate() {
      if (link !== null) dropLink(link.gen)
      for (const cancel of timers.values()) cancel()
      timers.clear()
      for (const controller of aborts.values()) controller.abort()
      aborts.clear()
      closeRest()
    },
  }
}
