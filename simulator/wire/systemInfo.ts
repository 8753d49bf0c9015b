import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { el, isoTime, leaf, type Markup } from './markup'

/** Section 7. Both nodes are on one host here, so each carries its own httpsPort. */
export function systemInfo(site: Site, node: SimulatedNode, name: 'SystemInfo' | 'systemInfo'): Markup {
  const now = site.clock.now() + node.shift
  const ucce = site.options.deployment === 'UCCE'
  const heartbeat = !node.ctiLost && !site.faults.has(node.name, 'ctiHeartbeatFailure')
  const wrongDomain = site.faults.has(node.name, 'wrongPubsubDomain')
  const [primary, secondary] = site.nodes
  const nodeInfo = (element: string, one: SimulatedNode | undefined) =>
    one === undefined
      ? null
      : el(
          element,
          leaf('host', one.host),
          leaf('httpsPort', one.port),
          leaf('xmppPort', 5222),
          leaf('xmppSecurePort', 5223),
        )
  return el(
    name,
    leaf('currentTimestamp', isoTime(now)),
    leaf('deploymentType', site.options.deployment),
    leaf('lastCTIHeartbeatStatus', heartbeat ? 'success' : 'failure'),
    leaf('lastSuccessCTIHeartbeatTime', now - (heartbeat ? 800 : 60_000)),
    leaf('ctiVersion', 24),
    leaf('ctiHeartbeatInterval', 2),
    leaf('ctiMMode', ''),
    leaf('ctiTimeInMMode', -1),
    leaf('finesseMMode', ''),
    leaf('finesseTimeInMMode', -1),
    leaf('license', ucce ? '' : 'PREMIUM'),
    ucce ? leaf('peripheralId', '5000') : null,
    nodeInfo('primaryNode', primary),
    nodeInfo('secondaryNode', secondary),
    leaf('status', node.status),
    leaf('statusReason', node.status === 'IN_SERVICE' ? '' : 'CTI server connection lost'),
    leaf('systemAuthMode', 'NON_SSO'),
    leaf('timezoneOffset', 60),
    leaf('uri', '/finesse/api/SystemInfo'),
    leaf('xmppDomain', node.xmppDomain),
    leaf('xmppPubSubDomain', wrongDomain ? `nowhere.${node.xmppDomain}` : node.pubsubDomain),
  )
}
