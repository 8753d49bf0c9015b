import type { WebSocket } from 'ws'
import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { integerBetween, randomText, randomUuid } from '../random'
import type { Markup } from '../wire/markup'
import type { XmlElement } from '../wire/read'
import { Absence } from './absence'
import { answerQuery } from './queries'
import { bindDelay, foreignReply, replyDelay } from './replyFaults'
import { Session, type SessionHost } from './session'
import { eventMessage, NOTIFICATION_NAMESPACES, presence } from './stanzas'
import { Subscriptions } from './subscriptions'

const FINESSE_PRESENCE_MS = 15
const MOST_UNREAD = 64 * 1024 * 1024

/** Openfire of one node: sessions, presence and pubsub. */
export class XmppService implements SessionHost {
  readonly subscriptions = new Subscriptions()
  readonly #sessions = new Set<Session>()
  readonly #byUser = new Map<string, Set<Session>>()
  /** By full and by bare JID. */
  readonly #byJid = new Map<string, Set<Session>>()
  readonly absence: Absence
  readonly #publisher: string
  readonly #onAvailable: (() => void)[] = []
  #counter: number
  #last = 0
  #slowUntil = 0

  constructor(
    private readonly site: Site,
    private readonly node: SimulatedNode,
  ) {
    this.absence = new Absence(site, node.name)
    this.#publisher = randomUuid(site.random)
    this.#counter = integerBetween(site.random, 100, 900)
  }

  get domain(): string {
    return this.node.xmppDomain
  }

