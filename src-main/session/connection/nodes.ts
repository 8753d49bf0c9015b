import type { FinesseNode, SystemInfo } from '../../finesse/model'
import type { NotificationEndpoint } from '../../finesse/notifications/types'
import type { NodeAddress } from '../ports'
import type { Node } from '../state'

const REST_PORTS: ReadonlySet<number> = new Set([443, 8445])

const sameHost = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

const isNode = (node: FinesseNode | null, address: NodeAddress): boolean =>
  node !== null &&
  sameHost(node.host, address.host) &&
  (node.httpsPort === null || node.httpsPort === address.port)

const addressOf = (node: FinesseNode, typed: NodeAddress): NodeAddress => ({
  host: node.host,
  port: node.httpsPort ?? typed.port,
})

/**
 * The configured node first, then the one SystemInfo names as its partner (section 7). Through a proxy the typed
 * host is neither of the two (13.8): then xmppDomain says which one answered.
 */
export function nodesOf(typed: NodeAddress, info: SystemInfo): readonly Node[] {
  const { primaryNode, secondaryNode } = info
  const answeredBySecondary =
    !isNode(primaryNode, typed) &&
    secondaryNode !== null &&
    (isNode(secondaryNode, typed) || sameHost(secondaryNode.host, info.xmppDomain ?? ''))
  const own: Node = { name: answeredBySecondary ? 'B' : 'A', address: typed }
  const other = answeredBySecondary ? primaryNode : secondaryNode
  if (other === null || other.host === '') return [own]
  const address = addressOf(other, typed)
  if (sameHost(address.host, typed.host) && address.port === typed.port) return [own]
  return [own, { name: answeredBySecondary ? 'A' : 'B', address }]
}

/**
 * Where the notification service of a node may listen (2.2): the REST port since 12.6, 7443 before. A port that is
 * not one of Cisco's is a proxy or a test: only that one is tried.
 */
export const endpointsOf = ({ host, port }: NodeAddress): readonly NotificationEndpoint[] =>
  REST_PORTS.has(port)
    ? [
        { host, port, path: '/ws/' },
        { host, port: 7443, path: '/ws/' },
      ]
    : [{ host, port, path: '/ws/' }]

/**
 * Stage 9 subscribes the User node, as the walkthrough does. Finesse itself subscribes the bare JID to the User,
 * Dialogs and SystemInfo nodes (5.2), therefore a refusal is survivable, events may come twice, and the other
 * nodes need no explicit subscription that would outlive a crash (5.3).
 */
export const userNodesOf = (loginId: string): readonly string[] => [userNode(loginId)]

export const userNode = (loginId: string): string => `/finesse/api/User/${loginId}`
export const dialogsNode = (loginId: string): string => `${userNode(loginId)}/Dialogs`
export const teamNode = (teamId: string): string => `/finesse/api/Team/${teamId}/Users`
export const SYSTEM_INFO_NODE = '/finesse/api/SystemInfo'
