import { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { ConnectionFailure } from '../failures'
import type { Result } from '../result'

/** Carries a failure through Node's HTTP client, which knows errors only. */
export class ConnectError extends Error {
  constructor(readonly failure: ConnectionFailure) {
    super('No connection.')
  }
}

/** Below the 20 s after which Tomcat closes an idle connection: a write must not meet one that is just being closed. */
const IDLE_MS = 15_000
const MAX_IDLE = 4

type OpenConnection = (signal: AbortSignal) => Promise<Result<TLSSocket, ConnectionFailure>>

/** Keeps connections for reuse and opens new ones in the one way that verifies certificates. */
export class TlsAgent extends Agent {
  readonly #open: OpenConnection
  readonly #closing = new AbortController()

  constructor(open: OpenConnection) {
    super({ keepAlive: true, timeout: IDLE_MS, maxFreeSockets: MAX_IDLE, scheduling: 'lifo' })
    this.#open = open
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    void this.#open(this.#closing.signal).then((opened) => {
      // Node reads the socket only when there is no error.
      const answer = callback as ((error: Error | null, socket?: Duplex) => void) | undefined
      if (opened.ok) answer?.(null, opened.value)
      else answer?.(new ConnectError(opened.error))
    })
    return undefined
  }

  /** Connections not in use may all be dead after one was. */
  dropIdle(): void {
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy()
    }
  }

  close(): void {
    this.#closing.abort()
    this.destroy()
  }
}
