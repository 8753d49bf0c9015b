import { escapeText } from '../codec'
import { err, type Result } from '../result'
import { openTls } from '../transport/connect'
import { exchange } from './exchange'
import { acceptance } from './reply'
import { API, authorizationOf, type RestClientOptions, segment } from './restClient'
import { TlsAgent } from './tlsAgent'
import type { Accepted, RestFailure } from './types'

/**
 * Bytes of the whole body. The server's limit is believed to be 1 048 576 characters (section 10.6); below a million
 * it holds whichever way a server counts.
 */
export const CLIENT_LOG_BYTES = 1_000_000

/** A megabyte on a slow line. */
const LIMIT_MS = 60_000

const bodyOf = (text: string): string => `<ClientLog><logData>${escapeText(text)}</logData></ClientLog>`

/** Bytes of the body that would carry this text. */
export const clientLogBytes = (text: string): number => Buffer.byteLength(bodyOf(text))

export interface ClientLogRequest {
  readonly userId: string
  readonly text: string
  readonly requestId: string
  readonly signal?: AbortSignal
}

/**
 * Puts a text into the server's client logs (section 10.6), of the own user only. On a connection of its own that no tap
 * hears of: the log would end up in the log. Written once, never again by itself.
 */
export const sendClientLog = async (
  options: Omit<RestClientOptions, 'limits' | 'tap'>,
  request: ClientLogRequest,
): Promise<Result<Accepted, RestFailure>> => {
  const { host, port, trust, clock, proxyFor, deadlines, lookup } = options
  const { userId, text, requestId, signal } = request
  const body = bodyOf(text)
  const length = Buffer.byteLength(body)
  if (length > CLIENT_LOG_BYTES) return err({ kind: 'tooLarge', limitBytes: CLIENT_LOG_BYTES })
  const agent = new TlsAgent((abort) =>
    openTls({
      ...{ host, port, trust, clock, signal: abort, proxyFor },
      ...(deadlines === undefined ? {} : { deadlines }),
      ...(lookup === undefined ? {} : { lookup }),
    }),
  )
  try {
    const reply = await exchange(
      { host, port, agent, clock, closed: new AbortController().signal },
      {
        method: 'POST',
        path: `${API}/User/${segment(userId)}/ClientLog`,
        headers: {
          accept: 'application/xml',
          'content-type': 'application/xml',
          'content-length': String(length),
          requestId,
        },
        authorization: authorizationOf(options.credentials()),
        body,
        limitMs: LIMIT_MS,
        signal,
      },
    )
    return reply.ok ? acceptance(reply.value, requestId, clock.now()) : reply
  } finally {
    agent.close()
  }
}
