import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { authority } from '../transport/testing/certificates'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, trusting, watchDesk, type Desk } from './testing/desk'
import {
  escaped,
  escapedUpdate,
  eventFrame,
  startResponder,
  updateText,
  type Responder,
} from './testing/responder'

const NODE = '/finesse/api/User/1071'

let trust: Trust
let responder: Responder
let desk: Desk

beforeAll(async () => {
  const ca = await authority()
  trust = trusting(ca.cert)
  responder = await startResponder(await ca.issue())
})
afterAll(() => responder.stop())

beforeEach(async () => {
  desk = openDesk(optionsFor(responder.port), { trust })
  await desk.until('pinged')
})
afterEach(() => {
  desk.client.terminate()
})

/** Everything sent before it has been read when this one arrives. */
const settled = async (): Promise<void> => {
  responder.send(eventFrame({ node: NODE, id: 'last', content: escapedUpdate('LAST') }))
  await desk.until('notified', ({ itemId }) => itemId === 'last')
}

const notified = () =>
  desk.events.flatMap((event) => (event.type === 'notified' && event.itemId !== 'last' ? [event] : []))

describe('events', () => {
  it('are typed, with node and item id', async () => {
    responder.send(eventFrame({ node: NODE, id: 'a1', content: escapedUpdate('TALKING') }))
    const event = await desk.until('notified')
    expect(event).toMatchObject({
      node: NODE,
      itemId: 'a1',
      update: {
        event: 'PUT',
        source: NODE,
        requestId: null,
        data: { kind: 'user', value: { state: 'TALKING' } },
      },
    })
  })

  it.each(['http://jabber.org/protocol/pubsub', 'urn:xmpp:push:0', 'urn:something:else'])(
    'are known by the local name of notification: %s',
    async (namespace) => {
      responder.send(eventFrame({ node: NODE, namespace }))
      expect((await desk.until('notified')).update.data?.kind).toBe('user')
    },
  )

  it('may come as elements, in CDATA, or with a prefix', async () => {
    responder.send(eventFrame({ node: NODE, id: 'e', content: updateText('HOLD') }))
    responder.send(eventFrame({ node: NODE, id: 'c', content: `<![CDATA[${updateText('HOLD')}]]>` }))
    responder.send(
      eventFrame({ node: NODE, id: 'p' })
        .replace('<notification xmlns=', '<n:notification xmlns:n=')
        .replace('</notification>', '</n:notification>'),
    )
    await settled()
    expect(notified().map(({ itemId }) => itemId)).toEqual(['e', 'c', 'p'])
  })

  it('several items in one message, values escaped twice', async () => {
    const item = (id: string, text: string): string =>
      `<item id="${id}"><notification xmlns="x">${escaped(text)}</notification></item>`
    const name = '<firstName>R&amp;D &lt;1&gt;</firstName>'
    responder.send(
      `<message xmlns="jabber:client" from="pubsub.fin-a.example.com"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="${NODE}">${item('1', updateText())}${item('2', updateText().replace('<state>', `${name}<state>`))}</items></event></message>`,
    )
    await settled()
    expect(notified()).toHaveLength(2)
    expect(notified()[1]?.update.data?.value).toMatchObject({ firstName: 'R&D <1>' })
  })

  faultTest('X12', 'once per node and item id; the same id on another node is another event', async (t) => {
    watchDesk(t, desk)
    await desk.client.subscribe('/finesse/api/Team/1/Users', 'subscribeTeam')
    responder.send(eventFrame({ node: NODE, id: 'd' }))
    responder.send(eventFrame({ node: NODE, id: 'd' }))
    responder.send(eventFrame({ node: '/finesse/api/Team/1/Users', id: 'd' }))
    await settled()
    expect(notified().map(({ node }) => node)).toEqual([NODE, '/finesse/api/Team/1/Users'])
  })

  faultTest('X11', 'foreign senders and unknown nodes are ignored', async (t) => {
    watchDesk(t, desk)
    responder.send(eventFrame({ node: NODE, id: '1', from: 'evil.example.com' }))
    responder.send(eventFrame({ node: NODE, id: '2', from: '1072@fin-a.example.com/desktop' }))
    responder.send(eventFrame({ node: NODE, id: '3', from: 'pubsub.fin-a.example.com/x' }))
    responder.send(eventFrame({ node: NODE, id: '4' }).replace(/ from="[^"]*"/, ''))
    responder.send(eventFrame({ node: '/finesse/api/User/1072', id: '5' }))
    responder.send(eventFrame({ node: '/finesse/api/User/10711/Dialogs', id: '6' }))
    responder.send(eventFrame({ node: '/finesse/api/Team/7/Users', id: '7' }))
    responder.send(eventFrame({ node: '/finesse/api/SystemInfo', id: 'mine' }))
    responder.send(eventFrame({ node: '/finesse/api/User/1071/Dialogs', id: 'mine' }))
    await settled()
    expect(notified().map(({ itemId }) => itemId)).toEqual(['mine', 'mine'])
    expect(desk.logged()).toHaveLength(7)
  })

  faultTest('X7', 'an unreadable payload is told, and the connection lives', async (t) => {
    watchDesk(t, desk)
    responder.send(eventFrame({ node: NODE, id: '1', content: escaped('<Update><data>') }))
    responder.send(eventFrame({ node: NODE, id: '2', content: escaped('<!DOCTYPE x><Update/>') }))
    responder.send(eventFrame({ node: NODE, id: '3', content: '{"json":true}' }))
    await settled()
    expect(desk.events.filter(({ type }) => type === 'undecodable')).toHaveLength(2)
    expect(desk.events.some(({ type }) => type === 'ended')).toBe(false)
  })

  faultTest(
    'X29',
    'the service of the node goes and comes: told each time, and the connection lives',
    async (t) => {
      watchDesk(t, desk)
      const from = 'from="finesse@fin-a.example.com/web"'
      responder.send(`<presence xmlns="jabber:client" ${from} type="unavailable"/>`)
      responder.send(`<presence xmlns="jabber:client" ${from}/>`)
      await settled()
      const told = desk.events.flatMap((event) => (event.type === 'serverPresence' ? [event.available] : []))
      expect(told).toEqual([true, false, true])
      expect(desk.events.some(({ type }) => type === 'ended')).toBe(false)
    },
  )

  faultTest('X7', 'attacks in the escaped payload end nothing', async (t) => {
    watchDesk(t, desk)
    const attacks = [
      '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><Update>&c;</Update>',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Update>&f;</Update>',
      '<a>'.repeat(50_000),
      '<a>'.repeat(100_000),
      `<Update a="${'&lt;'.repeat(80_000)}"/>`,
      `<Update ${Array.from({ length: 30_000 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`,
      '<Update><data>&bogus;</data></Update>',
      '<Update></Udate>',
      '<Update/><Update/>',
      '<constructor/>',
    ]
    for (const [at, attack] of attacks.entries())
      responder.send(eventFrame({ node: NODE, id: `attack${String(at)}`, content: escaped(attack) }))
    await settled()
    expect(desk.events.filter(({ type }) => type === 'undecodable').length).toBeGreaterThanOrEqual(8)
    expect(desk.events.some(({ type }) => type === 'ended')).toBe(false)
  })

  faultTest(
    'S37',
    'messages and presences of other users mean nothing; services of the node do',
    async (t) => {
      watchDesk(t, desk)
      const presence = (from: string, type = ''): string =>
        `<presence xmlns="jabber:client" from="${from}"${type === '' ? '' : ` type="${type}"`}/>`
      responder.send(
        '<message xmlns="jabber:client" from="1072@fin-a.example.com/x"><body>hi</body></message>',
      )
      responder.send(presence('1072@fin-a.example.com/x'))
      responder.send(presence('finesse@evil.example.com'))
      responder.send(presence('finesse@fin-a.example.com', 'subscribe'))
      responder.send(presence('finesse@fin-a.example.com/web', 'unavailable'))
      await settled()
      expect(desk.events.filter(({ type }) => type === 'serverPresence')).toEqual([
        expect.objectContaining({ user: 'finesse', available: true }),
        expect.objectContaining({ user: 'finesse', available: false }),
      ])
    },
  )
})

describe('requests to us', () => {
  const ask = async (body: string, type = 'get'): Promise<string> => {
    const id = `q${Math.random().toString(36).slice(2)}`
    responder.send(
      `<iq xmlns="jabber:client" type="${type}" id="${id}" from="fin-a.example.com">${body}</iq>`,
    )
    return responder.seen(id)
  }

  it('a ping is answered', async () => {
    const answer = await ask('<ping xmlns="urn:xmpp:ping"/>')
    expect(answer).toContain('type="result"')
    expect(answer).toContain('to="fin-a.example.com"')
  })

  for (const body of [
    '<query xmlns="http://jabber.org/protocol/disco#info"/>',
    '<query xmlns="jabber:iq:version"/>',
    '<time xmlns="urn:xmpp:time"/>',
    '<jingle xmlns="urn:xmpp:jingle:1"/>',
    '<query xmlns="jabber:iq:roster"/>',
    '<query xmlns="jabber:iq:private"/>',
    '',
  ])
    faultTest('S36', `anything else is refused without a word about us: ${body}`, async (t) => {
      watchDesk(t, desk)
      for (const type of ['get', 'set']) {
        const answer = await ask(body, type)
        expect(answer).toContain('service-unavailable')
        expect(answer.replace(/<error.*/, '')).not.toMatch(/stanza|node|version|linux/i)
      }
    })
})
