import { createServer } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { TestIdentity } from '../../transport/testing/certificates'

/** What the responder does at each step. Everything left out goes well. */
export interface Script {
  readonly domain?: string
  readonly mechanisms?: readonly string[]
  readonly auth?: 'success' | 'failure' | 'challenge' | 'silent'
  readonly bind?: 'result' | 'conflict' | 'silent'
  readonly session?: 'absent' | 'optional' | 'required'
  readonly presence?: 'finesse' | 'echo' | 'none'
  /** Condition of the refusal, `silent`, or null to grant. */
  readonly subscribe?: (node: string) => string | null
  readonly ping?: 'result' | 'error' | 'silent' | 'foreign'
  readonly subprotocol?: string
  /** Takes the upgrade request over; true when it did. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex) => boolean
  /** Answers nothing at all after the upgrade. */
  readonly deaf?: boolean
}

export interface Responder {
  readonly port: number
  /** Frames received, over all connections. */
  readonly received: readonly string[]
  readonly requests: readonly IncomingMessage[]
  /** Changes the script for what follows. */
  change(script: Script): void
  send(frame: string): void
  sendBinary(data: Uint8Array): void
  /** Raw bytes on the TLS connection, past the WebSocket layer. */
  sendRaw(data: Uint8Array): void
  closeWith(code: number, reason?: string): void
  /** The code with which the client closes. */
  closed(): Promise<number>
  /** The socket goes away without a closing handshake. */
  drop(how: 'fin' | 'rst'): void
  /** Resolves when a frame containing this text has come, or had. */
  seen(text: string): Promise<string>
  stop(): Promise<void>
}

const DOMAIN = 'fin-a.example.com'
const FRAMING = 'xmlns="urn:ietf:params:xml:ns:xmpp-framing"'
const SASL = 'xmlns="urn:ietf:params:xml:ns:xmpp-sasl"'

const attribute = (frame: string, name: string): string =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(frame)?.[1] ?? ''

