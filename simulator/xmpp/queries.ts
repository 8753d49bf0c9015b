import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import { randomText } from '../random'
import { tag, type Markup } from '../wire/markup'
import { attributeOf, childOf, type XmlElement } from '../wire/read'
import type { Session } from './session'
import { error, NS, pubsubAnswer, result, subscription } from './stanzas'
import type { Subscriptions } from './subscriptions'

/** Answers one iq of a bound session: ping, session, roster, pubsub. Everything else is `service-unavailable`. */
export function answerQuery(
  site: Site,
  node: SimulatedNode,
  subscriptions: Subscriptions,
  session: Session,
  iq: XmlElement,
): Markup {
  const to = attributeOf(iq, 'to')
  const address = { id: attributeOf(iq, 'id'), from: to, to: session.jid }
  const forServer = to === null || to === node.xmppDomain || to === session.bareJid
  const payload = iq.children[0]
  if (payload === undefined) return error(address, 'modify', 'bad-request')
  if (to === node.pubsubDomain && payload.local === 'pubsub')
    return answerPubsub(site, node, subscriptions, session, payload, address)
  if (forServer && payload.local === 'ping') return result(address)
  if (forServer && payload.local === 'session') return result(address)
  if (forServer && attributeOf(payload, 'xmlns') === NS.roster)
    return result(address, tag('query', { xmlns: NS.roster }))
  return error(address, 'cancel', 'service-unavailable')
}

type Address = Parameters<typeof error>[0]

function answerPubsub(
  site: Site,
  node: SimulatedNode,
  subscriptions: Subscriptions,
  session: Session,
  pubsub: XmlElement,
  address: Address,
): Markup {
  const subscribe = childOf(pubsub, 'subscribe')
  if (subscribe !== null) return add(site, node, subscriptions, session, subscribe, address)
  const unsubscribe = childOf(pubsub, 'unsubscribe')
  if (unsubscribe !== null) return remove(subscriptions, session, unsubscribe, address)
  if (childOf(pubsub, 'subscriptions') === null) return error(address, 'cancel', 'feature-not-implemented')
  const explicit = subscriptions.all().filter(({ jid }) => isOwn(session, jid))
  const base = `/finesse/api/User/${session.agentId}`
  const defaults = [
    base,
    `${base}/Dialogs`,
    `${base}/Dialogs/Media`,
    `${base}/Media`,
    '/finesse/api/SystemInfo',
  ]
  const listed = [
    ...defaults.map((path) => subscription({ node: path, jid: session.bareJid, subscription: 'subscribed' })),
    ...explicit.map((one) =>
      subscription({ node: one.node, jid: one.jid, subscription: 'subscribed', subid: one.subid }),
    ),
  ]
  return result(address, pubsubAnswer(tag('subscriptions', {}, ...listed)))
}

const isOwn = (session: Session, jid: string) =>
  jid === session.bareJid || jid.startsWith(`${session.bareJid}/`)

/** May this user watch this node? Agents their own team (as `agentMayReadTeam` says), supervisors their teams. */
function mayWatch(site: Site, agentId: string, path: string): 'yes' | 'forbidden' | 'missing' {
  const { world } = site.engine
  const agent = world.agents.get(agentId)
  if (agent === undefined) return 'forbidden'
  const [, kind, id = '', rest] = /^\/finesse\/api\/(User|Team|Queue)\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
  if (path === '/finesse/api/SystemInfo') return 'yes'
  if (kind === 'User') {
    if (!world.agents.has(id)) return 'missing'
    return id === agentId ? 'yes' : 'forbidden'
  }
  if (kind === 'Queue') return world.deployment === 'UCCE' && world.queues.has(id) ? 'yes' : 'missing'
  if (kind !== 'Team' || rest === undefined || !world.teams.has(id)) return 'missing'
  if (agent.supervises.includes(id)) return 'yes'
  return agent.teamId === id && site.options.agentMayReadTeam ? 'yes' : 'forbidden'
}

function add(
  site: Site,
  node: SimulatedNode,
  subscriptions: Subscriptions,
  session: Session,
  request: XmlElement,
  address: Address,
): Markup {
  const path = attributeOf(request, 'node') ?? ''
  const jid = attributeOf(request, 'jid') ?? ''
  if (!isOwn(session, jid))
    return error(address, 'modify', 'bad-request', tag('invalid-jid', { xmlns: NS.pubsubErrors }))
  const fault = site.faults.find(node.name, 'subscribeForbidden')
  const forbidden = fault !== null && path.includes(fault.path ?? '')
  const allowed = forbidden ? 'forbidden' : mayWatch(site, session.agentId, path)
  if (allowed === 'missing') return error(address, 'cancel', 'item-not-found')
  if (allowed === 'forbidden') return error(address, 'auth', 'forbidden')
  const known = subscriptions.of(path).find((one) => one.jid === jid)
  const kept = site.options.multipleSubscriptions ? undefined : known
  const subid = kept?.subid ?? randomText(site.random, 12)
  if (kept === undefined) subscriptions.add({ node: path, jid, subid })
  return result(address, pubsubAnswer(subscription({ node: path, jid, subid, subscription: 'subscribed' })))
}

function remove(
  subscriptions: Subscriptions,
  session: Session,
  request: XmlElement,
  address: Address,
): Markup {
  const path = attributeOf(request, 'node') ?? ''
  const jid = attributeOf(request, 'jid') ?? ''
  if (!isOwn(session, jid)) return error(address, 'auth', 'forbidden')
  switch (subscriptions.remove(path, jid, attributeOf(request, 'subid'))) {
    case 'removed':
      return result(address)
    case 'notSubscribed':
      return error(address, 'cancel', 'unexpected-request', tag('not-subscribed', { xmlns: NS.pubsubErrors }))
    case 'subidRequired':
      return error(address, 'modify', 'bad-request', tag('subid-required', { xmlns: NS.pubsubErrors }))
  }
}
