import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { BODY_LIMITS } from '../codec'
import type { EpochMs } from '../model'
import type { FinesseClock } from '../notifications/types'
import { err, ok } from '../result'
import { timeLimit } from '../timeLimit'
import { classifyConnectionError, codeOf } from '../transport/classify'
import type { CallTap } from './callTap'
import { ConnectError, type ForCall, type TlsAgent } from './tlsAgent'
import type { RestFailure, RestResult } from './types'

/** One node and what its calls share. */
export interface Channel {
  readonly host: string
  readonly port: number
  readonly agent: TlsAgent
  readonly clock: FinesseClock
  /** Aborted when the client closes. */
  readonly closed: AbortSignal
}

export interface Call {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  /** Without the next, which holds the password and is told to nobody. */
  readonly headers: Readonly<Record<string, string>>
  readonly authorization: string | null
  readonly body: string | null
  /** For the whole call, connecting and reading included. */
  readonly limitMs: number
  readonly signal: AbortSignal | undefined
}

export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: string | undefined
  readonly location: string
  readonly body: Buffer
  /** When the request went out, after connecting. */
  readonly sentAt: EpochMs
  /** From then to the first byte of the answer. */
  readonly roundTripMs: number
}

/** What a peer that closed an idle connection looks like when the next request is written to it (fault R15). */
const STALE_CODES: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])

const MAX_LOCATION = 300

const failureOf = (error: unknown): RestFailure => {
  if (error instanceof ConnectError) return { kind: 'connection', failure: error.failure }
  const code = codeOf(error)
  return {
    kind: 'connection',
    failure: code.startsWith('HPE_')
      ? { kind: 'malformed', problem: code }
      : classifyConnectionError(error, { stage: 'established' }),
  }
}

const CUT_OFF: RestFailure = { kind: 'connection', failure: { kind: 'socket', code: 'ECONNRESET' } }
const TOO_LARGE: RestFailure = { kind: 'tooLarge', limitBytes: BODY_LIMITS.bytes }

const isRedirect = ({ statusCode = 0 }: IncomingMessage): boolean => statusCode >= 300 && statusCode < 400

const toldHeaders = (call: Call, request: ClientRequest): Readonly<Record<string, string>> => ({
  host: String(request.getHeader('host') ?? ''),
  ...call.headers,
  ...(call.authorization === null ? {} : { authorization: 'Basic [redacted]' }),
})

/**
 * The body, at most 16 MiB of it. Compression is never asked for; a body that comes compressed is refused unread,
 * so nothing can inflate. A redirect's body is of no interest.
 */
const readBody = (response: IncomingMessage, done: (body: RestResult<Buffer>) => void): void => {
  const status = response.statusCode ?? 0
  response.on('error', () => {
    done(err(CUT_OFF))
  })
  if (isRedirect(response)) {
    done(ok(Buffer.alloc(0)))
    return
  }
  const encoding = response.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    done(err({ kind: 'malformed', status, problem: 'The body is compressed, which was not asked for.' }))
    return
  }
  if (Number(response.headers['content-length'] ?? 0) > BODY_LIMITS.bytes) {
    done(err(TOO_LARGE))
    return
  }
  const chunks: Buffer[] = []
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > BODY_LIMITS.bytes) done(err(TOO_LARGE))
    else chunks.push(chunk)
  })
  response.on('end', () => {
    done(ok(Buffer.concat(chunks)))
  })
  response.on('close', () => {
    done(err(CUT_OFF))
  })
}

/**
 * One request and its answer, whatever its status. A GET is repeated once, on a new connection, when a kept
 * connection turns out to be dead; a write never is: the server may have done its work.
 */
export const exchange = (channel: Channel, call: Call, tap?: CallTap): Promise<RestResult<Reply>> =>
  new Promise((resolve) => {
    const { agent, clock, closed, host, port } = channel
    const { method, path, headers, body, limitMs, signal } = call
    if (closed.aborted || signal?.aborted === true) {
      resolve(err({ kind: 'cancelled' }))
      return
    }
    let current: ClientRequest | undefined
    let settled = false
    let tellUnread: () => void = () => undefined

    const settle = (outcome: RestResult<Reply>, reusable: boolean): void => {
      if (settled) return
      settled = true
      tellUnread()
      cancelLimit()
      closed.removeEventListener('abort', cancel)
      signal?.removeEventListener('abort', cancel)
      if (!reusable) current?.destroy()
      resolve(outcome)
    }
    const cancel = (): void => {
      settle(err({ kind: 'cancelled' }), false)
    }
    const cancelLimit = timeLimit(clock, limitMs, () => {
      settle(err({ kind: 'timeout', ms: limitMs }), false)
    })
    closed.addEventListener('abort', cancel, { once: true })
    signal?.addEventListener('abort', cancel, { once: true })

    const send = (mayRepeat: boolean): void => {
      const options: RequestOptions & ForCall = {
        agent,
        host,
        port,
        method,
        path,
        headers: call.authorization === null ? headers : { ...headers, authorization: call.authorization },
        call: tap?.number,
      }
      const request = httpsRequest(options)
      current = request
      tap?.requested(request, toldHeaders(call, request), body)
      let sentAt = clock.now()
      let sentMonotonic = clock.monotonic()
      let answered = false
      const broken = (error: unknown): void => {
        if (settled || answered || request !== current) return
        if (mayRepeat && request.reusedSocket && STALE_CODES.has(codeOf(error))) {
          agent.dropIdle()
          send(false)
        } else settle(err(failureOf(error)), false)
      }
      request.on('socket', () => {
        sentAt = clock.now()
        sentMonotonic = clock.monotonic()
      })
      request.on('response', (response) => {
        answered = true
        const roundTripMs = clock.monotonic() - sentMonotonic
        // Whatever ends the call before its body was read.
        tellUnread = () => tap?.answered(response, null, roundTripMs)
        readBody(response, (read) => {
          if (!read.ok) return settle(read, false)
          if (!settled && !isRedirect(response)) {
            tellUnread = () => undefined
            tap?.answered(response, read.value, roundTripMs)
          }
          settle(ok(replyOf(response, read.value, sentAt, roundTripMs)), response.complete)
        })
      })
      request.on('error', broken)
      // An upgrade nobody asked for ends without an error.
      request.on('close', () => {
        broken({ code: 'ECONNRESET' })
      })
      request.end(body ?? undefined)
    }
    send(method === 'GET')
  })

const replyOf = (response: IncomingMessage, body: Buffer, sentAt: EpochMs, roundTripMs: number): Reply => ({
  status: response.statusCode ?? 0,
  contentType: response.headers['content-type'] ?? '',
  retryAfter: response.headers['retry-after'],
  location: (response.headers.location ?? '').slice(0, MAX_LOCATION),
  body,
  sentAt,
  roundTripMs,
})
