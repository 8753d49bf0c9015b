import type { TraceKind } from '../../src-contract/inspector'

/** What a frame is, by its beginning; enough to list it and to tell to which stage it belongs. */
export interface FrameShape {
  readonly kind: Extract<TraceKind, 'event' | 'iq' | 'presence' | 'stream' | 'ping'>
  /** Local name of the root: `iq`, `open`, `features`, `auth`. */
  readonly root: string
  readonly type: string
  readonly id: string
  readonly from: string
  /** What an iq asks for: `bind`, `session`, `subscribe`, `unsubscribe`, `subscriptions`, `ping`; else empty. */
  readonly asks: string
  /** The pubsub node it is about; empty: none. */
  readonly node: string
  /** A refusal of the server: iq error, SASL failure, stream error, an error of Finesse in an event. */
  readonly failed: boolean
  /** Name of the error's first element, for example `not-authorized`. */
  readonly condition: string
}

const ROOT = /^\s*(?:<\?[^>]*\?>\s*)?<(?:[\w.-]+:)?([\w.-]+)([^>]*)/
const ASKS = /<(?:[\w.-]+:)?(bind|session|subscribe|unsubscribe|subscriptions|ping)[\s/>]/
const NODE = /<(?:[\w.-]+:)?(?:items|subscribe|unsubscribe|subscription)\b[^<>]*?\snode=["']([^"']*)/
const CONDITION = /<(?:[\w.-]+:)?(?:error|failure)\b[^<>]*>\s*<(?:[\w.-]+:)?(?!text[\s/>])([\w.-]+)/
/** Errors of Finesse come as an event, escaped (5.5); both spellings are seen. */
const isApiError = (text: string): boolean =>
  text.includes('apiError') || text.includes('ApiError') || text.includes('APIError')

const attribute = (head: string, name: string): string => {
  const at = head.indexOf(` ${name}=`)
  if (at < 0) return ''
  const start = at + name.length + 3
  const quote = head[start - 1] ?? ''
  const end = quote === '"' || quote === "'" ? head.indexOf(quote, start) : -1
  return end < 0 ? '' : head.slice(start, end)
}

const kindOf = (root: string, asks: string): FrameShape['kind'] => {
  if (root === 'message') return 'event'
  if (root === 'presence') return 'presence'
  if (root !== 'iq') return 'stream'
  return asks === 'ping' ? 'ping' : 'iq'
}

export const frameShape = (text: string): FrameShape => {
  const found = ROOT.exec(text.length > 2_000 ? text.slice(0, 2_000) : text)
  const root = found?.[1] ?? ''
  const head = found?.[2] ?? ''
  const type = attribute(head, 'type')
  const asks = root === 'iq' ? (ASKS.exec(text)?.[1] ?? '') : ''
  const failed =
    root === 'message' ? isApiError(text) : type === 'error' || root === 'failure' || root === 'error'
  return {
    kind: kindOf(root, asks),
    root,
    type,
    id: attribute(head, 'id'),
    from: attribute(head, 'from'),
    asks,
    node: root === 'message' || root === 'iq' ? (NODE.exec(text)?.[1] ?? '') : '',
    failed,
    condition: failed && root !== 'message' ? (CONDITION.exec(text)?.[1] ?? '') : '',
  }
}

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ')

/** `asked`: what the iq answered by this one had asked for. Data, no words of a language. */
export const frameLine = (shape: FrameShape, asked: FrameShape | undefined): string => {
  switch (shape.kind) {
    case 'event':
      return words('event', shape.node, shape.failed ? 'apiErrors' : '')
    case 'ping':
      return words('ping', asked === undefined ? '' : shape.type)
    case 'presence':
      return words('presence', shape.type, shape.from)
    case 'iq':
      return words(
        'iq',
        shape.type,
        shape.asks || asked?.asks || '',
        shape.node || asked?.node || '',
        shape.condition,
      )
    case 'stream':
      return words(shape.root, shape.condition)
  }
}
