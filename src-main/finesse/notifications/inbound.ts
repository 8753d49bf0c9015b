import { decodeNotificationPayload, decodeUpdateElement } from '../codec/index'
import type { StageFacts } from '../stages'
import type { EventItem, Frame } from './frame'
import { jidParts } from './jid'
import { createRecentItems } from './recentItems'
import type { FinesseClock, NotificationEvent, NotificationOptions } from './types'

/** Enough for minutes of the busiest team; about 1 MB. */
const REMEMBERED_ITEMS = 10_000

interface InboundPorts {
  readonly options: NotificationOptions
  readonly clock: FinesseClock
  /** Nodes this connection asked for. */
  readonly isSubscribed: (node: string) => boolean
  readonly emit: (event: NotificationEvent) => void
  readonly log: (message: string, facts: StageFacts) => void
}

/**
 * Finesse subscribes an agent to the own User nodes and to SystemInfo by itself (section 5.2). Every other node must
 * have been asked for: whatever else arrives is a left-over or a forgery (fault X11).
 */
const isOwnNode = (node: string, loginId: string): boolean => {
  const path = node.toLowerCase()
  const own = loginId.trim().toLowerCase()
  if (path === '/finesse/api/systeminfo') return true
  return [own, encodeURIComponent(own)].some((id) => {
    const user = `/finesse/api/user/${id}`
    return path === user || path.startsWith(`${user}/`)
  })
}

/** From a message to typed events: checks sender and node, drops duplicates, decodes. */
export const createEventReader = ({ options, clock, isSubscribed, emit, log }: InboundPorts) => {
  const isNew = createRecentItems(REMEMBERED_ITEMS)
  const pubsubDomain = options.pubsubDomain.toLowerCase()

  const read = ({ node, itemId, payload, problem }: EventItem): void => {
    if (!isOwnNode(node, options.loginId) && !isSubscribed(node)) {
      return log('event of a node that was not asked for', { node: node.slice(0, 200) })
    }
    if (problem !== null) return emit({ type: 'undecodable', node, problem, at: clock.now() })
    // JSON occurs on other nodes of the desktop (5.4).
    if (payload === null || (typeof payload === 'string' && !looksLikeXml(payload))) {
      return log('event without a Finesse payload', { node: node.slice(0, 200) })
    }
    if (!isNew(node, itemId)) return log('event repeated', { node: node.slice(0, 200) })
    const update =
      typeof payload === 'string' ? decodeNotificationPayload(payload) : decodeUpdateElement(payload)
    const at = clock.now()
    emit(
      update.ok
        ? { type: 'notified', node, itemId, update: update.value, at }
        : { type: 'undecodable', node, problem: update.error, at },
    )
  }

  return (frame: Extract<Frame, { kind: 'event' }>): void => {
    if ((frame.from ?? '').toLowerCase() !== pubsubDomain) {
      return log('event from a foreign sender', { from: jidParts(frame.from ?? '').domain.slice(0, 200) })
    }
    for (const item of frame.items) read(item)
  }
}

/** `&` too: some payloads arrive escaped once more. */
const looksLikeXml = (text: string): boolean => /^[\s\uFEFF]*[<&]/.test(text)
