import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { readBody, type XmlElement } from '../wire/read'
import type { Agent } from '../world/types'
import { refusal, type Reply } from './reply'

/** One authenticated call of the API. */
export interface Call {
  readonly site: Site
  readonly node: SimulatedNode
  readonly caller: Agent
  readonly method: string
  /** Decoded segments behind /finesse/api. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly range: string | null
  readonly contentType: string
  readonly body: string
  readonly requestId: string | null
}

/** The request body as XML, or the reply that says what is wrong with it (section 6). */
export function bodyOf(call: Call, root: string): XmlElement | Reply {
  if (!/^application\/xml\b/i.test(call.contentType))
    return refusal(415, 'Bad Request', 'Unsupported Media Type', call.contentType)
  const element = readBody(call.body)
  if (element === null) return refusal(400, 'Bad Request', 'The request body is not XML.')
  return element.local === root
    ? element
    : refusal(400, 'Bad Request', `Unexpected root element, expected ${root}.`, element.local)
}

export const isReply = (value: XmlElement | Reply): value is Reply => 'status' in value

/** Real milliseconds until the event of a request goes out. */
export function eventDelay({ site, node }: Call): number {
  if (site.faults.has(node.name, 'eventBeforeReply')) return 0
  const [low, high] = site.options.eventDelayMs
  return low + site.random() * (high - low)
}
