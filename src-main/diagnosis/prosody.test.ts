import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { prosodyIsInstalled, startProsody, type Prosody } from '../finesse/notifications/interop/prosody'
import type { NotificationOptions } from '../finesse/notifications/types'
import { closeKept } from '../finesse/transport/testing/attempt'
import { realClock } from '../finesse/transport/testing/clocks'
import { openLink, testCa, type Link } from './testing/provoke'

const PASSWORD = 'p&w <1> é'

const installed = prosodyIsInstalled()
if (!installed) {
  console.warn(
    '\n*** prosody is not installed: the interoperability tests are SKIPPED (apt-get install prosody) ***\n',
  )
}

/** A server that was written by others is diagnosed as our own ones are. */
describe.skipIf(!installed)('against prosody', () => {
  let prosody: Prosody

  const open = (changes: Partial<NotificationOptions> = {}): Promise<Link> =>
    openLink(
      prosody.httpsPort,
      {
        xmppDomain: 'localhost',
        pubsubDomain: 'pubsub.localhost',
        loginId: '1001',
        password: PASSWORD,
        userNodes: [],
        ...changes,
      },
      // It lives in another process, whose time nobody can push forward.
      { clock: realClock },
    )

  const ended = async (link: Link) => {
    await link.desk.until('ended')
    return link.ended()
  }

  const watched = async (link: Link, node: string) => {
    await link.desk.until('ready')
    await link.desk.client.subscribe(node, 'subscribeTeam')
    return link.degraded('subscribeTeam')
  }

  beforeAll(async () => {
    const identity = await (await testCa()).issue({ names: ['localhost', 'pubsub.localhost', '127.0.0.1'] })
    prosody = await startProsody(identity, { '1001': PASSWORD })
  }, 30_000)

  afterEach(closeKept)

  afterAll(async () => {
    await prosody.stop()
  })

  it('upgrade.notFound: another path', async () => {
    const endpoints = [{ host: 'localhost', port: prosody.httpsPort, path: '/nowhere/' }]
    expect(await ended(await open({ endpoints }))).toMatchObject({
      id: 'upgrade.notFound',
      params: { status: 404, path: '/nowhere/', port: prosody.httpsPort },
    })
  })

  it('open.hostUnknown: the domain of another server', async () => {
    expect(await ended(await open({ xmppDomain: 'fin-x.example.com' }))).toMatchObject({
      id: 'open.hostUnknown',
      params: { domain: 'fin-x.example.com' },
    })
  })

  it('auth.wrongPassword: another password', async () => {
    expect(await ended(await open({ password: 'wrong' }))).toMatchObject({
      id: 'auth.wrongPassword',
      params: { id: '1001', came: 'not-authorized' },
    })
  })

  it('subscribe.nodeNotFound: a team nobody has published', async () => {
    expect(await watched(await open(), '/finesse/api/Team/404/Users')).toMatchObject({
      id: 'subscribe.nodeNotFound',
      params: { condition: 'item-not-found' },
    })
  })

  // `not-allowed` is also what a closed node says (XEP-0060, 6.1.3.9): the two cannot be told apart.
  it('subscribe.refused: a service on another server, to which prosody does not go', async () => {
    const link = await open({ pubsubDomain: 'nowhere.localhost' })
    expect(await watched(link, '/finesse/api/Team/1/Users')).toMatchObject({
      id: 'subscribe.refused',
      params: { condition: 'not-allowed' },
    })
  })

  it('live.conflict: the same resource again', async () => {
    const first = await open()
    await first.desk.until('ready')
    const second = await open()
    await second.desk.until('ready')
    expect(await ended(first)).toMatchObject({ id: 'live.conflict', params: { id: '1001' } })
  })
})
