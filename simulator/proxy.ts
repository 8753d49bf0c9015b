import { createServer, Socket, type AddressInfo, type Server } from 'node:net'
import { systemClock, type Clock } from './clock'
import { Flow } from './proxyFlow'
import { proxyMode, ruleOf, type Direction, type ProxyMode, type ProxyModeLike } from './proxyMode'

export type { Direction, Directions, ProxyMode, ProxyModeLike, ProxyModeName } from './proxyMode'

export interface ProxyOptions {
  readonly target: { readonly host: string; readonly port: number }
  /** For `delay` and `throttle`. */
  readonly clock?: Clock
  /** Default: a free one. */
  readonly port?: number
}

const LOOPBACK = '127.0.0.1'
/** While the port is closed somebody else may get it for a moment. */
const LISTEN_TRIES = 40
const LISTEN_AGAIN_MS = 50

const swallows = ({ kind }: ProxyMode) => kind === 'blackhole' || kind === 'stall'

/** A TCP proxy on loopback whose behaviour a test scripts while connections live. */
export async function createProxy(options: ProxyOptions): Promise<TcpProxy> {
  const proxy = new TcpProxy(options.target, options.clock ?? systemClock, options.port ?? 0)
  await proxy.reopen()
  return proxy
}

export class TcpProxy {
  readonly #links = new Set<Link>()
  readonly #bytes = { toServer: 0, toClient: 0 }
  #mode: ProxyMode = { kind: 'pass' }
  #port: number
  #server: Server | null = null
  #down = true
  #accepted = 0
  #turn: Promise<void> = Promise.resolve()

  constructor(
    private readonly target: { readonly host: string; readonly port: number },
    private readonly clock: Clock,
    port: number,
  ) {
    this.#port = port
  }

  get port(): number {
    return this.#port
  }

  get mode(): ProxyMode {
    return this.#mode
  }

  /** Passed on so far. */
  get bytes(): Readonly<Record<Direction, number>> {
    return { ...this.#bytes }
  }

  /** Clients that have neither ended nor reset their connection, told to the server or not. */
  connections(): number {
    return [...this.#links].filter((link) => link.clientHere).length
  }

  /** Bytes waiting in this process, all connections together. */
  held(): number {
    return [...this.#links].reduce((sum, link) => sum + link.held, 0)
  }

  /** Connections ever accepted. */
  accepted(): number {
    return this.#accepted
  }

  /** Acts on living connections at once; the answer waits for the listening port to be open or closed. */
  async set(mode: ProxyModeLike): Promise<void> {
    const next = proxyMode(mode)
    const over = (next.kind === 'rst' || next.kind === 'halfClose') && next.once === true
    this.#mode = over ? { kind: 'pass' } : next
    for (const link of [...this.#links]) link.obey(next)
    await this.#align()
  }

  /**
   * The machine behind is dead: closes the port and resets all. Behind a blackhole or a stall nobody notices before
   * the mode ends. `reopen` undoes it.
   */
  async shut(): Promise<void> {
    this.#down = true
    if (!swallows(this.#mode)) for (const link of [...this.#links]) link.reset()
    await this.#align()
  }

  async reopen(): Promise<void> {
    this.#down = false
    await this.#align()
  }

  async stop(): Promise<void> {
    this.#down = true
    this.#mode = { kind: 'pass' }
    for (const link of [...this.#links]) link.destroy()
    await this.#align()
  }

  /** One after the other: `refuse` and `pass` in the same breath must not meet on the port. */
  #align(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const wanted = this.#down ? swallows(this.#mode) : this.#mode.kind !== 'refuse'
      if (wanted && this.#server === null) this.#server = await this.#listen()
      if (wanted || this.#server === null) return
      this.#server.close()
      this.#server = null
    })
    return this.#turn
  }

  async #listen(): Promise<Server> {
    for (let tries = 1; ; tries += 1) {
      const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
        this.#accept(client)
      })
      const problem = await new Promise<Error | null>((resolve) => {
        server.once('error', resolve)
        server.listen(this.#port, LOOPBACK, () => {
          resolve(null)
        })
      })
      if (problem === null) {
        this.#port = (server.address() as AddressInfo).port
        return server
      }
      if (tries === LISTEN_TRIES) throw problem
      // Real time: the port belongs to the machine, not to the test's clock.
      await new Promise((resolve) => setTimeout(resolve, LISTEN_AGAIN_MS))
    }
  }

  #accept(client: Socket): void {
    this.#accepted += 1
    const link = new Link(client, this.target, this.clock, this.#bytes, {
      cut: (one) => {
        const mode = this.#mode
        if (mode.kind === 'cutAfter' && mode.end === 'fin') one.finish()
        else one.reset()
        if (mode.kind === 'cutAfter' && mode.once === true) void this.set('pass')
      },
      over: (one) => this.#links.delete(one),
    })
    this.#links.add(link)
    link.obey(this.#mode)
  }
}

interface LinkHost {
  cut(link: Link): void
  over(link: Link): void
}

/** A client's connection and the one to the server made for it. */
class Link {
  readonly #upstream = new Socket({ allowHalfOpen: true })
  readonly #toServer: Flow
  readonly #toClient: Flow
  #connected = false
  #open = 2

  constructor(
    private readonly client: Socket,
    private readonly target: { readonly host: string; readonly port: number },
    clock: Clock,
    bytes: Record<Direction, number>,
    host: LinkHost,
  ) {
    const flowHost = (direction: Direction) => ({
      clock,
      passed: (count: number) => {
        bytes[direction] += count
      },
      cut: () => {
        host.cut(this)
      },
    })
    this.#toServer = new Flow(client, this.#upstream, flowHost('toServer'))
    this.#toClient = new Flow(this.#upstream, client, flowHost('toClient'))
    const closed = () => {
      this.#open -= 1
      if (this.#open === 0 || !this.#connected) host.over(this)
    }
    client.once('close', closed)
    this.#upstream.once('close', closed)
  }

  get clientHere(): boolean {
    return !this.#toServer.sourceOver && !this.client.destroyed
  }

  get held(): number {
    return this.#toServer.held + this.#toClient.held
  }

  obey(mode: ProxyMode): void {
    if (mode.kind === 'rst' || (mode.kind === 'refuse' && mode.keepLiving !== true)) return this.reset()
    if (mode.kind !== 'stall') this.#connect()
    this.#toServer.obey(ruleOf(mode, 'toServer'))
    this.#toClient.obey(ruleOf(mode, 'toClient'))
    if (mode.kind !== 'halfClose') return
    const direction = mode.direction ?? 'toClient'
    if (direction !== 'toServer') this.#toClient.finish()
    if (direction !== 'toClient') this.#toServer.finish()
  }

  /** FIN both ways. */
  finish(): void {
    this.#toClient.finish()
    this.#toServer.finish()
  }

  reset(): void {
    this.#end((socket) => socket.resetAndDestroy())
  }

  destroy(): void {
    this.#end((socket) => socket.destroy())
  }

  #end(how: (socket: Socket) => void): void {
    this.#toServer.stop()
    this.#toClient.stop()
    how(this.client)
    // resetAndDestroy of a socket that was never connected is an error.
    if (this.#connected) how(this.#upstream)
    else this.#upstream.destroy()
  }

  #connect(): void {
    if (this.#connected) return
    this.#connected = true
    this.#upstream.setNoDelay(true)
    this.#upstream.connect(this.target.port, this.target.host)
  }
}
