import { encodeUserRequest, type UserRequest } from '../codec'
import type { FinesseKind, ReasonCategory, ReasonCodes } from '../model'
import type { FinesseClock } from '../notifications/types'
import { ok } from '../result'
import { type ConnectDeadlines, type Lookup, openTls } from '../transport/connect'
import type { ProxyFor } from '../transport/proxyRoute'
import type { Trust } from '../transport/trust'
import { guardedRestTap } from '../guardedTap'
import type { RestTap } from '../tap'
import { createCallTaps } from './callTap'
import { type Call, exchange, type Reply } from './exchange'
import { acceptance, type DocumentOf, documentIn } from './reply'
import { TlsAgent } from './tlsAgent'
import type { Accepted, BasicCredentials, RestClient, RestResult, SystemInfoAnswer } from './types'

export interface RestLimits {
  /** Milliseconds for one object and for a write. */
  readonly callMs: number
  /** For lists of a whole team: 2,000 agents take a busy server 20 s (fault R16). */
  readonly listMs: number
}

export const DEFAULT_REST_LIMITS: RestLimits = { callMs: 10_000, listMs: 30_000 }

export interface RestClientOptions {
  readonly host: string
  readonly port: number
  readonly trust: Trust
  /** Asked at each call. Null sends the call without, which the server refuses except for SystemInfo. */
  readonly credentials: () => BasicCredentials | null
  readonly clock: FinesseClock
  readonly limits?: RestLimits
  readonly deadlines?: ConnectDeadlines
  readonly lookup?: Lookup
  readonly proxyFor?: ProxyFor | undefined
  readonly tap?: RestTap | undefined
}

interface Received<K extends FinesseKind> {
  readonly document: DocumentOf<K>
  readonly reply: Reply
}

export const API = '/finesse/api'

/** Ids are people's names on UCCX. A dot segment would name another resource; a lone surrogate cannot be encoded. */
export const segment = (id: string): string =>
  encodeURIComponent(Buffer.from(id, 'utf8').toString('utf8')).replace(/^\.{1,2}$/, (dots) =>
    dots.replaceAll('.', '%2E'),
  )

/** Section 3.1, in UTF-8 (15.11). */
export const authorizationOf = (credentials: BasicCredentials | null): string | null =>
  credentials &&
  `Basic ${Buffer.from(`${credentials.id}:${credentials.password}`, 'utf8').toString('base64')}`

/** Servers that do not know TeamResource (before 12.5) answer with one of these (section 10). */
const UNKNOWN_RESOURCE: ReadonlySet<number> = new Set([400, 404, 501])

/** The codes of one category that an agent may choose: system codes are never offered (10.1). */
const offered = (list: ReasonCodes, category: ReasonCategory): ReasonCodes => ({
  category,
  codes: list.codes.filter(
    (code) => (code.category ?? list.category ?? category) === category && code.systemCode !== true,
  ),
})

/** Server time minus ours, taken at the middle of the round trip (section 14). */
const answerOf = ({ document, reply }: Received<'systemInfo'>): SystemInfoAnswer => {
  const info = document.value
  const { sentAt, roundTripMs } = reply
  const middle = sentAt + roundTripMs / 2
  return {
    info,
    clockOffsetMs: info.currentTimestamp === null ? null : Math.round(info.currentTimestamp - middle),
    roundTripMs,
  }
}

