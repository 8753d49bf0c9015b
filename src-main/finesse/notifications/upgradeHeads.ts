import type { ClientRequest, IncomingMessage } from 'node:http'
import type { FinesseClock } from './types'

/** Hears the HTTP upgrade. */
export interface UpgradeTap {
  sent(head: string): void
  received(head: string): void
}

/** The reason a person can use stands at the beginning of a proxy's page. */
const MAX_BODY_BYTES = 2048

/** What has not come by then is not waited for: the refusal itself is known. */
const BODY_MS = 500

const lines = (first: string, headers: readonly string[]): string => `${[first, ...headers].join('\r\n')}\r\n`

/** As Node writes it: in the order and spelling in which the headers were set. */
export const requestHead = (request: ClientRequest): string =>
  lines(
    `${request.method} ${request.path} HTTP/1.1`,
    request.getRawHeaderNames().map((name) => `${name}: ${String(request.getHeader(name))}`),
  )

export const answerHead = ({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): string =>
  lines(
    `HTTP/${httpVersion} ${String(statusCode ?? 0)} ${statusMessage ?? ''}`.trimEnd(),
    rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : [])),
  )

/** The beginning of what came and was no HTTP at all; null when Node does not say. */
export const rawAnswer = (error: unknown): string | null => {
  const raw: unknown =
    typeof error === 'object' && error !== null && 'rawPacket' in error ? error.rawPacket : null
  return Buffer.isBuffer(raw) ? raw.toString('latin1', 0, MAX_BODY_BYTES) : null
}

/** The beginning of a body; `done` is called once, with what has come by then. */
export const bodyBeginning = (
  response: IncomingMessage,
  clock: FinesseClock,
  done: (body: string) => void,
): void => {
  let body = Buffer.alloc(0)
  let over = false
  const finish = (): void => {
    if (over) return
    over = true
    cancel()
    response.off('data', read)
    done(body.toString('utf8', 0, MAX_BODY_BYTES))
  }
  const read = (chunk: Buffer): void => {
    body = Buffer.concat([body, chunk.subarray(0, MAX_BODY_BYTES)])
    if (body.length >= MAX_BODY_BYTES) finish()
  }
  const cancel = clock.after(BODY_MS, finish)
  response.on('error', finish)
  response.once('close', finish)
  response.once('end', finish)
  response.on('data', read)
}
