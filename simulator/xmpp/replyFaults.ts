import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { attributeOf, childOf, type XmlElement } from '../wire/read'
import type { Markup } from '../wire/markup'
import { error } from './stanzas'

const NEVER = Infinity

/** How much later an iq is answered than asked, clock ms; Infinity: never. */
export function replyDelay(site: Site, node: SimulatedNode, iq: XmlElement): number {
  const payload = iq.children[0]
  if (payload?.local === 'ping') return site.faults.has(node.name, 'noPingReply') ? NEVER : 0
  const subscribe = payload === undefined ? null : childOf(payload, 'subscribe')
  if (subscribe === null) return 0
  const fault = site.faults.find(node.name, 'subscribeUnanswered')
  const path = attributeOf(subscribe, 'node') ?? ''
  return fault === null || !path.includes(fault.path ?? '') ? 0 : (fault.ms ?? NEVER)
}

export function bindDelay(site: Site, node: SimulatedNode): number {
  const fault = site.faults.find(node.name, 'bindUnanswered')
  return fault === null ? 0 : (fault.ms ?? NEVER)
}

/** What somebody else would say to end the question before its answer comes (X27). */
export const foreignReply = (iq: XmlElement, to: string | null): Markup =>
  error({ id: attributeOf(iq, 'id'), from: 'intruder.invalid', to }, 'cancel', 'item-not-found')
