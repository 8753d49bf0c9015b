import { isIP } from 'node:net'
import type { Cause } from '../../src-contract/causes/ids'
import type { ConnectionFailure } from '../finesse/failures'
import { cause, factOf, secondsOf, type CauseContext } from './context'
import { notificationPort } from './release'

/** Which of the two services was asked: only notifications moved from one port to another (2.2). */
export type Service = 'rest' | 'notifications'

type Failure<K extends ConnectionFailure['kind']> = Extract<ConnectionFailure, { readonly kind: K }>

const NO_SUCH_NAME: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA'])
const NO_WAY: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
])

/** A failure of stages 1 and 2 is about the proxy when there is one (`openTls`). */
const isOfProxy = (
  failure: { readonly host: string; readonly port?: number },
  context: CauseContext,
): boolean =>
  factOf(context, 'proxy') !== '' ||
  failure.host.toLowerCase() !== context.host.toLowerCase() ||
  (failure.port !== undefined && failure.port !== context.port)

export const causeOfDns = (failure: Failure<'dns'>, context: CauseContext): Cause => {
  const { host, code } = failure
  if (isOfProxy({ host }, context)) return cause('proxy.unreachable', context, { host, code })
  if (!NO_SUCH_NAME.has(code)) return cause('dns.noAnswer', context, { code })
  return cause(host.includes('.') ? 'dns.notFound' : 'dns.shortName', context, { code })
}

const causeOfProxy = (failure: Failure<'tcp'>, context: CauseContext): Cause => {
  const { host, port } = failure
  const code = failure.code.replace(/^PROXY_/, '')
  const target = `${context.host}:${String(context.port)}`
  if (failure.code === 'PROXY_AUTH') return cause('proxy.auth', context, { host, port })
  if (failure.code === 'PROXY_UNSUPPORTED' || failure.code === 'PROXY_UNKNOWN')
    return cause('proxy.unsupported', context, { host, port, code, target })
  if (failure.code.startsWith('PROXY_')) return cause('proxy.refused', context, { host, port, code, target })
  return cause('proxy.unreachable', context, { host, port, code })
}

/** Nothing listens, or nothing comes back: the other port is the first thing to think of where the release says so. */
const causeOfPort = (code: string, context: CauseContext, service: Service): Cause | null => {
  const right = notificationPort(context.version)
  const version = context.version ?? ''
  if (service === 'rest' || right === null) return null
  if (right === 8445 && context.port === 7443) return cause('tcp.port8445', context, { version, code })
  if (right === 7443 && context.port === 8445) return cause('tcp.port7443', context, { version, code })
  return null
}

export const causeOfTcp = (failure: Failure<'tcp'>, context: CauseContext, service: Service): Cause => {
  const { code } = failure
  if (code.startsWith('PROXY_') || isOfProxy(failure, context)) return causeOfProxy(failure, context)
  if (NO_WAY.has(code)) return cause('tcp.unreachable', context, { code })
  const moved = causeOfPort(code, context, service)
  if (moved !== null) return moved
  if (code === 'ETIMEDOUT') return cause('tcp.timeout', context, { seconds: 0, code })
  return cause('tcp.refused', context, { code })
}

export const causeOfTcpTimeout = (ms: number, context: CauseContext, service: Service): Cause => {
  const proxy = factOf(context, 'proxy')
  if (proxy !== '') {
    const [, host = proxy, port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(proxy) ?? []
    return cause('proxy.unreachable', context, { host, port: Number(port), code: 'ETIMEDOUT' })
  }
  return (
    causeOfPort('ETIMEDOUT', context, service) ?? cause('tcp.timeout', context, { seconds: secondsOf(ms) })
  )
}

export const isAddress = (host: string): boolean => isIP(host) !== 0
export const isShort = (host: string): boolean => !isAddress(host) && !host.includes('.')