/** An XMPP server of one connection at a time, over real TLS and a real WebSocket, that does what its script says. */
export const startResponder = async (
  identity: Pick<TestIdentity, 'cert' | 'key'>,
  initial: Script = {},
): Promise<Responder> => {
  let script = initial
  const server = createServer({ cert: identity.cert, key: identity.key })
  const sockets = new Set<Duplex>()
  const received: string[] = []
  const requests: IncomingMessage[] = []
  const waiting = new Set<() => void>()
  let current: WebSocket | undefined
  let connection: Duplex | undefined

  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => undefined)
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: true,
    handleProtocols: () => script.subprotocol ?? 'xmpp',
  })
  server.on('upgrade', (request, socket, head) => {
    requests.push(request)
    connection = socket
    socket.on('error', () => undefined)
    if (script.upgrade?.(request, socket) === true) return
    webSockets.handleUpgrade(request, socket, head, (ws) => {
      current = ws
      let authenticated = false
      ws.on('error', () => undefined)
      ws.on('message', (data) => {
        const frame = Buffer.isBuffer(data) ? data.toString('utf8') : ''
        received.push(frame)
        for (const check of [...waiting]) check()
        if (script.deaf === true) return
        const reply = answer(script, frame, authenticated)
        if (reply.includes('<success')) authenticated = true
        for (const part of reply.split('\n')) if (part !== '') ws.send(part)
        if (frame.startsWith('<close')) ws.close()
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    port: (server.address() as AddressInfo).port,
    received,
    requests,
    change: (next) => {
      script = { ...script, ...next }
    },
    send: (frame) => current?.send(frame),
    sendBinary: (data) => current?.send(data),
    sendRaw: (data) => connection?.write(data),
    closeWith: (code, reason) => current?.close(code, reason),
    closed: () => new Promise((resolve) => void current?.once('close', resolve)),
    drop: (how) => {
      if (how === 'fin') connection?.end()
      else connection?.destroy()
    },
    seen: (text) =>
      new Promise((resolve) => {
        const check = (): void => {
          const frame = received.find((candidate) => candidate.includes(text))
          if (frame === undefined) return
          waiting.delete(check)
          resolve(frame)
        }
        waiting.add(check)
        check()
      }),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => {
          resolve()
        })
      }),
  }
}

const FEATURES = '<stream:features xmlns:stream="http://etherx.jabber.org/streams">'

const features = (script: Script, authenticated: boolean): string => {
  if (!authenticated) {
    const offered = (script.mechanisms ?? ['PLAIN']).map((name) => `<mechanism>${name}</mechanism>`).join('')
    return `${FEATURES}<mechanisms ${SASL}>${offered}</mechanisms><c xmlns="http://jabber.org/protocol/caps" hash="sha-1" node="https://www.igniterealtime.org/projects/openfire/" ver="v1"/></stream:features>`
  }
  const optional = script.session === 'optional' ? '<optional/>' : ''
  const session =
    script.session === undefined || script.session === 'absent'
      ? ''
      : `<session xmlns="urn:ietf:params:xml:ns:xmpp-session">${optional}</session>`
  return `${FEATURES}<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/>${session}</stream:features>`
}

/** One frame per line. */
const answer = (script: Script, frame: string, authenticated: boolean): string => {
  const domain = script.domain ?? DOMAIN
  const id = attribute(frame, 'id')
  const result = (body = '', from = domain): string =>
    `<iq xmlns="jabber:client" type="result" id="${id}" from="${from}">${body}</iq>`
  const refusal = (condition: string, from = domain): string =>
    `<iq xmlns="jabber:client" type="error" id="${id}" from="${from}"><error type="cancel"><${condition} xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>`

  if (frame.startsWith('<open')) {
    return `<open ${FRAMING} from="${domain}" id="s1" version="1.0"/>\n${features(script, authenticated)}`
  }
  if (frame.startsWith('<auth')) {
    if (script.auth === 'silent') return ''
    if (script.auth === 'challenge') return `<challenge ${SASL}>cmVhbG0=</challenge>`
    return script.auth === 'failure' ? `<failure ${SASL}><not-authorized/></failure>` : `<success ${SASL}/>`
  }
  if (frame.includes('xmpp-bind')) {
    if (script.bind === 'silent') return ''
    if (script.bind === 'conflict') return refusal('conflict')
    const resource = /<resource>([^<]*)/.exec(frame)?.[1] ?? ''
    return result(
      `<bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>1071@${domain}/${resource}</jid></bind>`,
    )
  }
  if (frame.includes('xmpp-session')) return result()
  if (frame.startsWith('<presence')) {
    if (frame.includes('unavailable') || script.presence === 'none') return ''
    return script.presence === 'echo'
      ? `<presence xmlns="jabber:client" from="1071@${domain}/desktop" to="1071@${domain}/desktop"/>`
      : `<presence xmlns="jabber:client" from="finesse@${domain}/x" to="1071@${domain}/desktop"/>`
  }
  if (frame.includes('urn:xmpp:ping')) {
    if (script.ping === 'silent' || frame.includes('type="result"')) return ''
    if (script.ping === 'foreign') return result('', 'evil.example.com')
    return script.ping === 'error' ? refusal('service-unavailable') : result()
  }
  if (frame.includes('<subscribe')) {
    const node = attribute(frame, 'node')
    const refused = script.subscribe?.(node) ?? null
    if (refused === 'silent') return ''
    if (refused !== null) return refusal(refused, `pubsub.${domain}`)
    return result(
      `<pubsub xmlns="http://jabber.org/protocol/pubsub"><subscription node="${node}" jid="${attribute(frame, 'jid')}" subid="s-${node.length.toString()}" subscription="subscribed"/></pubsub>`,
      `pubsub.${domain}`,
    )
  }
  if (frame.includes('<unsubscribe')) return result('', `pubsub.${domain}`)
  return frame.startsWith('<close') ? `<close ${FRAMING}/>` : ''
}

/** An event as section 5.4 shows it. */
export const eventFrame = (options: {
  readonly node: string
  readonly id?: string
  readonly from?: string
  readonly namespace?: string
  /** What stands in `<notification>`, as on the wire. */
  readonly content?: string
}): string =>
  `<message xmlns="jabber:client" from="${options.from ?? `pubsub.${DOMAIN}`}" to="1071@${DOMAIN}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="${options.node}"><item id="${options.id ?? 'i1'}"><notification xmlns="${options.namespace ?? 'http://jabber.org/protocol/pubsub'}">${options.content ?? escapedUpdate()}</notification></item></items></event></message>`

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const updateText = (state = 'READY', id = '1071'): string =>
  `<Update><data><user><loginId>${id}</loginId><state>${state}</state></user></data><event>PUT</event><requestId></requestId><source>/finesse/api/User/${id}</source></Update>`

export const escapedUpdate = (state?: string): string => escaped(updateText(state))
