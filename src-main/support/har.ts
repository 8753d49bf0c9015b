import { isIP } from 'node:net'
import type { Entry, Har, Page, Request, Response, Timings } from 'har-format'
import type { AttemptDetail, RestCallView, StageDetail, WireText } from '../../src-contract/inspector'
import type { Stage } from '../../src-contract/connection'
import { harTime, harUri } from './harValues'
import { headerIn, type HttpText, parseHttpText } from './httpText'

/** One WebSocket frame as Chrome's developer tools write it. */
interface WebSocketMessage {
  readonly type: 'send' | 'receive'
  /** Epoch seconds, with fractions. */
  readonly time: number
  /** 1: text. */
  readonly opcode: 1
  readonly data: string
}

/** HAR allows any field whose name begins with an underscore; the first three are Chrome's. */
export interface HarEntry extends Entry {
  _webSocketMessages?: WebSocketMessage[]
  _error?: string
  _cause?: string
}

export interface HarStage {
  readonly stage: Stage
  readonly status: StageDetail['status']
  readonly ms: number | null
  readonly problem: string | null
  readonly cause: string | null
}

export interface AttemptHar extends Har {
  readonly log: Har['log'] & { entries: HarEntry[]; readonly _stages: readonly HarStage[] }
}

const NO_TEXT = parseHttpText('')
/** Does not apply, in HAR's words. */
const NONE = -1

const firstOf = (exchange: readonly WireText[], direction: WireText['direction']): WireText | undefined =>
  exchange.find((text) => text.direction === direction)

const messageOf = (text: WireText | undefined): HttpText =>
  text === undefined ? NO_TEXT : parseHttpText(text.text)

const cutOf = (text: WireText | undefined): { comment?: string } =>
  text === undefined || text.cut <= 0 ? {} : { comment: `${text.cut} characters left out` }

const whole = (value: number): number => (Number.isFinite(value) ? Math.max(0, Math.round(value)) : 0)

const lasted = (ms: number | null): number => (ms === null || !Number.isFinite(ms) ? NONE : Math.max(0, ms))

/** `ssl` is a part of `connect` (HAR 1.2); the sum of the others is the entry's time. */
const timingsOf = (
  dns: number | null,
  tcp: number | null,
  tls: number | null,
  wait: number | null,
  receive: number,
): Timings => ({
  blocked: NONE,
  dns: lasted(dns),
  connect: tcp === null && tls === null ? NONE : Math.max(0, lasted(tcp)) + Math.max(0, lasted(tls)),
  ssl: lasted(tls),
  send: 0,
  wait: Math.max(0, lasted(wait)),
  receive,
})

const timeOf = ({ dns = NONE, connect = NONE, send = 0, wait, receive }: Timings): number =>
  [dns, connect, send, wait, receive].reduce((sum, part) => sum + Math.max(0, part), 0)

const requestOf = (url: string, method: string, text: WireText | undefined): Request => {
  const message = messageOf(text)
  return {
    method,
    url,
    httpVersion: message.start[2] || 'HTTP/1.1',
    cookies: [],
    headers: [...message.headers],
    queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
    ...(message.body === ''
      ? {}
      : { postData: { mimeType: headerIn(message, 'content-type'), text: message.body } }),
    headersSize: text === undefined ? NONE : message.headBytes,
    bodySize: text === undefined ? NONE : Buffer.byteLength(message.body),
    ...cutOf(text),
  }
}

/** Status 0: no answer came, as browsers write it. */
const responseOf = (text: WireText | undefined, status: number | null, bytes: number | null): Response => {
  const message = messageOf(text)
  const bodyBytes = whole(bytes ?? Buffer.byteLength(message.body))
  return {
    status: whole(status ?? (Number(message.start[1]) || 0)),
    statusText: message.start[2],
    httpVersion: message.start[0] || 'HTTP/1.1',
    cookies: [],
    headers: [...message.headers],
    content: {
      size: bodyBytes,
      mimeType: headerIn(message, 'content-type') || 'x-unknown',
      ...(message.body === '' ? {} : { text: message.body }),
    },
    redirectURL: headerIn(message, 'location'),
    headersSize: text === undefined ? NONE : message.headBytes,
    bodySize: text === undefined ? NONE : bodyBytes,
    ...cutOf(text),
  }
}

