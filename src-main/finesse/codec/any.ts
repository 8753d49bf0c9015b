import type { FinesseDocument, Update } from '../model'
import { ok, type Result } from '../result'
import { decodeRoot } from './document'
import { unexpected, type CodecProblem } from './problem'
import { decodeNotificationPayload, decodeUpdateElement, looksEscaped } from './update'
import { BODY_LIMITS, FRAME_LIMITS, parseXml, type XmlElement, type XmlLimits } from './xml'

/** What a text of unknown form turned out to be. */
export type Decoded =
  /** One entry for each notification in a stanza, in order; exactly one for a bare Update. */
  | { readonly form: 'updates'; readonly updates: ReadonlyArray<Result<Update, CodecProblem>> }
  | { readonly form: 'document'; readonly document: FinesseDocument }

/** Roots of, or inside, a stanza that may hold notifications. */
const STANZA_KEYS: ReadonlySet<string> = new Set([
  'message',
  'iq',
  'event',
  'pubsub',
  'items',
  'item',
  'notification',
])

const notificationsIn = (el: XmlElement): readonly XmlElement[] =>
  el.key === 'notification' ? [el] : el.children.flatMap(notificationsIn)

/** Real child elements are taken as the Update, otherwise the text is (section 5.4). */
export const decodeNotification = (el: XmlElement): Result<Update, CodecProblem> => {
  const first = el.children[0]
  return first === undefined ? decodeNotificationPayload(el.text) : decodeUpdateElement(first)
}

const PROLOG_PART = /[\s\uFEFF]+|<\?xml[^>]*>|<!--[^]*?-->/y
const ROOT = /<(?:[^\s<>/:]+:)?([^\s<>/:]+)/y

/** The limits follow from the form, so the root has to be seen before the parser starts. */
const limitsFor = (text: string): XmlLimits => {
  let start = 0
  // A loop instead of one repeated group: the regular expression engine would run out of stack.
  for (;;) {
    PROLOG_PART.lastIndex = start
    if (!PROLOG_PART.test(text)) break
    start = PROLOG_PART.lastIndex
  }
  ROOT.lastIndex = start
  const root = ROOT.exec(text)?.[1]?.toLowerCase()
  return root === 'update' || (root !== undefined && STANZA_KEYS.has(root)) ? FRAME_LIMITS : BODY_LIMITS
}

/** For the command line: a message stanza, an Update, the escaped text of one, or a REST body. */
export const decodeAny = (text: string): Result<Decoded, CodecProblem> => {
  if (looksEscaped(text)) {
    const update = decodeNotificationPayload(text)
    return update.ok ? ok({ form: 'updates', updates: [update] }) : update
  }
  const parsed = parseXml(text, limitsFor(text))
  if (!parsed.ok) return parsed
  const root = parsed.value
  if (root.key === 'update') {
    const update = decodeUpdateElement(root)
    return update.ok ? ok({ form: 'updates', updates: [update] }) : update
  }
  if (STANZA_KEYS.has(root.key)) {
    const updates = notificationsIn(root).map(decodeNotification)
    if (updates.length === 0) return unexpected(`The <${root.local}> stanza carries no notification.`)
    return ok({ form: 'updates', updates })
  }
  const document = decodeRoot(root)
  return document.ok ? ok({ form: 'document', document: document.value }) : document
}
