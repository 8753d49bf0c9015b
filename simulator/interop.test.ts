import { WebSocket } from 'ws'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { putState, run, signIn, type Running } from './testing'

/*
 * Two clients that know nothing of us: if both can work with the simulator, its RFC 7395 and its pubsub are real.
 * Both take their socket from the global, so the global trusts the throw-away CA for the length of a test.
 */

const DOM_OF_STROPHE = '@xmldom/xmldom' as string

/** strophe.js needs its optional peer on Node. Without it half of the proof is missing: say so, do not pass. */
const hasDom = await import(DOM_OF_STROPHE).then(
  () => true,
  () => false,
)
if (!hasDom) console.warn(`SKIPPED: strophe.js needs ${DOM_OF_STROPHE}, which is not installed.`)

let running: Running

function trustThrowAwayCa() {
  const { ca } = running.info
  class TrustingSocket extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols ?? [], { ca })
    }
  }
  Reflect.set(globalThis, 'WebSocket', TrustingSocket)
}

beforeEach(async () => {
  running = await run()
  trustThrowAwayCa()
})

afterEach(async () => {
  Reflect.deleteProperty(globalThis, 'WebSocket')
  await running.stop()
})

const service = () => `wss://${running.node.host}:${String(running.node.port)}/ws/`
const teamNode = () => `/finesse/api/Team/${running.agent.teamId}/Users`

async function readyEvent(arrived: Promise<string>): Promise<string> {
  expect((await signIn(running, running.agent)).status).toBe(202)
  expect((await putState(running, running.agent, 'READY')).status).toBe(202)
  return arrived
}

test.skipIf(!hasDom)('strophe.js connects, subscribes and receives events', async () => {
  const { Strophe, $iq, $pres } = await import('strophe.js')
  // Its Node build puts the plain socket of `ws` there when it loads.
  trustThrowAwayCa()
  const connection = new Strophe.Connection(service(), { keepalive: false })
  const status = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      connection.connect(
        `${running.agent.id}@${running.node.xmppDomain}/strophe`,
        running.agent.password,
        (now) => {
          if (now === wanted) resolve()
          if (now === Strophe.Status.AUTHFAIL || now === Strophe.Status.CONNFAIL)
            reject(new Error(String(now)))
        },
      )
    })
  await status(Strophe.Status.CONNECTED)
  const arrived = new Promise<string>((resolve) => {
    connection.addHandler(
      (stanza: { readonly textContent: string | null }) => {
        const text = stanza.textContent ?? ''
        if (text.includes('<state>READY</state>') && text.includes('<roles>')) resolve(text)
        return true
      },
      '',
      'message',
      '',
      '',
      '',
    )
  })
  connection.send($pres().tree())
  await new Promise<void>((resolve, reject) => {
    connection.sendIQ(
      $iq({ to: running.node.pubsubDomain, type: 'set' })
        .c('pubsub', { xmlns: 'http://jabber.org/protocol/pubsub' })
        .c('subscribe', { node: teamNode(), jid: connection.jid })
        .tree(),
      () => {
        resolve()
      },
      () => {
        reject(new Error('the subscription was refused'))
      },
      3000,
    )
  })
  expect(await readyEvent(arrived)).toContain(`<loginId>${running.agent.id}</loginId>`)
  connection.disconnect('done')
})

test('@xmpp/client connects, subscribes and receives events', async () => {
  const { client, xml } = await import('@xmpp/client')
  const { id, password } = running.agent
  const entity = client({
    service: service(),
    domain: running.node.xmppDomain,
    resource: 'xmppjs',
    username: id,
    password,
  })
  entity.reconnect.stop()
  const arrived = new Promise<string>((resolve) => {
    entity.on('stanza', (stanza) => {
      const text = stanza.is('message') ? stanza.toString() : ''
      if (text.includes('READY') && !text.includes('NOT_READY') && text.includes('/Team/')) resolve(text)
    })
  })
  const jid = await entity.start()
  await entity.send(xml('presence'))
  const answer = await entity.iqCaller.request(
    xml(
      'iq',
      { type: 'set', to: running.node.pubsubDomain },
      xml(
        'pubsub',
        { xmlns: 'http://jabber.org/protocol/pubsub' },
        xml('subscribe', { node: teamNode(), jid: jid.toString() }),
      ),
    ),
  )
  expect(answer.toString()).toContain('subscription="subscribed"')
  expect(await readyEvent(arrived)).toContain('&lt;Update&gt;')
  await entity.stop()
})
