import { randomUUID } from 'node:crypto'
import { escapeAttribute, type XmlElement } from '../codec/index'
import type { ConnectionFailure } from '../failures'
import { err, ok, type Result } from '../result'
import type { StageFacts } from '../stages'
import { createAnswers, type Answer } from './answers'
import type { NotificationDeadlines } from './deadlines'
import { streamFailure } from './endings'
import { attributeOf, childOf, readFrame, type Frame } from './frame'
import { startHeartbeat, type Heartbeat, type PingTimes } from './heartbeat'
import { createEventReader } from './inbound'
import { createNegotiation } from './negotiation'
import { createPresence } from './presence'
import type { StageLog } from './stageLog'
import { createSubscriptions, resultOf, type Subscribed, type SubscribeStage } from './subscriptions'
import type { FinesseClock, NotificationEvent, NotificationOptions } from './types'

export interface SessionPorts {
  readonly options: NotificationOptions
  readonly clock: FinesseClock
  readonly stages: StageLog
  readonly deadlines: NotificationDeadlines
  readonly pingTimes: PingTimes
  /** `told`: what listeners hear of it, where that is less. */
  readonly send: (frame: string, told?: string) => void
  readonly emit: (event: NotificationEvent) => void
  readonly ready: (jid: string) => void
  readonly pingLost: () => void
  readonly fail: (failure: ConnectionFailure, closeCode?: number) => void
  readonly log: (message: string, facts: StageFacts) => void
}

export interface Session {
  start(): void
  text(frame: string): void
  isBound(): boolean
  subscribe(node: string, stage?: SubscribeStage): Promise<Subscribed>
  unsubscribe(node: string): Promise<void>
  /** Proves the link at once; nothing before `ready`. */
  check(limitMs: number): void
  /** Unsubscribes (for at most `waitMs`), says unavailable, sends `<close/>`. */
  signOff(waitMs: number): Promise<void>
  /** The connection is over: timers off, everything under way answers with this. */
  stop(failure: ConnectionFailure): void
}

/** RFC 7395, section 3.6. */
export const CLOSE_FRAME = '<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>'

/** Pings whose answer still counts, however late. */
const PINGS_KEPT = 6

/** Sign-in has better things to do first, and the team's subscription is still to come. */
const SWEEP_MS = 5_000

/** More than a busy team makes in the seconds before `ready`; the load that follows covers what is dropped. */
const MAX_WAITING = 2_000

