import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { component, xml } from '@xmpp/component'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prosodyIsInstalled, startProsody, type Prosody } from '../finesse/notifications/interop/prosody'
import { authority } from '../finesse/transport/testing/certificates'
import { say, type Said } from './testing/probing'

const NODE = '/finesse/api/User/1001'
const PASSWORD = 'p&w <1> é'

const installed = prosodyIsInstalled()
if (!installed)
  console.warn('\n*** prosody is not installed: its tests are SKIPPED (apt-get install prosody) ***\n')

describe.skipIf(!installed)('against prosody, without REST', () => {
  let prosody: Prosody
  let folder: string
  let ca: string

  beforeAll(async () => {
    const issuer = await authority()
    folder = await mkdtemp(join(tmpdir(), 'probe-'))
    ca = join(folder, 'ca.pem')
    await writeFile(ca, issuer.cert)
    const identity = await issuer.issue({ names: ['localhost', 'pubsub.localhost', '127.0.0.1'] })
    prosody = await startProsody(identity, { '1001': PASSWORD })
    const finesse = component({
      service: `xmpp://127.0.0.1:${String(prosody.componentPort)}`,
      domain: 'finesse.localhost',
      password: prosody.componentSecret,
    })
    finesse.reconnect.stop()
    finesse.on('error', () => undefined)
    await finesse.start()
    const item = xml('item', { id: 'first' }, xml('notification', {}, 'x'))
    const pubsub = xml(
      'pubsub',
      { xmlns: 'http://jabber.org/protocol/pubsub' },
      xml('publish', { node: NODE }, item),
    )
    await finesse.iqCaller.request(xml('iq', { type: 'set', to: 'pubsub.localhost' }, pubsub))
    await finesse.stop()
  }, 30_000)

  afterAll(async () => {
    await prosody.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const ask = (password: string, ...more: readonly string[]): Promise<Said> =>
    say(
      [
        ...['--server', `localhost:${String(prosody.httpsPort)}`, '--ca', ca, '--no-rest', '--json'],
        ...['--user', '1001', '--password-file', '-'],
        ...more,
      ],
      { stdin: password },
    )
  const result = ({ out }: Said): unknown => JSON.parse(out.at(-1) ?? '')

  const stages = ({ out }: Said): readonly string[] =>
    out.slice(0, -1).map((line) => {
      const { stage, ok, detail } = JSON.parse(line) as {
        readonly stage: string
        readonly ok: boolean
        readonly detail: { readonly skipped?: boolean }
      }
      return `${stage} ${detail.skipped === true ? 'skipped' : String(ok)}`
    })

  const TO_PRESENCE = ['dns', 'tcp', 'tls', 'upgrade', 'open', 'auth', 'bind', 'presence']

  test('live; without a node pubsub is left out', async () => {
    const said = await ask(PASSWORD)
    expect([said.code, result(said)]).toEqual([
      0,
      { result: 'live', failedAt: null, cause: null, missing: [] },
    ])
    expect(stages(said)).toEqual([
      ...TO_PRESENCE.map((stage) => `${stage} true`),
      'subscribeUser skipped',
      'subscribeTeam skipped',
      'live true',
    ])
  })

  test('live with a node that is there; failed with one that is not', async () => {
    const said = await ask(PASSWORD, '--node', NODE)
    expect([said.code, stages(said).slice(-2)]).toEqual([0, ['subscribeUser true', 'live true']])
    const refused = await ask(PASSWORD, '--node', '/finesse/api/User/none')
    expect([refused.code, result(refused)]).toMatchObject([
      1,
      { result: 'failed', failedAt: 'subscribeUser' },
    ])
  })

  test('a wrong password', async () => {
    const said = await ask('wrong')
    expect([said.code, result(said)]).toMatchObject([
      1,
      { result: 'failed', failedAt: 'auth', cause: 'auth.wrongPassword' },
    ])
    expect(stages(said).at(-1)).toBe('auth false')
  })

  test('a domain that is not served there', async () => {
    const said = await ask(PASSWORD, '--xmpp-domain', 'elsewhere.example')
    expect([said.code, result(said)]).toMatchObject([
      1,
      { result: 'failed', failedAt: 'open', cause: 'open.hostUnknown' },
    ])
  })

  test('another path than its own', async () => {
    const said = await ask(PASSWORD, '--ws-path', '/nothing-here')
    expect([said.code, result(said)]).toMatchObject([1, { failedAt: 'upgrade', cause: 'upgrade.notFound' }])
  })

  test('without an account: reachable', async () => {
    const said = await say([
      ...['--server', `localhost:${String(prosody.httpsPort)}`, '--ca', ca, '--no-rest', '--json'],
    ])
    expect([said.code, result(said)]).toMatchObject([0, { result: 'reachable' }])
  })
})
