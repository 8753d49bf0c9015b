import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { readBody, type XmlElement } from '../wire/read'
import type { Agent, Command } from '../world/types'
import { befalls } from './forced'
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

/** Has the world do what was accepted, or refuse it by event as the fault says. */
export function carryOut(call: Call, command: Command, on: 'user' | 'dialogs'): void {
  const { site, node, caller, requestId } = call
  const source = `/finesse/api/${call.path.join('/')}`
  const fault = site.faults.find(node.name, 'asyncError')
  if (fault === null || !befalls(fault, { method: call.method, path: source })) {
    site.engine.dispatch(command, eventDelay(call))
    return
  }
  site.faults.spend(fault)
  const error = {
    data: fault.data ?? '22',
    message: fault.message ?? 'CF_INVALID_OBJECT_STATE',
    type: fault.type ?? 'Invalid State',
  }
  const refused = { kind: 'refused', agentId: caller.id, on, source, error, requestId } as const
  for (const one of site.nodes) if (one.running) one.publisher.take([refused], eventDelay(call))
}

/** Real milliseconds until the event of a request goes out. */
export function eventDelay({ site, node }: Call): number {
  if (site.faults.has(node.name, 'eventBeforeReply')) return 0
  const [low, high] = site.options.eventDelayMs
  return low + site.random() * (high - low)
}