  accept(socket: WebSocket): void {
    const session = new Session((this.#last += 1), socket, this)
    this.#sessions.add(session)
    this.absence.heard(session)
    this.site.log.changed()
  }

  availableAgents(): ReadonlySet<string> {
    return new Set(this.sessions().flatMap(({ available, agentId }) => (available ? [agentId] : [])))
  }

  sessions(): readonly Session[] {
    return [...this.#sessions]
  }

  offeredMechanisms(): readonly string[] {
    const fault = this.site.faults.find(this.node.name, 'mechanisms')
    return fault === null ? ['PLAIN'] : (fault.offered ?? ['SCRAM-SHA-1'])
  }

  bindRefusal(): string | null {
    const fault = this.site.faults.find(this.node.name, 'bindRefused')
    return fault === null ? null : (fault.condition ?? 'not-allowed')
  }

  bindDelay(): number {
    return bindDelay(this.site, this.node)
  }

  later(ms: number, action: () => void): void {
    this.site.clock.after(ms, action)
  }

  authenticate(name: string, password: string) {
    if (this.site.faults.has(this.node.name, 'rejectAuth')) return { ok: false, locked: false } as const
    return this.site.accounts.check(name, password)
  }

  newText(length: number): string {
    return randomText(this.site.random, length)
  }

  /** Calls back whenever a session has become available. */
  onAvailable(action: () => void): void {
    this.#onAvailable.push(action)
  }

  /** 4.4: the newer session with the same full JID wins. */
  bound(session: Session): void {
    for (const other of [...(this.#byJid.get(session.jid ?? '') ?? [])]) other.fail('conflict')
    enlist(this.#byUser, session.agentId, session)
    enlist(this.#byJid, session.bareJid, session)
    if (session.jid !== null) enlist(this.#byJid, session.jid, session)
    this.site.log.changed()
  }

  presence(session: Session, available: boolean): void {
    session.available = available
    this.#watchPresence(session.agentId)
    this.site.log.changed()
    if (!available) return
    for (const action of this.#onAvailable) action()
    const jid = session.jid ?? ''
    this.site.clock.after(FINESSE_PRESENCE_MS, () => {
      if (!session.available || this.site.faults.has(this.node.name, 'noFinessePresence')) return
      session.send(presence(`finesse@${this.domain}/finesse`, jid))
    })
  }

  /** Tells everybody that the Finesse web service of this node came or went (4.5). */
  announceFinesse(available: boolean): void {
    for (const session of this.#sessions)
      if (session.available)
        session.send(
          presence(`finesse@${this.domain}/finesse`, session.jid ?? '', available ? null : 'unavailable'),
        )
  }

  ended(session: Session): void {
    this.#sessions.delete(session)
    this.absence.left(session)
    const wasAvailable = session.available
    session.available = false
    this.#byUser.get(session.agentId)?.delete(session)
    for (const jid of [session.bareJid, session.jid ?? '']) this.#byJid.get(jid)?.delete(session)
    if (wasAvailable) this.#watchPresence(session.agentId)
    this.site.log.changed()
  }

  query(session: Session, iq: XmlElement): void {
    const answer = answerQuery(this.site, this.node, this.subscriptions, session, iq)
    this.site.log.changed()
    if (this.site.faults.has(this.node.name, 'foreignReplies')) session.send(foreignReply(iq, session.jid))
    const late = replyDelay(this.site, this.node, iq)
    if (late === 0) session.send(answer)
    else if (late !== Infinity)
      this.later(late, () => {
        session.send(answer)
      })
  }

  received(session: Session, text: string): void {
    this.#record('in', session, text)
    this.absence.heard(session)
  }

  deliver(session: Session, text: string): void {
    const scope = this.site.faults.find(this.node.name, 'silent')
    if (scope !== null && scope.scope !== 'rest') return
    const slow = this.site.faults.find(this.node.name, 'slow')
    const now = this.site.clock.now()
    if (slow !== null && slow.path === undefined)
      this.#slowUntil = Math.max(this.#slowUntil, now + (slow.ms ?? 1000))
    if (this.#slowUntil <= now) return this.write(session, text)
    this.site.clock.after(this.#slowUntil - now, () => {
      this.write(session, text)
    })
  }

  /** Past all faults. */
  write(session: Session, text: string): void {
    if (session.socket.readyState !== session.socket.OPEN) return
    // A client that reads nothing more is cut off before its unread events fill the memory.
    if (session.socket.bufferedAmount > MOST_UNREAD) return session.socket.terminate()
    this.#record('out', session, text)
    session.socket.send(text)
  }

  /** Who hears of a pubsub node: [session, JID in `to`]. */
  recipients(path: string): readonly (readonly [Session, string])[] {
    const found: (readonly [Session, string])[] = []
    for (const session of this.#defaultAudience(path))
      if (session.available) found.push([session, session.bareJid])
    for (const { jid } of this.subscriptions.of(path))
      for (const session of this.#byJid.get(jid) ?? []) if (session.available) found.push([session, jid])
    return found
  }

  newItemId(): string {
    this.#counter += 1
    return `${this.#publisher}${String(this.#counter)}`
  }

  /** Sends one item to everybody who subscribed to its node. */
  publish(path: string, payload: Markup, itemId: string): void {
    const namespace = NOTIFICATION_NAMESPACES[this.#counter % 2] ?? NOTIFICATION_NAMESPACES[0]
    const fixed = this.site.options.notificationNamespace
    for (const [session, to] of this.recipients(path))
      session.send(
        eventMessage({
          from: this.node.pubsubDomain,
          to,
          id: this.newText(8),
          node: path,
          itemId,
          namespace:
            fixed === 'alternating' ? namespace : NOTIFICATION_NAMESPACES[fixed === 'pubsub' ? 0 : 1],
          payload,
        }),
      )
  }

  /** The node is gone: sockets die, nobody counts seconds here any more. */
  shutDown(): void {
    for (const session of [...this.#sessions]) {
      // The news of its end may come when the node is up again, which must not count seconds for it then.
      session.available = false
      session.socket.terminate()
    }
    this.absence.stop()
  }

  #defaultAudience(path: string): Iterable<Session> {
    if (path === '/finesse/api/SystemInfo') return this.#sessions
    const id = /^\/finesse\/api\/User\/([^/]+)(?:\/Dialogs)?$/.exec(path)?.[1]
    return (id === undefined ? undefined : this.#byUser.get(id)) ?? []
  }

  #watchPresence(agentId: string): void {
    const present = [...(this.#byUser.get(agentId) ?? [])].some((session) => session.available)
    if (this.node.running) this.absence.presence(agentId, present)
  }

  #record(direction: 'in' | 'out', session: Session, text: string): void {
    const { name } = this.node
    this.site.log.xmpp({ node: name, at: this.site.clock.now(), direction, session: session.number, text })
  }
}

function enlist(sets: Map<string, Set<Session>>, key: string, session: Session): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([session]))
  else set.add(session)
}
