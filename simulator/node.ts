import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import { WebSocketServer } from 'ws'
import type { NodeCertificate } from './certificates'
import type { NodeName } from './faults/table'
import { createProxy, type TcpProxy } from './proxy'
import { Publisher } from './publisher'
import { answerRest } from './rest/server'
import type { Site } from './site'
import { systemInfo } from './wire/systemInfo'
import { update } from './wire/update'
import type { Reason } from './world/types'
import { XmppService } from './xmpp/service'

const LOOPBACK = '127.0.0.1'
/** Beyond anything a client of Finesse has to say; Openfire's own limit is about this. */
const LARGEST_FRAME = 1024 * 1024

export type NodeStatus = 'IN_SERVICE' | 'OUT_OF_SERVICE' | 'PARTIAL_SERVICE'

/** One Finesse server: REST and notifications on one port. */
export class SimulatedNode {
  readonly xmpp: XmppService
  readonly publisher: Publisher
  readonly xmppDomain: string
  readonly pubsubDomain: string
  /** This node's clock against ours, ms. */
  shift: number
  running = false
  /** Lists of this node's own (F9); null: the world's. */
  ownReasons: readonly Reason[] | null = null
  #port: number
  #proxy: TcpProxy | null = null
  #status: NodeStatus = 'IN_SERVICE'
  #ctiLost = false
  #server: Server | null = null
  readonly #sockets = new Set<Socket>()
  readonly #upgraded = new WeakSet<object>()

  constructor(
    private readonly site: Site,
    readonly name: NodeName,
    private certificate: NodeCertificate,
    clockOffsetMs: number,
  ) {
    this.xmppDomain = `fin-${name.toLowerCase()}.${site.options.hostname}`
    this.pubsubDomain = `pubsub.${this.xmppDomain}`
    this.shift = clockOffsetMs
    this.#port = site.options.proxied ? 0 : (site.options.ports[name] ?? 0)
    this.xmpp = new XmppService(site, this)
    this.publisher = new Publisher(site, this)
    site.engine.listen((effects, delayMs) => {
      if (this.running) this.publisher.take(effects, delayMs)
    })
  }

  /** Where clients connect: the proxy's port where there is one. */
  get port(): number {
    return this.#proxy?.port ?? this.#port
  }

  get proxy(): TcpProxy | null {
    return this.#proxy
  }

  get reasons(): readonly Reason[] {
    return this.ownReasons ?? this.site.engine.world.reasons
  }

  get host(): string {
    return this.site.options.hostname
  }

  get status(): NodeStatus {
    return this.#ctiLost || this.site.faults.has(this.name, 'outOfService') ? 'OUT_OF_SERVICE' : this.#status
  }

  get ctiLost(): boolean {
    return this.#ctiLost
  }

  loseCti(lost: boolean): void {
    this.#ctiLost = lost
    this.announceStatus()
  }

  /** Tells the subscribers first, as a node does that goes out of service. */
  setStatus(status: NodeStatus): void {
    this.#status = status
    this.announceStatus()
  }

  announceStatus(): void {
    const path = '/finesse/api/SystemInfo'
    const payload = update(systemInfo(this.site, this, 'systemInfo'), 'PUT', path, null)
    if (this.running) this.xmpp.publish(path, payload, this.xmpp.newItemId())
  }

  /** Starts listening; the first start finds the port, later ones come back on it. */
  async start(): Promise<void> {
    if (this.running) return
    const { site } = this
    const server = createServer({ ...this.certificate, minVersion: 'TLSv1.2' }, (request, response) => {
      answerRest(site, this, request, response)
    })
    const upgrades = new WebSocketServer({
      noServer: true,
      maxPayload: LARGEST_FRAME,
      perMessageDeflate: false,
      handleProtocols: (offered) => {
        if (site.faults.has(this.name, 'wrongSubprotocol')) return 'mqtt'
        return offered.has('xmpp') ? 'xmpp' : false
      },
    })
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => this.#sockets.delete(socket))
    })
    server.on('tlsClientError', (_error, socket) => socket.destroy())
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#logUpgrade(request)
      this.#upgraded.add(tcpBelow(socket))
      if (site.faults.has(this.name, 'upgradeUnanswered')) return
      const refusal = this.#refuseUpgrade(request)
      if (refusal !== null) {
        socket.end(refusal)
        return
      }
      upgrades.handleUpgrade(request, socket, head, (client) => {
        this.xmpp.accept(client)
      })
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, LOOPBACK, resolve)
    })
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    this.running = true
    if (this.site.options.proxied) await this.#standBehindProxy()
  }

  /** As a power cut: nothing is said, every connection breaks. */
  async kill(): Promise<void> {
    const server = this.#server
    if (server === null) return
    this.#server = null
    this.running = false
    this.publisher.stop()
    this.xmpp.shutDown()
    const closed = new Promise<void>((resolve) => {
      server.close(() => {
        resolve()
      })
    })
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([closed, this.#proxy?.shut()])
  }

  /** For connections to come; those that live keep the old one. */
  setCertificate(certificate: NodeCertificate): void {
    this.certificate = certificate
    this.#server?.setSecureContext({ ...certificate, minVersion: 'TLSv1.2' })
  }

  /** Everything that is not a WebSocket: what a load balancer does to idle connections (R15). */
  resetRest(): void {
    for (const socket of this.#sockets) if (!this.#upgraded.has(socket)) socket.resetAndDestroy()
  }

  async stop(): Promise<void> {
    await this.kill()
    await this.#proxy?.stop()
  }

  async #standBehindProxy(): Promise<void> {
    if (this.#proxy !== null) return this.#proxy.reopen()
    const target = { host: LOOPBACK, port: this.#port }
    const { clock, options } = this.site
    this.#proxy = await createProxy({ target, clock, port: options.ports[this.name] ?? 0 })
  }

  #logUpgrade({ url = '', headers }: IncomingMessage): void {
    this.site.log.upgrade({
      node: this.name,
      at: this.site.clock.now(),
      path: url,
      protocol: headers['sec-websocket-protocol'] ?? null,
      extensions: headers['sec-websocket-extensions'] ?? null,
      origin: headers.origin ?? null,
      hasAuthorization: headers.authorization !== undefined,
    })
  }

  #refuseUpgrade(request: IncomingMessage): string | null {
    const fault = this.site.faults.find(this.name, 'refuseUpgrade')
    if (fault !== null) {
      this.site.faults.spend(fault)
      return httpRefusal(fault.status ?? 503, fault)
    }
    const path = (request.url ?? '').split('?')[0]
    if (path !== '/ws/' && path !== '/ws') return httpRefusal(404)
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
    return offered.includes('xmpp') ? null : httpRefusal(400)
  }
}

/** The plain socket below a TLS socket; Node has no public name for it. */
const tcpBelow = (socket: Duplex): object => {
  const tcp: unknown = Reflect.get(socket, '_parent')
  return typeof tcp === 'object' && tcp !== null ? tcp : socket
}

function httpRefusal(
  status: number,
  { retryAfter, location }: { readonly retryAfter?: number; readonly location?: string } = {},
): string {
  const lines = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? 'Refused'}`,
    'Connection: close',
    'Content-Length: 0',
    ...(retryAfter === undefined ? [] : [`Retry-After: ${String(retryAfter)}`]),
    ...(location === undefined ? [] : [`Location: ${location}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}
