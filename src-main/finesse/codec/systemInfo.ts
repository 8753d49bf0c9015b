import type { CtiServer, FinesseNode, SystemInfo } from '../model'
import { booleanOf, childOf, childrenOf, integerOf, textOf, timeOf } from './read'
import { element, isoTime, leaf, optionalLeaf, spelled, type Spelling } from './write'
import type { XmlElement } from './xml'

/** A node without a host is no node: that is how a single-node installation looks (section 7). */
const decodeNode = (el: XmlElement | null): FinesseNode | null => {
  const host = el === null ? null : textOf(el, 'host')
  if (el === null || host === null) return null
  return {
    host,
    httpsPort: integerOf(el, 'httpsPort'),
    xmppPort: integerOf(el, 'xmppPort'),
    xmppSecurePort: integerOf(el, 'xmppSecurePort'),
  }
}

const decodeCtiServers = (list: XmlElement | null): readonly CtiServer[] =>
  childrenOf(list, 'ctiServer').flatMap((el) => {
    const host = textOf(el, 'host')
    if (host === null) return []
    return [
      {
        host,
        connectedDurationSeconds: integerOf(el, 'connectedDuration'),
        active: booleanOf(el, 'active'),
      },
    ]
  })

/** Section 7. In an event assume that only `status` is there. */
export const decodeSystemInfo = (el: XmlElement): SystemInfo => ({
  uri: textOf(el, 'uri'),
  status: textOf(el, 'status'),
  statusReason: textOf(el, 'statusReason'),
  currentTimestamp: timeOf(el, 'currentTimestamp') ?? timeOf(el, 'currentTimeStamp'),
  deploymentType: textOf(el, 'deploymentType'),
  lastCtiHeartbeatStatus: textOf(el, 'lastCTIHeartbeatStatus'),
  lastSuccessCtiHeartbeatTime: timeOf(el, 'lastSuccessCTIHeartbeatTime'),
  ctiVersion: textOf(el, 'ctiVersion'),
  ctiHeartbeatIntervalSeconds: integerOf(el, 'ctiHeartbeatInterval'),
  ctiMMode: textOf(el, 'ctiMMode'),
  ctiTimeInMModeSeconds: integerOf(el, 'ctiTimeInMMode'),
  finesseMMode: textOf(el, 'finesseMMode'),
  finesseTimeInMModeSeconds: integerOf(el, 'finesseTimeInMMode'),
  license: textOf(el, 'license'),
  peripheralId: textOf(el, 'peripheralId'),
  primaryNode: decodeNode(childOf(el, 'primaryNode')),
  secondaryNode: decodeNode(childOf(el, 'secondaryNode')),
  systemAuthMode: textOf(el, 'systemAuthMode'),
  timezoneOffsetMinutes: integerOf(el, 'timezoneOffset'),
  xmppDomain: textOf(el, 'xmppDomain'),
  xmppPubSubDomain: textOf(el, 'xmppPubSubDomain'),
  ctiServers: decodeCtiServers(childOf(el, 'ctiServers')),
})

const encodeNode = (name: string, node: FinesseNode | null): XmlElement | null =>
  node === null
    ? null
    : element(name, [
        leaf('host', node.host),
        optionalLeaf('httpsPort', node.httpsPort),
        optionalLeaf('xmppPort', node.xmppPort),
        optionalLeaf('xmppSecurePort', node.xmppSecurePort),
      ])

const encodeCtiServer = (server: CtiServer): XmlElement =>
  element('ctiServer', [
    optionalLeaf('active', server.active),
    optionalLeaf('connectedDuration', server.connectedDurationSeconds),
    leaf('host', server.host),
  ])

export const systemInfoElement = (info: SystemInfo, spelling: Spelling): XmlElement =>
  element(spelled('SystemInfo', spelling), [
    optionalLeaf('ctiHeartbeatInterval', info.ctiHeartbeatIntervalSeconds),
    optionalLeaf('ctiMMode', info.ctiMMode),
    info.ctiServers.length === 0 ? null : element('ctiServers', info.ctiServers.map(encodeCtiServer)),
    optionalLeaf('ctiTimeInMMode', info.ctiTimeInMModeSeconds),
    optionalLeaf('ctiVersion', info.ctiVersion),
    optionalLeaf('currentTimestamp', isoTime(info.currentTimestamp)),
    optionalLeaf('deploymentType', info.deploymentType),
    optionalLeaf('finesseMMode', info.finesseMMode),
    optionalLeaf('finesseTimeInMMode', info.finesseTimeInMModeSeconds),
    optionalLeaf('lastCTIHeartbeatStatus', info.lastCtiHeartbeatStatus),
    optionalLeaf('lastSuccessCTIHeartbeatTime', info.lastSuccessCtiHeartbeatTime),
    optionalLeaf('license', info.license),
    optionalLeaf('peripheralId', info.peripheralId),
    encodeNode('primaryNode', info.primaryNode),
    encodeNode('secondaryNode', info.secondaryNode),
    leaf('status', info.status),
    optionalLeaf('statusReason', info.statusReason),
    optionalLeaf('systemAuthMode', info.systemAuthMode),
    optionalLeaf('timezoneOffset', info.timezoneOffsetMinutes),
    optionalLeaf('uri', info.uri),
    optionalLeaf('xmppDomain', info.xmppDomain),
    optionalLeaf('xmppPubSubDomain', info.xmppPubSubDomain),
  ])
