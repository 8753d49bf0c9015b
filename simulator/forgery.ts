import type { NodeName } from './faults/table'
import type { SimulatedNode } from './node'
import type { Site } from './site'
import { user } from './wire/objects'
import { update } from './wire/update'
import type { Agent } from './world/types'
import { eventMessage, NOTIFICATION_NAMESPACES } from './xmpp/stanzas'

export interface EventRequest {
  /** The pubsub node it claims to come from. */
  readonly path: string
  readonly payload: string
  /** Default: the pubsub service. */
  readonly from?: string
  /** Default: the bare JID of the session. */
  readonly to?: string
  /** Default: a new one. The same twice is a duplicate. */
  readonly itemId?: string
  readonly node?: NodeName
}

/** To every bound session of the agent on this node, past all faults. */
export function sendEvent(node: SimulatedNode, agentId: string, event: EventRequest): void {
  for (const session of node.xmpp.sessions())
    if (session.agentId === agentId && session.jid !== null)
      node.xmpp.write(
        session,
        eventMessage({
          from: event.from ?? node.pubsubDomain,
          to: event.to ?? session.bareJid,
          id: 'forged',
          node: event.path,
          itemId: event.itemId ?? node.xmpp.newItemId(),
          namespace: NOTIFICATION_NAMESPACES[0],
          payload: event.payload,
        }),
      )
}

export const userPayload = (site: Site, agent: Agent, node: SimulatedNode): string =>
  update(user(site.engine.world, agent, 'event', node.shift), 'PUT', `/finesse/api/User/${agent.id}`, null)
