import type { SimulatedNode } from '../node'
import type { Site } from '../site'
import type { WebSocket } from 'ws'
import { user } from '../wire/objects'
import { update } from '../wire/update'
import { eventMessage, NOTIFICATION_NAMESPACES } from '../xmpp/stanzas'
import type { Session } from '../xmpp/session'
import type { Fault } from './table'

/** Makes a fault happen: those of kind `once` now, the others until they are cleared. */
export function fire(site: Site, fault: Fault): void {
  const nodes = site.nodes.filter(({ name }) => fault.node === undefined || fault.node === name)
  switch (fault.name) {
    case 'dropSocket':
      return eachSession(nodes, ({ socket }) => {
        // FIN without a closing handshake: half of the close is not said.
        rawSocket(socket)?.end()
      })
    case 'resetSocket':
      return eachSession(nodes, ({ socket }) => {
        rawSocket(socket)?.resetAndDestroy()
      })
    case 'malformedFrame':
      return eachSession(nodes, (session, node) => {
        node.xmpp.write(session, '<message from="nobody"><unclosed attribute=></message>')
      })
    case 'truncatedFrame':
      return eachSession(nodes, (session, node) => {
        const whole = stateEvent(site, session, node)
        node.xmpp.write(session, whole.slice(0, whole.length / 2))
      })
    case 'conflict':
      return eachSession(nodes, (session) => {
        session.fail('conflict')
      })
    case 'streamError':
      return eachSession(nodes, (session) => {
        session.fail(fault.condition ?? 'system-shutdown')
      })
    case 'seeOtherHost':
      return eachSession(nodes, (session, node) => {
        session.fail('see-other-host', fault.address ?? otherAddress(site, node))
      })
    case 'seeOtherUri':
      return eachSession(nodes, (session, node) => {
        session.leave(fault.address ?? `wss://${otherAddress(site, node)}/ws/`)
      })
    case 'closeCode':
      return eachSession(nodes, ({ socket }) => {
        socket.close(fault.code ?? 1011)
      })
    case 'rawFrames':
      return eachSession(nodes, ({ socket }) => {
        sendRaw(socket, fault.how ?? 'binary', fault.count ?? 10_000)
      })
    case 'resetRest':
      for (const node of nodes) node.resetRest()
      return
    case 'forcedLogoutNow':
      return forceLogout(site, nodes, fault.agentId)
    case 'outOfService':
      site.faults.set(fault)
      for (const node of nodes) node.announceStatus()
      return
    default:
      site.faults.set(fault)
  }
}

function eachSession(
  nodes: readonly SimulatedNode[],
  action: (session: Session, node: SimulatedNode) => void,
): void {
  for (const node of nodes)
    for (const session of node.xmpp.sessions()) if (session.jid !== null) action(session, node)
}

function forceLogout(site: Site, nodes: readonly SimulatedNode[], agentId: string | undefined): void {
  const ids =
    agentId === undefined
      ? new Set(nodes.flatMap((node) => node.xmpp.sessions().map((session) => session.agentId)))
      : [agentId]
  for (const id of ids) site.engine.dispatch({ kind: 'connectionLost', agentId: id })
}

function stateEvent(site: Site, session: Session, node: SimulatedNode): string {
  const { world } = site.engine
  const agent = world.agents.get(session.agentId)
  const source = `/finesse/api/User/${session.agentId}`
  return eventMessage({
    from: node.pubsubDomain,
    to: session.bareJid,
    id: 'half',
    node: source,
    itemId: node.xmpp.newItemId(),
    namespace: NOTIFICATION_NAMESPACES[0],
    payload: agent === undefined ? '' : update(user(world, agent, 'event', node.shift), 'PUT', source, null),
  })
}

function otherAddress(site: Site, node: SimulatedNode): string {
  const other = site.nodes.find(({ name }) => name !== node.name) ?? node
  return `${other.host}:${String(other.port)}`
}

function sendRaw(socket: WebSocket, how: 'binary' | 'reserved' | 'pings', count: number): void {
  if (how === 'binary') socket.send(Buffer.from([0, 1, 2, 255]))
  // FIN, RSV1 to RSV3 and opcode 1: no extension that was negotiated explains them.
  else if (how === 'reserved') tlsSocket(socket)?.write(Buffer.from([0xf1, 0x01, 0x20]))
  else for (let sent = 0; sent < count; sent += 1) socket.ping()
}

interface Writable {
  write(data: Buffer): void
}

const tlsSocket = (socket: object): Writable | null => {
  const tls: unknown = Reflect.get(socket, '_socket')
  return typeof tls === 'object' && tls !== null ? (tls as Writable) : null
}

interface Tcp {
  end(): void
  resetAndDestroy(): void
}

/**
 * The TCP connection below a WebSocket; `ws` has no public name for its socket. A TLS socket cannot send a reset
 * itself, so the plain socket below it is taken where there is one.
 */
function rawSocket(socket: object): Tcp | null {
  const tls: unknown = Reflect.get(socket, '_socket')
  if (typeof tls !== 'object' || tls === null) return null
  const tcp: unknown = Reflect.get(tls, '_parent')
  return (typeof tcp === 'object' && tcp !== null ? tcp : tls) as Tcp
}
