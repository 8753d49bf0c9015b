import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import WebSocket from 'ws'
import { FRAME_LIMITS } from '../codec/index'
import type { ConnectionFailure } from '../failures'
import type { StageFacts } from '../stages'
import { timeLimit } from '../timeLimit'
import { classifyConnectionError, codeOf } from '../transport/classify'
import { parseRetryAfter } from '../transport/retryAfter'
import type { FinesseClock, NotificationEndpoint } from './types'
import { answerHead, bodyBeginning, rawAnswer, requestHead, type UpgradeTap } from './upgradeHeads'

/** RFC 7395, section 3.1. */
const SUBPROTOCOL = 'xmpp'

/** Behind the injected deadline, should that clock ever stand still. */
const LAST_RESORT_MS = 60_000

/** An ending that the peer should hear of is given this long before the socket is destroyed. */
const CLOSE_GRACE_MS = 1_000

export interface SocketOptions {
  readonly frameMs: number
  readonly heads?: UpgradeTap | undefined
}

export interface SocketHandlers {
  /** HTTP was answered, by yes or no. */
  answered(facts: StageFacts): void
  upgraded(facts: StageFacts): void
  text(frame: string): void
  /** The first is the reason; later ones are its consequences. `closeCode` is what the peer should be told. */
  failed(failure: ConnectionFailure, closeCode?: number): void
}

export interface Socket {
  /** False when the peer does not read: then nothing more is queued. */
  send(frame: string): boolean
  close(code: number): void
  terminate(): void
}

const urlOf = ({ host, port, path }: NotificationEndpoint): string =>
  `wss://${host.includes(':') ? `[${host}]` : host}:${String(port)}${path}`

const headerOf = (response: IncomingMessage, name: string): string => {
  const value = response.headers[name]
  return (Array.isArray(value) ? value.join(', ') : (value ?? '')).slice(0, 200)
}

const refusal = (response: IncomingMessage, now: number): ConnectionFailure => ({
  kind: 'upgrade',
  status: response.statusCode ?? 0,
  retryAfterMs: parseRetryAfter(response.headers['retry-after'], now),
  location: response.headers.location?.slice(0, 500) ?? null,
})

const answerFacts = (response: IncomingMessage): StageFacts => {
  const server = headerOf(response, 'server')
  return {
    status: response.statusCode ?? 0,
    statusText: (response.statusMessage ?? '').slice(0, 200),
    ...(server === '' ? {} : { server }),
  }
}

/** What `ws` reports after the upgrade: its own codes for broken frames, the system's for broken sockets. */
export const socketFailure = (error: unknown): { failure: ConnectionFailure; closeCode?: number } => {
  const code = codeOf(error)
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
    return { failure: { kind: 'tooLarge', limitBytes: FRAME_LIMITS.bytes }, closeCode: 1009 }
  }
  if (code === 'WS_ERR_INVALID_UTF8')
    return { failure: { kind: 'malformed', problem: code }, closeCode: 1007 }
  if (code.startsWith('WS_ERR_')) return { failure: { kind: 'malformed', problem: code }, closeCode: 1002 }
  return { failure: classifyConnectionError(error, { stage: 'established' }) }
}

/**
 * The WebSocket on a verified TLS connection: no compression (fault N26), no redirects (N10), 1 MiB per message,
 * sub-protocol `xmpp` or nothing.
 */
export const upgradeSocket = (
  connection: TLSSocket,
  endpoint: NotificationEndpoint,
  { frameMs, heads }: SocketOptions,
  clock: FinesseClock,
  handlers: SocketHandlers,
): Socket => {
  const ws = new WebSocket(urlOf(endpoint), SUBPROTOCOL, {
    createConnection: () => connection,
    handshakeTimeout: LAST_RESORT_MS,
    maxPayload: FRAME_LIMITS.bytes,
    perMessageDeflate: false,
    followRedirects: false,
    ...(heads && {
      finishRequest: (request) => {
        heads.sent(requestHead(request))
        request.end()
      },
    }),
  })
  let answer: IncomingMessage | undefined
  let opened = false
  let refused = false

  const failUpgrade = (error: unknown): void => {
    // The refusal is about to be told.
    if (refused) return
    const raw = heads && rawAnswer(error)
    if (answer === undefined && raw != null) heads?.received(raw)
    // After a 101 every objection of `ws` is about its headers; before it, the socket broke.
    handlers.failed(
      answer === undefined
        ? classifyConnectionError(error, { stage: 'established' })
        : refusal(answer, clock.now()),
    )
  }

  ws.on('upgrade', (response) => {
    answer = response
    heads?.received(answerHead(response))
    handlers.answered(answerFacts(response))
    const offered = headerOf(response, 'sec-websocket-protocol')
    if (offered === SUBPROTOCOL) return
    handlers.failed({ kind: 'subprotocol', offered })
  })
  ws.on('unexpected-response', (_request, response) => {
    const refuse = (): void => {
      handlers.failed(refusal(response, clock.now()))
      ws.terminate()
    }
    handlers.answered(answerFacts(response))
    if (heads === undefined) return refuse()
    refused = true
    bodyBeginning(response, clock, (body) => {
      heads.received(`${answerHead(response)}${body === '' ? '' : `\r\n${body}`}`)
      refuse()
    })
  })
  ws.on('open', () => {
    opened = true
    watchFrames(ws, connection, frameMs, clock, handlers)
    handlers.upgraded({ subprotocol: ws.protocol })
  })
  ws.on('message', (data, isBinary) => {
    if (isBinary) handlers.failed({ kind: 'malformed', problem: 'A binary message came.' }, 1003)
    else handlers.text(Buffer.isBuffer(data) ? data.toString('utf8') : '')
  })
  ws.on('error', (error) => {
    if (!opened) return failUpgrade(error)
    const { failure, closeCode } = socketFailure(error)
    handlers.failed(failure, closeCode)
  })
  ws.on('close', (code, reason) => {
    if (!refused) handlers.failed({ kind: 'closed', code, reason: reason.toString('utf8').slice(0, 123) })
  })

  return {
    send: (frame) => {
      if (ws.readyState !== WebSocket.OPEN || ws.bufferedAmount > FRAME_LIMITS.bytes) return false
      ws.send(frame, () => undefined)
      return true
    },
    close: (code) => {
      if (ws.readyState !== WebSocket.OPEN && ws.readyState !== WebSocket.CLOSING) return ws.terminate()
      ws.close(code)
      const cancel = clock.after(CLOSE_GRACE_MS, () => ws.terminate())
      ws.once('close', cancel)
    },
    terminate: () => ws.terminate(),
  }
}

/** Fault N12: a message that trickles in byte by byte must be complete within `frameMs`. */
const watchFrames = (
  ws: WebSocket,
  connection: TLSSocket,
  frameMs: number,
  clock: FinesseClock,
  handlers: SocketHandlers,
): void => {
  let completed = false
  let cancel: (() => void) | undefined
  const complete = (): void => {
    completed = true
    cancel?.()
    cancel = undefined
  }
  for (const event of ['message', 'ping', 'pong', 'close'] as const) ws.on(event, complete)
  // `ws` listens first and hands out what a chunk completes before this runs.
  connection.on('data', () => {
    if (!completed && ws.readyState === WebSocket.OPEN) {
      cancel ??= timeLimit(clock, frameMs, () =>
        handlers.failed({ kind: 'timeout', stage: 'live', ms: frameMs }),
      )
    }
    completed = false
  })
}
