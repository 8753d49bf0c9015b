import { decodeDocument } from '../codec'
import type { EpochMs, FinesseDocument, FinesseKind } from '../model'
import { err, ok } from '../result'
import { parseRetryAfter } from '../transport/retryAfter'
import type { Reply } from './exchange'
import type { RestFailure, RestResult } from './types'

export type DocumentOf<K extends FinesseKind> = Extract<FinesseDocument, { readonly kind: K }>

const isKind = <K extends FinesseKind>(document: FinesseDocument, kind: K): document is DocumentOf<K> =>
  document.kind === kind

/** Null when the body is not UTF-8, which section 6 promises. A byte order mark is dropped. */
const textOf = (body: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return null
  }
}

/** A proxy's or Tomcat's own page (section 6.1), whatever it claims to be. */
const isHtml = (reply: Reply, text: string): boolean =>
  /^text\/html\b/i.test(reply.contentType.trim()) || /^\s*<(?:!doctype\s+html|html)\b/i.test(text)

const statusFailure = (reply: Reply, now: EpochMs): RestFailure => {
  const { status } = reply
  const retryAfterMs = parseRetryAfter(reply.retryAfter, now)
  const text = textOf(reply.body)
  if (text === null) return { kind: 'status', status, retryAfterMs, errors: [], body: 'other' }
  if (text.trim() === '') return { kind: 'status', status, retryAfterMs, errors: [], body: 'empty' }
  if (isHtml(reply, text)) return { kind: 'status', status, retryAfterMs, errors: [], body: 'html' }
  const document = decodeDocument(text)
  return document.ok && document.value.kind === 'apiErrors'
    ? { kind: 'status', status, retryAfterMs, errors: document.value.value, body: 'finesse' }
    : { kind: 'status', status, retryAfterMs, errors: [], body: 'other' }
}

/** Null for every 2xx. */
const refusalOf = (reply: Reply, now: EpochMs): RestFailure | null => {
  const { status } = reply
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return { kind: 'redirect', status, location: reply.location }
  return statusFailure(reply, now)
}

/** The answer to a GET: the object that was asked for, or why not. */
export const documentIn = <K extends FinesseKind>(
  reply: Reply,
  kind: K,
  now: EpochMs,
): RestResult<DocumentOf<K>> => {
  const refusal = refusalOf(reply, now)
  if (refusal !== null) return err(refusal)
  const malformed = (problem: string) =>
    err<RestFailure>({ kind: 'malformed', status: reply.status, problem })
  const text = textOf(reply.body)
  if (text === null) return malformed('The body is not UTF-8.')
  if (isHtml(reply, text)) return malformed('The body is an HTML page.')
  const document = decodeDocument(text)
  if (!document.ok) return malformed(document.error.problem)
  if (isKind(document.value, kind)) return ok(document.value)
  const root = document.value.kind === 'unknown' ? document.value.value.root : document.value.kind
  return malformed(`The body is "${root.slice(0, 60)}" instead of "${kind}".`)
}

/** The answer to a write: every 2xx means "accepted" (section 6), unless somebody else answered. */
export const acceptance = (reply: Reply, requestId: string, now: EpochMs) => {
  const refusal = refusalOf(reply, now)
  if (refusal !== null) return err(refusal)
  const { status } = reply
  // The sign-in page of a proxy or of a hotel says 200 too.
  return isHtml(reply, textOf(reply.body) ?? '')
    ? err<RestFailure>({ kind: 'malformed', status, problem: 'The body is an HTML page.' })
    : ok({ status, requestId })
}