/** Stages 5 to 11 on an upgraded WebSocket. */
export const createSession = (ports: SessionPorts): Session => {
  const { options, clock, stages, deadlines, fail } = ports
  const answers = createAnswers(clock)
  const unfinished = new Set<(failure: ConnectionFailure) => void>()
  const waiting: NotificationEvent[] = []
  let isReady = false
  let readyAt = 0
  let isProven = false
  let pings: readonly string[] = []
  let heartbeat: Heartbeat | undefined
  let endSweep: () => void = () => undefined
  let stopped: ConnectionFailure | undefined

  const negotiation = createNegotiation({
    ...ports,
    answers,
    // In one go, the presence first: waiting for its echo before subscribing would cost a round trip.
    bound: () => {
      const seen = presence.announce()
      void subscribeOwnNodes(seen)
    },
  })

  const request = (pubsub: object, type: 'get' | 'set' = 'set'): Promise<Result<Answer, ConnectionFailure>> =>
    new Promise((resolve) => {
      if (stopped !== undefined) return resolve(err(stopped))
      if (!negotiation.isBound())
        return resolve(err({ kind: 'internal', problem: 'There is no session yet.' }))
      const id = randomUUID()
      const ended = (failure: ConnectionFailure): void => resolve(err(failure))
      unfinished.add(ended)
      answers.expect(id, [options.pubsubDomain], deadlines.subscribeMs, (answer) => {
        unfinished.delete(ended)
        resolve(ok(answer))
      })
      ports.send(negotiation.frameOf('iq', { type, to: options.pubsubDomain, id, pubsub }))
    })
  const subscriptions = createSubscriptions({ jid: negotiation.jid, request })

  // Until `ready` nobody can make use of events, and none may be lost (fault X15): they wait.
  const deliver = (event: NotificationEvent): void => {
    if (stopped !== undefined) return
    if (!isReady) {
      waiting.push(event)
      if (waiting.length > MAX_WAITING) waiting.shift()
      return
    }
    if (event.type === 'notified' && !isProven) {
      isProven = true
      const firstEventMs = Math.round(clock.monotonic() - readyAt)
      stages.succeed('live', { proof: 'event', firstEventNode: event.node.slice(0, 200), firstEventMs })
    }
    ports.emit(event)
  }
  const readEvents = createEventReader({
    options,
    clock,
    isSubscribed: subscriptions.has,
    emit: deliver,
    log: ports.log,
  })
  const presence = createPresence({
    options,
    ownJid: negotiation.jid,
    clock,
    stages,
    send: () => ports.send(negotiation.frameOf('presence', { priority: 0 })),
    emit: deliver,
  })

  /** `seen`: the end of the wait for presence. It never comes when the connection ends before. */
  const subscribeOwnNodes = async (seen: Promise<void>): Promise<void> => {
    const { userNodes, userNodeOptional } = options
    if (userNodes.length === 0) stages.skip('subscribeUser')
    else {
      stages.begin('subscribeUser', { nodes: userNodes })
      const asked = userNodes.map((node) => subscriptions.subscribe(node, 'subscribeUser'))
      const outcomes = await Promise.all(asked)
      if (stopped !== undefined) return
      const facts = { results: outcomes.map((outcome, at) => resultOf(userNodes[at] ?? '', outcome)) }
      stages.note('subscribeUser', facts)
      const first = outcomes[0]
      if (first !== undefined && !first.ok && !userNodeOptional) {
        // Else the refusal would be told as the failure of the presence, too.
        await seen
        return fail(first.error, 1000)
      }
      const refused = outcomes.find((outcome) => !outcome.ok)
      if (refused?.ok === false) stages.degrade('subscribeUser', refused.error)
      else stages.succeed('subscribeUser')
    }
    await seen
    if (stopped === undefined) becomeReady()
  }

  const becomeReady = (): void => {
    ports.ready(negotiation.jid())
    stages.begin('live')
    isReady = true
    readyAt = clock.monotonic()
    for (const event of waiting.splice(0)) deliver(event)
    // Whoever listens may have closed us meanwhile.
    if (stopped !== undefined) return
    endSweep = clock.after(SWEEP_MS, () => void subscriptions.sweep())
    heartbeat = startHeartbeat({
      clock,
      times: ports.pingTimes,
      ping: sendPing,
      answered: (roundTripMs) => {
        isProven = true
        stages.succeed('live', { proof: 'ping', roundTripMs })
        ports.emit({ type: 'pinged', roundTripMs, at: clock.now() })
      },
      lost: ports.pingLost,
      tolerated: () => ports.log('pings unanswered, frames still come', {}),
      dead: (silentMs) => fail({ kind: 'pingTimeout', silentMs }),
    })
  }

  const sendPing = (answered: () => void): void => {
    const id = randomUUID()
    const [oldest] = pings
    if (oldest !== undefined && pings.length >= PINGS_KEPT) answers.forget(oldest)
    pings = [...pings.slice(1 - PINGS_KEPT), id]
    answers.expect(id, negotiation.ownServer(), null, answered)
    ports.send(negotiation.frameOf('iq', { type: 'get', to: options.xmppDomain, id, ping: true }))
  }

  const receiveIq = (iq: XmlElement): void => {
    const type = attributeOf(iq, 'type')
    if (type === 'result' || type === 'error') answers.take(iq)
    else if (negotiation.isBound()) ports.send(replyTo(iq, type))
  }

  const handle = (frame: Frame): void => {
    switch (frame.kind) {
      case 'event':
        return negotiation.isBound() ? readEvents(frame) : undefined
      case 'iq':
        return receiveIq(frame.element)
      case 'presence':
        return negotiation.isBound() ? presence.received(frame.element) : undefined
      case 'streamError':
        return fail(streamFailure(frame.condition, frame.text), 1000)
      case 'close':
        ports.send(CLOSE_FRAME)
        // Not followed here: only the two known nodes are ever connected to (fault X23).
        return fail(
          frame.seeOther !== null
            ? streamFailure('see-other-uri', frame.seeOther)
            : { kind: 'closed', code: 1000, reason: '' },
          1000,
        )
      case 'blank':
      case 'other':
        return undefined
      default:
        return negotiation.received(frame)
    }
  }

  return {
    start: negotiation.start,
    text: (text) => {
      if (stopped !== undefined) return
      const frame = readFrame(text)
      if (!frame.ok) return fail({ kind: 'malformed', problem: frame.error }, 1007)
      heartbeat?.heard()
      handle(frame.value)
    },
    isBound: negotiation.isBound,
    subscribe: async (node, stage) => {
      if (stage === undefined) return subscriptions.subscribe(node, 'subscribeTeam')
      stages.begin(stage, { nodes: [node] })
      const outcome = await subscriptions.subscribe(node, stage)
      const facts = { nodes: [node], results: [resultOf(node, outcome)] }
      if (outcome.ok) stages.succeed(stage, { ...facts, subid: (outcome.value.subid ?? '').slice(0, 200) })
      else stages.degrade(stage, outcome.error, facts)
      return outcome
    },
    unsubscribe: subscriptions.unsubscribe,
    check: (limitMs) => heartbeat?.check(limitMs),
    signOff: async (waitMs) => {
      let cancel: () => void = () => undefined
      const limit = new Promise<void>((resolve) => {
        cancel = clock.after(waitMs, resolve)
      })
      await Promise.race([subscriptions.unsubscribeAll(), limit])
      cancel()
      if (stopped !== undefined) return
      if (options.announce !== false) ports.send(negotiation.frameOf('presence', { type: 'unavailable' }))
      ports.send(CLOSE_FRAME)
    },
    stop: (failure) => {
      stopped = failure
      heartbeat?.stop()
      endSweep()
      presence.stop()
      negotiation.stop()
      answers.clear()
      for (const ended of [...unfinished]) ended(failure)
      unfinished.clear()
    },
  }
}

/** Pings are answered; about this machine nothing is told, whatever is asked (faults X36, S36). */
const replyTo = (iq: XmlElement, type: string | null): string => {
  const from = attributeOf(iq, 'from')
  const to = from === null ? '' : ` to="${escapeAttribute(from)}"`
  const address = `xmlns="jabber:client" id="${escapeAttribute(attributeOf(iq, 'id') ?? '')}"${to}`
  return type === 'get' && childOf(iq, 'ping') !== undefined
    ? `<iq ${address} type="result"/>`
    : `<iq ${address} type="error"><error type="cancel"><service-unavailable xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>`
}