export const createRestClient = (options: RestClientOptions): RestClient => {
  const { host, port, trust, credentials, clock } = options
  const limits = options.limits ?? DEFAULT_REST_LIMITS
  const closing = new AbortController()
  const tap = guardedRestTap(options.tap)
  const taps = tap && createCallTaps(tap, clock)
  const agent = new TlsAgent((signal, call) =>
    openTls({
      host,
      port,
      trust,
      clock,
      signal,
      proxyFor: options.proxyFor,
      ...(tap && {
        report: (report) => {
          if (taps?.isHeard(call) === true) tap.stage(call, report)
        },
        onChain: (chain) => {
          if (taps?.isHeard(call) === true) tap.chain(call, chain)
        },
      }),
      ...(options.deadlines === undefined ? {} : { deadlines: options.deadlines }),
      ...(options.lookup === undefined ? {} : { lookup: options.lookup }),
    }),
  )
  const channel = { host, port, agent, clock, closed: closing.signal }
  /** Sends, and makes of the answer what the call is for: only then it is finished. */
  const perform = async <T>(call: Call, use: (reply: Reply) => RestResult<T>): Promise<RestResult<T>> => {
    const told = taps?.begin()
    const reply = await exchange(channel, call, told)
    const outcome = reply.ok ? use(reply.value) : reply
    told?.finished(outcome.ok ? null : outcome.error)
    return outcome
  }

  const get = <K extends FinesseKind>(
    path: string,
    kind: K,
    limitMs: number,
    signal: AbortSignal | undefined,
    identity = credentials(),
  ): Promise<RestResult<Received<K>>> => {
    const headers = { accept: 'application/xml' }
    const authorization = authorizationOf(identity)
    const call: Call = {
      method: 'GET',
      path: API + path,
      headers,
      authorization,
      body: null,
      limitMs,
      signal,
    }
    return perform(call, (reply) => {
      const document = documentIn(reply, kind, clock.now())
      return document.ok ? ok({ document: document.value, reply }) : document
    })
  }

  const putUser = (
    id: string,
    request: UserRequest,
    requestId: string,
    signal: AbortSignal | undefined,
  ): Promise<RestResult<Accepted>> => {
    const body = encodeUserRequest(request)
    const headers = {
      accept: 'application/xml',
      'content-type': 'application/xml',
      'content-length': String(Buffer.byteLength(body)),
      requestId,
    }
    const path = `${API}/User/${segment(id)}`
    const authorization = authorizationOf(credentials())
    const call: Call = { method: 'PUT', path, headers, authorization, body, limitMs: limits.callMs, signal }
    return perform(call, (reply) => acceptance(reply, requestId, clock.now()))
  }

  const reasonCodesAt = async (
    owner: string,
    category: ReasonCategory,
    signal: AbortSignal | undefined,
  ): Promise<RestResult<ReasonCodes>> => {
    const path = `${owner}/ReasonCodes?category=${encodeURIComponent(category)}`
    const received = await get(path, 'reasonCodes', limits.listMs, signal)
    return received.ok ? ok(offered(received.value.document.value, category)) : received
  }

  return {
    async systemInfo(signal, anonymous = false) {
      // No secret where none is needed: on the LAN everybody may read it, only a reverse proxy asks (section 7).
      const open = await get('/SystemInfo', 'systemInfo', limits.callMs, signal, null)
      if (open.ok) return ok(answerOf(open.value))
      const known = anonymous ? null : credentials()
      if (known === null || open.error.kind !== 'status' || open.error.status !== 401) return open
      const named = await get('/SystemInfo', 'systemInfo', limits.callMs, signal, known)
      return named.ok ? ok(answerOf(named.value)) : named
    },
    warm: () => agent.prepare(),
    async user(id, signal) {
      const received = await get(`/User/${segment(id)}`, 'user', limits.callMs, signal)
      return received.ok ? ok(received.value.document.value) : received
    },
    signIn: (id, extension, requestId, signal) =>
      putUser(id, { state: 'LOGIN', extension }, requestId, signal),
    signOut: (id, reasonCodeId, requestId, signal) =>
      putUser(id, { state: 'LOGOUT', reasonCodeId }, requestId, signal),
    setState: (id, { state, reasonCodeId }, requestId, signal) =>
      putUser(id, { state, reasonCodeId }, requestId, signal),
    async reasonCodes(userId, teamId, category, signal) {
      if (teamId !== null) {
        const ofTeam = await reasonCodesAt(`/TeamResource/${segment(teamId)}`, category, signal)
        if (ofTeam.ok || ofTeam.error.kind !== 'status' || !UNKNOWN_RESOURCE.has(ofTeam.error.status))
          return ofTeam
      }
      return reasonCodesAt(`/User/${segment(userId)}`, category, signal)
    },
    async team(id, signal) {
      // The default differs by release (section 18, 17).
      const path = `/Team/${segment(id)}?includeLoggedOutAgents=true`
      const received = await get(path, 'team', limits.listMs, signal)
      return received.ok ? ok(received.value.document.value) : received
    },
    async dialogs(userId, signal) {
      const received = await get(`/User/${segment(userId)}/Dialogs`, 'dialogs', limits.callMs, signal)
      return received.ok ? ok(received.value.document.value) : received
    },
    close() {
      closing.abort()
      agent.close()
      return Promise.resolve()
    },
  }
}
