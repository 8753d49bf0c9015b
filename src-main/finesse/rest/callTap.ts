import type { ClientRequest, IncomingMessage } from 'node:http'
import type { FinesseClock } from '../notifications/types'
import type { RestTap, TappedAnswer } from '../tap'
import type { RestFailure } from './types'

/** What one call tells. Nothing of it is heard after `finished`. */
export interface CallTap {
  readonly number: number
  /** Again for a repetition. `headers`: without the secret. */
  requested(request: ClientRequest, headers: Readonly<Record<string, string>>, body: string | null): void
  /** `body`: null when it was not read. */
  answered(response: IncomingMessage, body: Buffer | null, roundTripMs: number): void
  finished(failure: RestFailure | null): void
}

export interface CallTaps {
  begin(): CallTap
  /** Whether a call's connection is still heard of: one that outlives its call is not. Null: opened for no call. */
  isHeard(call: number | null): boolean
}

const answerOf = (response: IncomingMessage, body: Buffer | null, roundTripMs: number): TappedAnswer => ({
  status: response.statusCode ?? 0,
  statusText: response.statusMessage ?? '',
  headers: response.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, response.rawHeaders[at + 1] ?? ''] as const] : [],
  ),
  body: body?.toString('utf8') ?? null,
  bytes: body?.length ?? (Number(response.headers['content-length']) || 0),
  roundTripMs,
})

/** Numbers calls, and keeps the promise that each ends once. */
export const createCallTaps = (tap: RestTap, clock: FinesseClock): CallTaps => {
  let last = 0
  const open = new Set<number>()
  return {
    begin: () => {
      last += 1
      const call = last
      return {
        number: call,
        requested: ({ method, path }, headers, body) => {
          open.add(call)
          tap.requested(call, { method, path, headers, body }, clock.now())
        },
        answered: (response, body, roundTripMs) => {
          if (open.has(call)) tap.answered(call, answerOf(response, body, roundTripMs), clock.now())
        },
        // A call that was given up before it began is none.
        finished: (failure) => {
          if (open.delete(call)) tap.finished(call, failure, clock.now())
        },
      }
    },
    isHeard: (call) => call === null || open.has(call),
  }
}
