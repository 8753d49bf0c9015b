import type { FaultNamed } from '../faults/table'
import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { htmlPage, notFound, outOfService, refusal, type Reply } from './reply'

interface Asked {
  readonly method: string
  readonly path: string
}

/** Does a fault with optional `path` (a part of it) and `method` befall this request? */
export const befalls = (fault: { readonly path?: string; readonly method?: string }, asked: Asked): boolean =>
  asked.path.includes(fault.path ?? '') && (fault.method === undefined || fault.method === asked.method)

/** A fault that answers instead of Finesse, before any work is done. */
export function forcedReply(site: Site, node: SimulatedNode, asked: Asked): Reply | null {
  const status = site.faults.find(node.name, 'restStatus')
  if (status !== null && befalls(status, asked)) {
    site.faults.spend(status)
    return statusReply(status)
  }
  const redirect = site.faults.find(node.name, 'redirect')
  if (redirect !== null && befalls(redirect, asked))
    return {
      status: redirect.status ?? 302,
      body: '',
      headers: { Location: redirect.location ?? 'https://elsewhere.invalid/finesse/api/' },
    }
  const lies = site.faults.has(node.name, 'falseInService') && !asked.path.endsWith('/SystemInfo')
  return lies ? outOfService() : null
}

function statusReply(fault: FaultNamed<'restStatus'>): Reply {
  const status = fault.status ?? 500
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) }
  const reply = bodyReply(fault, status)
  return { ...reply, headers: { ...reply.headers, ...headers } }
}

function bodyReply({ body }: FaultNamed<'restStatus'>, status: number): Reply {
  if (body === 'html') return htmlPage(status)
  if (body === 'empty') return { status, body: '', headers: {} }
  return status === 404
    ? notFound('Not Found')
    : refusal(status, 'Internal Server Error', 'RUNTIME_EXCEPTION')
}
