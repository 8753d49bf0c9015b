import type { FinesseDocument, Update } from '../model'
import { err, ok, type Result } from '../result'
import { decodeRoot, documentElement } from './document'
import { missing, unexpected, type CodecProblem } from './problem'
import { childOf, textOf, withoutTrailingSlashes } from './read'
import { element, leaf } from './write'
import { FRAME_LIMITS, parseXml, type XmlElement, type XmlLimits } from './xml'

/** Recorded in both cases; documents print both too (section 5.5). */
const toEvent = (text: string | null): Update['event'] | null => {
  switch (text?.toUpperCase()) {
    case 'PUT':
      return 'PUT'
    case 'POST':
      return 'POST'
    case 'DELETE':
      return 'DELETE'
    default:
      return null
  }
}

/** A DELETE may say nothing about what is gone: then the source alone names it. */
const decodeData = (
  data: XmlElement | null,
  event: Update['event'],
): Result<FinesseDocument | null, CodecProblem> => {
  const first = data?.children[0]
  if (first === undefined || (event === 'DELETE' && first.children.length === 0 && isObject(first))) {
    return ok(null)
  }
  return decodeRoot(first)
}

/** Lists may be empty and still say something. */
const isObject = (el: XmlElement): boolean =>
  el.key === 'user' || el.key === 'dialog' || el.key === 'team' || el.key === 'queue'

/** An `<Update>` element (section 5.5); its children may come in any order. */
export const decodeUpdateElement = (el: XmlElement): Result<Update, CodecProblem> => {
  if (el.key !== 'update') return unexpected(`An Update was expected, but the root is <${el.local}>.`)
  const sentEvent = textOf(el, 'event')
  const event = toEvent(sentEvent)
  if (event === null) {
    if (sentEvent === null) return missing('The Update has no event.')
    return unexpected(`The Update has the unknown event "${sentEvent.slice(0, 40)}".`)
  }
  const source = textOf(el, 'source')
  if (source === null) return missing('The Update has no source.')
  const data = decodeData(childOf(el, 'data'), event)
  if (!data.ok) return data
  return ok({
    event,
    source: withoutTrailingSlashes(source),
    requestId: textOf(el, 'requestId'),
    data: data.value,
  })
}

/** The text of an Update, unescaped. */
export const decodeUpdate = (xml: string, limits: XmlLimits = FRAME_LIMITS): Result<Update, CodecProblem> => {
  const root = parseXml(xml, limits)
  return root.ok ? decodeUpdateElement(root.value) : root
}

const MAX_UNESCAPES = 2

/** UTF-16 units. Each round goes through the whole text once more; a payload has a few thousand. */
const MAX_STILL_ESCAPED = 256 * 1024

/** Escaped text once less escaped. By the parser, never by replacing strings (section 5.4). */
const unescapeXml = (text: string): Result<string, CodecProblem> => {
  const wrapped = parseXml(`<text>${text}</text>`, FRAME_LIMITS)
  if (!wrapped.ok) return wrapped
  if (wrapped.value.children.length > 0) return unexpected('The text mixes escaped and plain XML.')
  return ok(wrapped.value.text)
}

export const looksEscaped = (text: string): boolean => /^\s*&(?:amp;)*(?:lt|#60|#x3c);/i.test(text)

/**
 * The text content of `<notification>`: an Update, or an Update that is still escaped.
 * Other text occurs (JSON on the desktop's own nodes) and is `unexpected`.
 */
export const decodeNotificationPayload = (text: string): Result<Update, CodecProblem> => {
  let payload = text
  for (let round = 0; round < MAX_UNESCAPES && looksEscaped(payload); round += 1) {
    if (payload.length > MAX_STILL_ESCAPED) {
      return err({ kind: 'tooLarge', problem: 'The notification is large and escaped more than once.' })
    }
    const plain = unescapeXml(payload)
    if (!plain.ok) return plain
    payload = plain.value
  }
  if (!/^[\s\uFEFF]*</.test(payload)) return unexpected('The notification carries no XML.')
  return decodeUpdate(payload)
}

/** Recorded: the event is in capitals, only errors come with a small `put`. */
const writtenEvent = (update: Update): string =>
  update.data?.kind === 'apiErrors' ? update.event.toLowerCase() : update.event

export const updateElement = (update: Update): XmlElement =>
  element('Update', [
    element('data', update.data === null ? [] : [documentElement(update.data, 'event')]),
    leaf('event', writtenEvent(update)),
    leaf('requestId', update.requestId),
    leaf('source', update.source),
  ])