const pageId = (attempt: AttemptDetail): string => `attempt-${attempt.id}`

const callEntry = (attempt: AttemptDetail, call: RestCallView): HarEntry => {
  const answer = firstOf(call.exchange, 'received')
  const { dnsMs, tcpMs, tlsMs, waitMs } = call.timings
  const before = [dnsMs, tcpMs, tlsMs, waitMs].reduce<number>((sum, ms) => sum + Math.max(0, lasted(ms)), 0)
  const timings = timingsOf(dnsMs, tcpMs, tlsMs, waitMs, Math.max(0, lasted(call.ms) - before))
  return {
    pageref: pageId(attempt),
    startedDateTime: harTime(call.startedAt),
    time: timeOf(timings),
    request: requestOf(harUri('https', call.server, call.path), call.method, firstOf(call.exchange, 'sent')),
    response: responseOf(answer, call.status, call.bytes),
    cache: {},
    timings,
    _resourceType: 'xhr',
    ...(call.problem === null ? {} : { _error: call.problem.code }),
    ...(call.cause === null ? {} : { _cause: call.cause.id }),
  }
}

const frameOf = (text: WireText): WebSocketMessage => ({
  type: text.direction === 'sent' ? 'send' : 'receive',
  time: text.at / 1000,
  opcode: 1,
  data: text.text,
})

const socketEntry = (attempt: AttemptDetail): HarEntry => {
  const stages = new Map(attempt.stages.map((stage) => [stage.stage, stage]))
  const ms = (stage: Stage): number | null => stages.get(stage)?.ms ?? null
  const upgrade = stages.get('upgrade')
  const exchange = upgrade?.exchange ?? []
  const request = firstOf(exchange, 'sent')
  const answer = firstOf(exchange, 'received')
  const [method, path] = messageOf(request).start
  const known = upgrade?.facts['path']
  const status = upgrade?.facts['status']
  const address = stages.get('tcp')?.facts['address']
  const timings = timingsOf(ms('dns'), ms('tcp'), ms('tls'), ms('upgrade'), 0)
  return {
    pageref: pageId(attempt),
    startedDateTime: harTime(attempt.startedAt),
    time: timeOf(timings),
    request: requestOf(
      harUri('wss', attempt.endpoint, path || (typeof known === 'string' ? known : '/')),
      method || 'GET',
      request,
    ),
    response: responseOf(answer, typeof status === 'number' ? status : null, null),
    cache: {},
    timings,
    ...(typeof address === 'string' && isIP(address) !== 0 ? { serverIPAddress: address } : {}),
    _resourceType: 'websocket',
    _webSocketMessages: attempt.stages
      .filter((stage) => stage.stage !== 'upgrade')
      .flatMap((stage) => stage.exchange)
      .sort((a, b) => a.at - b.at)
      .map(frameOf),
    ...(attempt.problem === null ? {} : { _error: attempt.problem.code }),
    ...(attempt.cause === null ? {} : { _cause: attempt.cause.id }),
  }
}

const pageOf = (attempt: AttemptDetail): Page => ({
  startedDateTime: harTime(attempt.startedAt),
  id: pageId(attempt),
  title: `wss://${attempt.endpoint} ${attempt.outcome}`,
  pageTimings: {
    onContentLoad: NONE,
    onLoad: attempt.liveAt === null ? NONE : Math.max(0, attempt.liveAt - attempt.startedAt),
  },
})

/**
 * One attempt as HAR 1.2: its REST calls and the WebSocket with its frames, oldest first. Masks nothing: the texts of an
 * attempt were masked when they were captured.
 */
export const harOf = (attempt: AttemptDetail, creator: { readonly version: string }): AttemptHar => ({
  log: {
    version: '1.2',
    creator: { name: 'Sidetone', version: creator.version },
    pages: [pageOf(attempt)],
    entries: [socketEntry(attempt), ...attempt.calls.map((call) => callEntry(attempt, call))].sort((a, b) =>
      a.startedDateTime < b.startedDateTime ? -1 : a.startedDateTime > b.startedDateTime ? 1 : 0,
    ),
    _stages: attempt.stages.map(({ stage, status, ms, problem, cause }) => ({
      stage,
      status,
      ms,
      problem: problem?.code ?? null,
      cause: cause?.id ?? null,
    })),
  },
})
