import { FRAME_LIMITS, parseXml, type XmlElement, type XmlProblem } from '../codec/index'
import { err, ok, type Result } from '../result'

/** One published item. `payload` is what stands in `<notification>`; null when there is none. */
export interface EventItem {
  readonly node: string
  readonly itemId: string
  readonly payload: string | XmlElement | null
  /** Why the payload may not be looked at. */
  readonly problem: XmlProblem | null
}

/** What one WebSocket text message can be (RFC 7395: one message is one document). */
export type Frame =
  | { readonly kind: 'blank' }
  | { readonly kind: 'open'; readonly from: string; readonly id: string }
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

/** Finesse sends one item per message (section 5.4); two were recorded. More than this is an attack on our time. */
const MAX_ITEMS = 100

const AMPERSAND = 0x26
const QUESTION_MARK = 0x3f

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
  if (parsed.ok) return checked(classify(parsed.value))
  return parsed.error.kind === 'tooManyReferences'
    ? readWithoutReferences(text, parsed.error)
    : malformed(parsed.error)
}

const malformed = ({ problem }: XmlProblem): Result<never, string> => err(problem.slice(0, 200))

// Never some of the items: an ending leads to reading everything anew, so nothing is lost.
const checked = (frame: Frame): Result<Frame, string> =>
  frame.kind === 'event' && frame.items.length > MAX_ITEMS
    ? err(`The message has more than ${String(MAX_ITEMS)} items.`)
    : ok(frame)

/**
 * An attack inside an escaped payload must not end the connection (fault X7), and resolving 200,000 references is what
 * it would cost. Only what stands around the payload is read then; a question mark is no part of any name or address.
 */
const readWithoutReferences = (text: string, problem: XmlProblem): Result<Frame, string> => {
  const bytes = Buffer.from(text, 'utf8')
  // Ten times faster than `replaceAll`, which joins a piece per match.
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === AMPERSAND) bytes[at] = QUESTION_MARK
  const parsed = parseXml(bytes.toString('utf8'), FRAME_LIMITS)
  const frame = parsed.ok ? classify(parsed.value) : undefined
  if (frame?.kind !== 'event') return malformed(problem)
  return checked({ ...frame, items: frame.items.map((item) => ({ ...item, payload: null, problem })) })
}

const classify = (root: XmlElement): Frame => {
  switch (root.local) {
    case 'message':
      return messageFrame(root)
    case 'iq':
    case 'presence':
      return { kind: root.local, element: root }
    case 'open':
      return {
        kind: 'open',
        from: attributeOf(root, 'from')?.slice(0, 300) ?? '',
        id: attributeOf(root, 'id')?.slice(0, 300) ?? '',
      }
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
        items.push({ node, itemId: attributeOf(item, 'id') ?? '', payload: payloadOf(item), problem: null })
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
