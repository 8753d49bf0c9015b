import { component, xml, type Component } from '@xmpp/component'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { authority } from '../../transport/testing/certificates'
import type { Trust } from '../../transport/trust'
import { openDesk, trusting, type Desk } from '../testing/desk'
import { updateText } from '../testing/responder'
import type { NotificationOptions } from '../types'
import { prosodyIsInstalled, startProsody, type Prosody } from './prosody'

const USER = '/finesse/api/User/1001'
const TEAM = '/finesse/api/Team/1/Users'
const PUBSUB = 'http://jabber.org/protocol/pubsub'
const PASSWORD = 'p&w <1> é'

const installed = prosodyIsInstalled()
if (!installed) {
  console.warn(
    '\n*** prosody is not installed: the interoperability tests are SKIPPED (apt-get install prosody) ***\n',
  )
}

describe.skipIf(!installed)('against prosody', () => {
  let prosody: Prosody
  let trust: Trust
  let finesse: Component
  let stranger: Component
  const desks: Desk[] = []

  const joined = async (domain: string): Promise<Component> => {
    const { componentPort, componentSecret } = prosody
    const entity = component({
      service: `xmpp://127.0.0.1:${String(componentPort)}`,
      domain,
      password: componentSecret,
    })
    entity.reconnect.stop()
    entity.on('error', () => undefined)
    await entity.start()
    return entity
  }

  const publish = (publisher: Component, node: string, id: string, text: string) =>
    publisher.iqCaller.request(
      xml(
        'iq',
        { type: 'set', to: 'pubsub.localhost' },
        xml(
          'pubsub',
          { xmlns: PUBSUB },
          xml('publish', { node }, xml('item', { id }, xml('notification', { xmlns: PUBSUB }, text))),
        ),
      ),
    )

  const open = (changes: Partial<NotificationOptions> = {}): Desk => {
    const desk = openDesk(
      {
        endpoints: [{ host: 'localhost', port: prosody.httpsPort, path: '/ws/' }],
        xmppDomain: 'localhost',
        pubsubDomain: 'pubsub.localhost',
        loginId: '1001',
        password: PASSWORD,
        resource: 'desktop',
        authzid: 'empty',
        userNodes: [USER],
        userNodeOptional: false,
        presenceWaitMs: 5_000,
        ...changes,
      },
      { trust },
    )
    desks.push(desk)
    return desk
  }

  beforeAll(async () => {
    const ca = await authority()
    trust = trusting(ca.cert)
    const identity = await ca.issue({ names: ['localhost', 'pubsub.localhost', '127.0.0.1'] })
    prosody = await startProsody(identity, { '1001': PASSWORD })
    finesse = await joined('finesse.localhost')
    stranger = await joined('stranger.localhost')
    for (const node of [USER, TEAM]) await publish(finesse, node, 'first', updateText('LOGOUT', '1001'))
  }, 30_000)

  afterEach(async () => {
    await Promise.all(desks.splice(0).map(({ client }) => client.close(2_000)))
  })

  afterAll(async () => {
    await finesse.stop()
    await stranger.stop()
    await prosody.stop()
  })

  it.each(['empty', 'bareJid'] as const)(
    'signs in by PLAIN (authzid %s) and binds desktop',
    async (authzid) => {
      const desk = open({ authzid })
      const { jid } = await desk.until('ready')
      expect(jid).toBe('1001@localhost/desktop')
      await desk.until('pinged')
      expect(desk.stages().filter((line) => !line.endsWith('started'))).toEqual(
        ['dns', 'tcp', 'tls', 'upgrade', 'open', 'auth', 'bind', 'presence', 'subscribeUser', 'live'].map(
          (stage) => `${stage} succeeded`,
        ),
      )
    },
  )

  it('receives what a component publishes on the User and Team nodes', async () => {
    const desk = open()
    await desk.until('ready')
    expect(await desk.client.subscribe(TEAM, 'subscribeTeam')).toMatchObject({ ok: true })
    await publish(finesse, USER, 'u1', updateText('TALKING', '1001'))
    await publish(finesse, TEAM, 't1', updateText('READY', '1002'))
    const own = await desk.until('notified', ({ itemId }) => itemId === 'u1')
    const colleague = await desk.until('notified', ({ itemId }) => itemId === 't1')
    expect(own).toMatchObject({ node: USER, update: { data: { kind: 'user', value: { state: 'TALKING' } } } })
    expect(colleague).toMatchObject({
      node: TEAM,
      update: { data: { value: { loginId: '1002', state: 'READY' } } },
    })
  })

  it('no more events of a team that was unsubscribed', async () => {
    const desk = open()
    await desk.until('ready')
    await desk.client.subscribe(TEAM, 'subscribeTeam')
    await desk.client.unsubscribe(TEAM)
    await publish(finesse, TEAM, 'gone', updateText('READY', '1002'))
    await publish(finesse, USER, 'after', updateText('READY', '1001'))
    await desk.until('notified', ({ itemId }) => itemId === 'after')
    expect(desk.events.some((event) => event.type === 'notified' && event.itemId === 'gone')).toBe(false)
  })

  it('a wrong password is refused once', async () => {
    const desk = open({ password: 'wrong' })
    expect((await desk.until('ended')).failure).toEqual({ kind: 'auth', condition: 'not-authorized' })
  })

  it('a node that is not there is refused', async () => {
    const desk = open()
    await desk.until('ready')
    expect(await desk.client.subscribe('/finesse/api/Team/404/Users')).toEqual({
      ok: false,
      error: { kind: 'subscribe', node: '/finesse/api/Team/404/Users', condition: 'item-not-found' },
    })
  })

  it('the same resource again ends the first session with a conflict', async () => {
    const first = open()
    await first.until('ready')
    const second = open()
    await second.until('ready')
    expect((await first.until('ended')).failure).toEqual({ kind: 'conflict' })
    expect(second.events.some(({ type }) => type === 'ended')).toBe(false)
  })

  it('another resource stays beside it, and both receive', async () => {
    const first = open()
    const second = open({ resource: 'sidetone-1' })
    await Promise.all([first.until('ready'), second.until('ready')])
    await publish(finesse, USER, 'both', updateText('HOLD', '1001'))
    await Promise.all(
      [first, second].map((desk) => desk.until('notified', ({ itemId }) => itemId === 'both')),
    )
  })

  it('only the component may publish', async () => {
    const desk = open()
    await desk.until('ready')
    await expect(publish(stranger, USER, 'forged', updateText('READY', '1001'))).rejects.toThrow('forbidden')
    await publish(finesse, USER, 'honest', updateText('READY', '1001'))
    await desk.until('notified', ({ itemId }) => itemId === 'honest')
    expect(desk.events.some((event) => event.type === 'notified' && event.itemId === 'forged')).toBe(false)
  })
})
