import type { WebSocket } from 'ws'
import type { Markup } from '../wire/markup'
import { attributeOf, childOf, readFrame, textOf, type XmlElement } from '../wire/read'
import type { SignInCheck } from '../accounts'
import {
  bindFeatures,
  bindResult,
  close,
  error,
  failure,
  mechanisms,
  NS,
  open,
  result,
  streamError,
  success,
} from './stanzas'

/** What a session needs from its server. */
export interface SessionHost {
  readonly domain: string
  offeredMechanisms(): readonly string[]
  bindRefusal(): string | null
  /** Infinity: never. */
  bindDelay(): number
  later(ms: number, action: () => void): void
  authenticate(name: string, password: string): SignInCheck
  newText(length: number): string
  bound(session: Session): void
  presence(session: Session, available: boolean): void
  ended(session: Session): void
  /** An iq that is not about the stream itself. */
  query(session: Session, iq: XmlElement): void
  received(session: Session, text: string): void
  deliver(session: Session, text: string): void
}

type Phase = 'opening' | 'authenticating' | 'restarting' | 'binding' | 'bound' | 'ended'

/** One client's stream over RFC 7395, section 4.3. */
export class Session {
  #phase: Phase = 'opening'
  #agentId = ''
  #localPart = ''
  #resource: string | null = null
  available = false

  constructor(
    readonly number: number,
    readonly socket: WebSocket,
    private readonly host: SessionHost,
  ) {
    socket.on('message', (data, binary) => {
      if (binary) return this.fail('unsupported-encoding')
      this.#receive(rawText(data))
    })
    socket.on('close', () => {
      this.#end()
    })
    socket.on('error', () => {
      socket.terminate()
    })
  }

  get agentId(): string {
    return this.#agentId
  }

  get phase(): Phase {
    return this.#phase
  }

  get bareJid(): string {
    return `${this.#localPart}@${this.host.domain}`
  }

  /** null until the resource is bound. */
  get jid(): string | null {
    return this.#resource === null ? null : `${this.bareJid}/${this.#resource}`
  }

  get resource(): string | null {
    return this.#resource
  }

  send(stanza: Markup): void {
    this.host.deliver(this, stanza)
  }

  /** Ends the stream with an error, as section 4.4 shows for `conflict`. */
  fail(condition: string, text = ''): void {
    if (this.#phase === 'ended') return
    // RFC 7395 3.5: an error before our <open/> comes behind one.
    if (this.#phase === 'opening') this.#greet()
    this.send(streamError(condition, text))
    this.leave()
  }

  /** `uri`: RFC 7395 3.6.1, where to go instead. */
  leave(uri: string | null = null): void {
    this.send(close(uri))
    this.#end()
    this.socket.close(1000)
  }

  #end(): void {
    if (this.#phase === 'ended') return
    this.#phase = 'ended'
    this.host.ended(this)
  }

  #receive(text: string): void {
    if (this.#phase === 'ended') return
    const stanza = readFrame(text)
    this.host.received(this, stanza?.local === 'auth' ? '<auth/>' : text)
    if (stanza === null) return this.fail('not-well-formed')
    if (stanza.local === 'close') return this.leave()
    switch (this.#phase) {
      case 'opening':
      case 'restarting':
        return this.#open(stanza)
      case 'authenticating':
        return this.#authenticate(stanza)
      case 'binding':
      case 'bound':
        return this.#stanza(stanza)
    }
  }

  #greet(): void {
    this.send(open(this.host.domain, this.host.newText(8)))
  }

  #open(stanza: XmlElement): void {
    if (stanza.local !== 'open' || attributeOf(stanza, 'xmlns') !== NS.framing) return this.fail('bad-format')
    if (attributeOf(stanza, 'to')?.toLowerCase() !== this.host.domain) return this.fail('host-unknown')
    this.#greet()
    if (this.#phase === 'opening') {
      this.#phase = 'authenticating'
      return this.send(mechanisms(this.host.offeredMechanisms()))
    }
    this.#phase = 'binding'
    this.send(bindFeatures())
  }

  #authenticate(stanza: XmlElement): void {
    if (stanza.local === 'abort') return this.send(failure('aborted'))
    if (stanza.local !== 'auth') return this.fail('not-authorized')
    const mechanism = attributeOf(stanza, 'mechanism') ?? ''
    if (mechanism !== 'PLAIN' || !this.host.offeredMechanisms().includes('PLAIN'))
      return this.send(failure('invalid-mechanism'))
    const parts = Buffer.from(stanza.text.trim(), 'base64').toString('utf8').split('\0')
    const [authzid, authcid, password] = parts
    if (parts.length !== 3 || authzid === undefined || authcid === undefined || password === undefined)
      return this.send(failure('malformed-request'))
    const localPart = authcid.toLowerCase()
    if (authzid !== '' && authzid.toLowerCase() !== `${localPart}@${this.host.domain}`)
      return this.send(failure('invalid-authzid'))
    const checked = this.host.authenticate(authcid, password)
    // Rule 4: only the login id makes a JID; a login name that differs is refused here.
    if (!checked.ok || checked.agentId.toLowerCase() !== localPart)
      return this.send(failure('not-authorized'))
    this.#agentId = checked.agentId
    this.#localPart = localPart
    this.#phase = 'restarting'
    this.send(success())
  }

  #stanza(stanza: XmlElement): void {
    const type = attributeOf(stanza, 'type')
    if (stanza.local === 'iq') {
      const bind = childOf(stanza, 'bind')
      if (bind !== null && this.#phase === 'binding') return this.#bind(stanza, bind)
      if (this.#phase === 'binding') return this.fail('not-authorized')
      if (type === 'result' || type === 'error') return
      return this.host.query(this, stanza)
    }
    if (this.#phase === 'binding') return this.fail('not-authorized')
    if (stanza.local === 'message') return
    if (stanza.local !== 'presence') return this.fail('unsupported-stanza-type')
    // Directed presence and subscription requests change nothing here.
    if (attributeOf(stanza, 'to') !== null) return
    if (type === null) this.host.presence(this, true)
    else if (type === 'unavailable') this.host.presence(this, false)
  }

  #bind(iq: XmlElement, bind: XmlElement): void {
    const address = { id: attributeOf(iq, 'id'), from: null, to: null }
    const refusal = this.host.bindRefusal()
    if (refusal !== null) return this.send(error(address, 'cancel', refusal))
    this.#resource = textOf(bind, 'resource') ?? this.host.newText(8)
    this.#phase = 'bound'
    this.host.bound(this)
    const answer = result(address, bindResult(this.jid ?? ''))
    const late = this.host.bindDelay()
    if (late === 0) this.send(answer)
    else if (late !== Infinity)
      this.host.later(late, () => {
        this.send(answer)
      })
  }
}

function rawText(data: Buffer | ArrayBuffer | Buffer[]): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.from(data as Buffer).toString('utf8')
}
