import { request } from 'node:https'
import { WebSocket } from 'ws'
import type { AgentInfo, NodeInfo } from '../../simulator'

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing'

const get = (node: NodeInfo, ca: string, path: string, authorization: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { host, port } = node
    request(
      { host, port, ca, path: `/finesse/api/${path}`, agent: false, headers: { authorization } },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`${path}: ${String(response.statusCode)}`))
        response.resume().once('end', resolve)
      },
    )
      .once('error', reject)
      .end()
  })

/** TCP 1, TLS 1, then upgrade, open, auth, re-open, bind, subscribe: eight round trips, each sent as soon as it may. */
const notifications = (node: NodeInfo, ca: string, agent: AgentInfo, resource: string): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const open = `<open xmlns="${FRAMING}" to="${node.xmppDomain}" version="1.0"/>`
    const plain = Buffer.from(`\0${agent.id}\0${agent.password}`).toString('base64')
    const auth = `<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${plain}</auth>`
    const bind = `<iq xmlns="jabber:client" type="set" id="b"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>${resource}</resource></bind></iq>`
    const jid = `${agent.id}@${node.xmppDomain}/${resource}`
    const subscribe = `<iq xmlns="jabber:client" type="set" id="s" to="${node.pubsubDomain}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="/finesse/api/User/${agent.id}" jid="${jid}"/></pubsub></iq>`
    const ws = new WebSocket(`wss://${node.host}:${String(node.port)}/ws/`, 'xmpp', {
      ca,
      perMessageDeflate: false,
    })
    let authenticated = false
    ws.on('open', () => ws.send(open))
    ws.on('error', reject)
    ws.on('message', (data: Buffer) => {
      const frame = data.toString('utf8')
      if (frame.includes('mechanism>')) ws.send(auth)
      else if (frame.startsWith('<success')) {
        authenticated = true
        ws.send(open)
      } else if (authenticated && frame.includes('features') && frame.includes('bind')) ws.send(bind)
      else if (frame.includes('id="b"')) {
        ws.send('<presence xmlns="jabber:client"/>')
        ws.send(subscribe)
      } else if (frame.includes('id="s"')) resolve(ws)
    })
  })

/** The least that a script needs until it is live: the chain of a notification session, and REST beside it. Answers ms. */
export const bareReconnect = async (
  node: NodeInfo,
  ca: string,
  agent: AgentInfo,
): Promise<{ readonly ms: number; close(): void }> => {
  const authorization = `Basic ${Buffer.from(`${agent.id}:${agent.password}`).toString('base64')}`
  const start = performance.now()
  const [ws] = await Promise.all([
    notifications(node, ca, agent, 'bare'),
    ...['SystemInfo', `User/${agent.id}`, `User/${agent.id}/Dialogs`].map((path) =>
      get(node, ca, path, authorization),
    ),
  ])
  return { ms: performance.now() - start, close: () => ws.terminate() }
}
