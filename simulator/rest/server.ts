import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import type { Agent } from '../world/types'
import { systemInfo } from '../wire/systemInfo'
import { befalls, forcedReply } from './forced'
import { htmlPage, outOfService, refusal, unauthorized, xml, type Reply } from './reply'
import type { Call } from './request'
import { route } from './router'
import { spoil } from './spoiled'

const LARGEST_BODY = 4 * 1024 * 1024
/** With `eventBeforeReply`: how long the 202 waits, ms. */
const LATE_REPLY_MS = 150
const PREFIX = '/finesse/api/'
const LOGGED_BODY = 2_000

/** Takes one HTTP request of a node from its first byte to its answer. */
export function answerRest(
  site: Site,
  node: SimulatedNode,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(chunk)
    else request.destroy()
  })
  request.on('error', () => request.destroy())
  request.on('end', () => {
    const silent = site.faults.find(node.name, 'silent')
    if (silent?.scope === 'rest' || silent?.scope === 'both') return
    const { reply, caller } = answer(site, node, request, Buffer.concat(chunks).toString('utf8'))
    record(site, node, request, reply, caller, size, chunks)
    const late =
      site.faults.has(node.name, 'eventBeforeReply') && request.method !== 'GET' ? LATE_REPLY_MS : 0
    const slow = site.faults.find(node.name, 'slow')
    const asked = { method: request.method ?? 'GET', path: (request.url ?? '').split('?')[0] ?? '' }
    const wait = late + (slow === null || !befalls(slow, asked) ? 0 : (slow.ms ?? 1000))
    const finish = () => {
      if (!spoil(site, node, request, response, reply)) send(site, node, response, request, reply)
    }
    if (wait === 0) finish()
    else site.clock.after(wait, finish)
  })
}

const header = (request: IncomingMessage, name: string): string | null => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

interface Answer {
  readonly reply: Reply
  readonly caller: Agent | null
}

function answer(site: Site, node: SimulatedNode, request: IncomingMessage, body: string): Answer {
  const nobody = (reply: Reply): Answer => ({ reply, caller: null })
  const url = new URL(request.url ?? '/', 'https://localhost')
  const method = request.method ?? 'GET'
  const forced = forcedReply(site, node, { method, path: url.pathname })
  if (forced !== null) return nobody(forced)
  const path = pathOf(url.pathname)
  if (path === null) return nobody(htmlPage(404))
  // Section 7: answered without authorization, and while out of service too.
  if (path.length === 1 && path[0] === 'SystemInfo')
    return nobody(
      method === 'GET'
        ? xml(systemInfo(site, node, 'SystemInfo'))
        : refusal(405, 'Bad Request', 'Method Not Allowed'),
    )
  const caller = callerOf(site, node, header(request, 'authorization'))
  if (caller === null) return nobody(unauthorized())
  if (node.status !== 'IN_SERVICE') return { reply: outOfService(), caller }
  const call: Call = {
    site,
    node,
    caller,
    method,
    path,
    query: url.searchParams,
    range: header(request, 'range'),
    contentType: header(request, 'content-type') ?? '',
    body,
    requestId: header(request, 'requestid'),
  }
  return { reply: route(call), caller }
}

/** Segments behind /finesse/api, decoded; null for everything else. Trailing slashes appear in documents (6). */
function pathOf(pathname: string): readonly string[] | null {
  if (!pathname.startsWith(PREFIX)) return null
  try {
    return pathname.slice(PREFIX.length).replace(/\/+$/, '').split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}

/** Section 3.1: Basic, UTF-8, login id or login name. */
function callerOf(site: Site, node: SimulatedNode, authorization: string | null): Agent | null {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(authorization ?? '') ?? []
  if (encoded === undefined) return null
  const [, name, password] = /^([^:]*):([^]*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? []
  if (name === undefined || password === undefined) return null
  if (site.faults.has(node.name, 'rejectAuth')) return null
  const checked = site.accounts.check(name, password)
  return checked.ok ? (site.engine.world.agents.get(checked.agentId) ?? null) : null
}

function record(
  site: Site,
  node: SimulatedNode,
  request: IncomingMessage,
  reply: Reply,
  caller: Agent | null,
  size: number,
  chunks: readonly Buffer[],
): void {
  const url = new URL(request.url ?? '/', 'https://localhost')
  const isLog = url.pathname.endsWith('/ClientLog')
  site.log.request({
    node: node.name,
    at: site.clock.now(),
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.search,
    status: reply.status,
    hasAuthorization: request.headers.authorization !== undefined,
    authorized: caller !== null,
    requestId: header(request, 'requestid'),
    bodyBytes: size,
    body: size === 0 || isLog ? null : Buffer.concat(chunks).toString('utf8').slice(0, LOGGED_BODY),
  })
}

function send(
  site: Site,
  node: SimulatedNode,
  response: ServerResponse,
  request: IncomingMessage,
  reply: Reply,
): void {
  if (response.destroyed) return
  const requestId = header(request, 'requestid')
  // Synchronous errors carry the id back in a header (section 6).
  const echo: Record<string, string> = reply.status >= 400 && requestId !== null ? { requestId } : {}
  response.writeHead(reply.status, {
    ...reply.headers,
    ...echo,
    'Content-Length': Buffer.byteLength(reply.body),
    'Cache-Control': 'no-cache, no-store',
    // This node's clock, as SystemInfo has it.
    Date: new Date(site.clock.now() + node.shift).toUTCString(),
  })
  response.end(reply.body)
}
