import { Agent, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { ConnectionFailure } from '../failures'
import { ok, type Result } from '../result'

/** Carries a failure through Node's HTTP client, which knows errors only. */
export class ConnectError extends Error {
  constructor(readonly failure: ConnectionFailure) {
    super('No connection.')
  }
}

/** Below the 20 s after which Tomcat closes an idle connection: a write must not meet one that is just being closed. */
const IDLE_MS = 15_000
const MAX_IDLE = 4

/** Stands among the options of a request, which Node hands on to `createConnection`. */
export interface ForCall {
  readonly call?: number | undefined
}

/** `call`: for which it is opened; null ahead of need. */
type OpenConnection = (
  signal: AbortSignal,
  call: number | null,
) => Promise<Result<TLSSocket, ConnectionFailure>>

/** Keeps connections for reuse and opens new ones in the one way that verifies certificates. */
export class TlsAgent extends Agent {
  readonly #open: OpenConnection
  readonly #closing = new AbortController()
  #spare: Promise<TLSSocket | null> | null = null

  constructor(open: OpenConnection) {
    super({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE, scheduling: 'lifo' })
    this.#open = open
  }

  override createConnection(
    options: RequestOptions & ForCall,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    // Later: Node asks for it while the request is still being made, and the request is told of first.
    const opening = Promise.resolve().then(() => this.#next(options.call ?? null))
    void opening.then((opened) => {
      // Node reads the socket only when there is no error.
      const answer = callback as ((error: Error | null, socket?: Duplex) => void) | undefined
      if (opened.ok) answer?.(null, opened.value)
      else answer?.(new ConnectError(opened.error))
    })
    return undefined
  }

  /** Opens a connection ahead of the call that will need it. One that fails or ages is forgotten. */
  prepare(): void {
    if (this.#closing.signal.aborted) return
    this.#spare ??= this.#open(this.#closing.signal, null).then((opened) => {
      if (!opened.ok) return null
      const { value: socket } = opened
      socket.on('error', () => undefined)
      socket.setTimeout(IDLE_MS, () => socket.destroy())
      return socket
    })
  }

  async #next(call: number | null): Promise<Result<TLSSocket, ConnectionFailure>> {
    const waiting = this.#spare
    this.#spare = null
    const spare = waiting === null ? null : await waiting
    if (spare === null || spare.destroyed || spare.readyState !== 'open')
      return this.#open(this.#closing.signal, call)
    spare.setTimeout(0).removeAllListeners('timeout')
    return ok(spare)
  }

  /** Connections not in use may all be dead after one was. */
  dropIdle(): void {
    this.#dropSpare()
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy()
    }
  }

  #dropSpare(): void {
    void this.#spare?.then((socket) => socket?.destroy())
    this.#spare = null
  }

  close(): void {
    this.#dropSpare()
    this.#closing.abort()
    this.destroy()
  }
}
