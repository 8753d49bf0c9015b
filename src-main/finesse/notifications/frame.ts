import { FRAME_LIMITS, parseXml, type XmlElement } from '../codec/index'
import { err, ok, type Result } from '../result'

/** One published item. `payload` is what stands in `<notification>`; null when there is none. */
export interface EventItem {
  readonly node: string
  readonly itemId: string
  readonly payload: string | XmlElement | null
}

/** What one WebSocket text message can be (RFC 7395: one message is one document). */
export type Frame =
  | { readonly kind: 'blank' }
  | { readonly kind: 'features'; readonly element: XmlElement }
  | { readonly kind: 'success' }
  /** `seeOther`: the URI the server points to instead (RFC 7395, 3.6). */
  | { readonly kind: 'close'; readonly seeOther: string | null }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'failure'; readonly condition: string }
  | { readonly kind: 'streamError'; readonly condition: string; readonly text: string }
  | { readonly kind: 'iq'; readonly element: XmlElement }
  | { readonly kind: 'presence'; readonly element: XmlElement }
  | {
      readonly kind: 'event'
      readonly from: string | null
      readonly to: string | null
      readonly items: readonly EventItem[]
    }
  | { readonly kind: 'other'; readonly root: string }

const NOT_A_FRAME: Frame = { kind: 'blank' }

export const childOf = (element: XmlElement | undefined, local: string): XmlElement | undefined => {
  if (element === undefined) return undefined
  for (const child of element.children) if (child.local === local) return child
  return undefined
}

export const attributeOf = (element: XmlElement | undefined, name: string): string | null => {
  if (element === undefined) return null
  for (const [key, value] of element.attributes) if (key === name) return value
  return null
}

/** The first child that is a condition: every error of XMPP is written `<error><condition/><text/></error>`. */
export const conditionOf = (error: XmlElement | undefined): string =>
  error?.children.find(({ local }) => local !== 'text')?.local ?? 'undefined-condition'

/**
 * Reads one text message. Fresh parser per message: a truncated one cannot swallow its successors.
 * Events take the short way from here to the payload; nothing of a message ever reaches stanza's registry.
 */
export const readFrame = (text: string): Result<Frame, string> => {
  // White space is a keep-alive.
  if (text.length < 8 && text.trim() === '') return ok(NOT_A_FRAME)
  // The socket refuses what is over 1 MiB before it gets here; whatever else is too much is malformed.
  const parsed = parseXml(text, FRAME_LIMITS)
  return parsed.ok ? ok(classify(parsed.value)) : err(parsed.error.problem.slice(0, 200))
}

const classify = (root: XmlElement): Frame => {
  switch (root.local) {
    case 'message':
      return messageFrame(root)
    case 'iq':
    case 'presence':
      return { kind: root.local, element: root }
    case 'features':
      return { kind: 'features', element: root }
    case 'success':
      return { kind: 'success' }
    case 'close':
      return { kind: 'close', seeOther: attributeOf(root, 'see-other-uri')?.slice(0, 500) ?? null }
    case 'challenge':
      return { kind: 'challenge' }
    case 'failure':
      return { kind: 'failure', condition: conditionOf(root) }
    case 'error':
      return {
        kind: 'streamError',
        condition: conditionOf(root),
        // `see-other-host` says the host in itself (RFC 6120, 4.9.3.19).
        text: (childOf(root, 'text') ?? childOf(root, 'see-other-host'))?.text.trim().slice(0, 500) ?? '',
      }
    default:
      return { kind: 'other', root: root.local }
  }
}

const messageFrame = (message: XmlElement): Frame => {
  const event = attributeOf(message, 'type') === 'error' ? undefined : childOf(message, 'event')
  if (event === undefined) return { kind: 'other', root: 'message' }
  const items: EventItem[] = []
  for (const list of event.children) {
    if (list.local !== 'items') continue
    const node = attributeOf(list, 'node') ?? ''
    for (const item of list.children) {
      if (item.local === 'item') {
        items.push({ node, itemId: attributeOf(item, 'id') ?? '', payload: payloadOf(item) })
      }
    }
  }
  return { kind: 'event', from: attributeOf(message, 'from'), to: attributeOf(message, 'to'), items }
}

/** By local name: the namespace of `<notification>` differs between releases (section 5.4). */
const payloadOf = (item: XmlElement): string | XmlElement | null => {
  const notification = childOf(item, 'notification')
  if (notification === undefined) return null
  return notification.children[0] ?? notification.text
}
