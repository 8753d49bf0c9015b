import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { authority, type TestAuthority, type TestIdentity } from '../transport/testing/certificates'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, PASSWORD, trusting, type Desk } from './testing/desk'
import { escapedUpdate, eventFrame, startResponder, type Responder, type Script } from './testing/responder'
import type { NotificationOptions } from './types'

let ca: TestAuthority
let identity: TestIdentity
let trust: Trust
let responder: Responder
let desk: Desk

beforeAll(async () => {
  ca = await authority()
  identity = await ca.issue()
  trust = trusting(ca.cert)
})

afterEach(async () => {
  desk.client.terminate()
  await responder.stop()
})

const open = async (script: Script = {}, changes: Partial<NotificationOptions> = {}): Promise<void> => {
  responder = await startResponder(identity, script)
  desk = openDesk(optionsFor(responder.port, changes), { trust })
}

describe('the eleven stages', () => {
  it('run in order, each with its facts, until live', async () => {
    await open({ session: 'required' })
    await desk.until('ready')
    await desk.client.subscribe('/finesse/api/Team/1/Users', 'subscribeTeam')
    await desk.until('pinged')
    expect(desk.stages().filter((line) => !line.endsWith('started'))).toEqual([
      'dns succeeded',
      'tcp succeeded',
      'tls succeeded',
      'upgrade succeeded',
      'open succeeded',
      'auth succeeded',
      'bind succeeded',
      'presence succeeded',
      'subscribeUser succeeded',
      'live succeeded',
      'subscribeTeam succeeded',
    ])
    const facts = new Map(
      desk.events.flatMap((event) =>
        event.type === 'stage' && event.report.status === 'succeeded'
          ? [[event.report.stage, event.report.facts] as const]
          : [],
      ),
    )
    expect(facts.get('upgrade')).toMatchObject({ path: '/ws/', status: 101, subprotocol: 'xmpp' })
    expect(facts.get('open')).toMatchObject({
      mechanisms: ['PLAIN'],
      capsNode: 'https://www.igniterealtime.org/projects/openfire/',
    })
    expect(facts.get('auth')).toEqual({ mechanism: 'PLAIN', user: '1071' })
    expect(facts.get('bind')).toEqual({ jid: '1071@fin-a.example.com/desktop', resource: 'desktop' })
    expect(facts.get('presence')).toEqual({ seen: 'finesse@fin-a.example.com' })
    expect(facts.get('live')).toMatchObject({ proof: 'ping' })
  })

  it('says what the protocol notes show, and nothing more', async () => {
    await open()
    await desk.until('pinged')
    const kinds = responder.received.map((frame) => frame.replace(/ id="[^"]*"/, '').slice(0, 400))
    expect(kinds).toEqual([
      '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="fin-a.example.com" version="1.0"/>',
      `<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">${Buffer.from(`\u00001071\u0000${PASSWORD}`).toString('base64')}</auth>`,
      '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="fin-a.example.com" version="1.0"/>',
      '<iq xmlns="jabber:client" type="set"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>desktop</resource></bind></iq>',
      '<presence xmlns="jabber:client"/>',
      '<iq xmlns="jabber:client" type="set" to="pubsub.fin-a.example.com"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="/finesse/api/User/1071" jid="1071@fin-a.example.com/desktop"/></pubsub></iq>',
      '<iq xmlns="jabber:client" type="get" to="fin-a.example.com"><ping xmlns="urn:xmpp:ping"/></iq>',
    ])
    const headers = responder.requests[0]?.headers
    expect(headers?.['sec-websocket-protocol']).toBe('xmpp')
    // Fault N26: compression is never offered.
    expect(headers?.['sec-websocket-extensions']).toBeUndefined()
  })

  it('sends the bare JID as authzid when asked to, and the loginId escaped and in lower case', async () => {
    await open({}, { authzid: 'bareJid', loginId: 'Anna Berg' })
    const frame = await responder.seen('<auth')
    const sent = Buffer.from(/>([^<]*)</.exec(frame)?.[1] ?? '', 'base64').toString('utf8')
    expect(sent).toBe(`anna\\20berg@fin-a.example.com\0anna\\20berg\0${PASSWORD}`)
  })

  it.each(['absent', 'optional'] as const)('asks for no session when it is %s', async (session) => {
    await open({ session })
    await desk.until('ready')
    expect(responder.received.join()).not.toContain('xmpp-session')
  })

  it('takes its own echo as presence, and goes on without any after the wait', async () => {
    await open({ presence: 'echo' })
    await desk.until('ready')
    expect(desk.stages()).toContain('presence succeeded')
    desk.client.terminate()
    await responder.stop()
    await open({ presence: 'none' }, { presenceWaitMs: 20 })
    await desk.until('ready')
    expect(desk.stages()).toContain('presence degraded')
  })

  it('keeps events that come before the subscription is answered until it is ready', async () => {
    await open({ subscribe: () => 'silent' }, { userNodeOptional: true })
    const frame = await responder.seen('<subscribe')
    responder.send(eventFrame({ node: '/finesse/api/User/1071', content: escapedUpdate('TALKING') }))
    const id = / id="([^"]*)"/.exec(frame)?.[1] ?? ''
    responder.send(`<iq xmlns="jabber:client" type="result" id="${id}" from="pubsub.fin-a.example.com"/>`)
    await desk.until('notified')
    const types = desk.events.map(({ type }) => type)
    expect(types.indexOf('ready')).toBeLessThan(types.indexOf('notified'))
  })
})

describe('a refusal at sign-in', () => {
  it('X17: wrong password is one attempt, one message', async () => {
    await open({ auth: 'failure' })
    const { failure } = await desk.until('ended')
    expect(failure).toEqual({ kind: 'auth', condition: 'not-authorized' })
    expect(desk.stages().slice(-1)).toEqual(['auth failed'])
    expect(responder.received.filter((frame) => frame.startsWith('<auth'))).toHaveLength(1)
  })

  it('X19: no PLAIN, no password', async () => {
    await open({ mechanisms: ['SCRAM-SHA-1', 'DIGEST-MD5', 'ANONYMOUS', 'EXTERNAL'] })
    const { failure } = await desk.until('ended')
    expect(failure).toEqual({
      kind: 'mechanism',
      offered: ['SCRAM-SHA-1', 'DIGEST-MD5', 'ANONYMOUS', 'EXTERNAL'],
    })
    expect(responder.received.join()).not.toContain('<auth')
  })

  it('chooses PLAIN beside stronger ones, and does not answer a challenge', async () => {
    await open({ mechanisms: ['SCRAM-SHA-256', 'PLAIN'], auth: 'challenge' })
    const { failure } = await desk.until('ended')
    expect(failure).toEqual({ kind: 'auth', condition: 'challenge' })
    expect(responder.received.filter((frame) => frame.includes('mechanism="PLAIN"'))).toHaveLength(1)
    expect(responder.received.join()).not.toContain('<response')
  })

  it('X20: bind refused', async () => {
    await open({ bind: 'conflict' })
    expect((await desk.until('ended')).failure).toEqual({ kind: 'bind', condition: 'conflict' })
    expect(desk.stages().slice(-1)).toEqual(['bind failed'])
  })

  it('X21: a required node refused ends, an optional one degrades', async () => {
    await open({ subscribe: () => 'forbidden' })
    expect((await desk.until('ended')).failure).toEqual({
      kind: 'subscribe',
      node: '/finesse/api/User/1071',
      condition: 'forbidden',
    })
    desk.client.terminate()
    await responder.stop()
    await open({ subscribe: () => 'forbidden' }, { userNodeOptional: true })
    await desk.until('ready')
    expect(desk.stages()).toContain('subscribeUser degraded')
  })

  it('X21: a team refused degrades and the connection lives', async () => {
    await open({ subscribe: (node) => (node.includes('Team') ? 'item-not-found' : null) })
    await desk.until('ready')
    const outcome = await desk.client.subscribe('/finesse/api/Team/9/Users', 'subscribeTeam')
    expect(outcome).toEqual({
      ok: false,
      error: { kind: 'subscribe', node: '/finesse/api/Team/9/Users', condition: 'item-not-found' },
    })
    expect(desk.stages()).toContain('subscribeTeam degraded')
    expect(desk.events.some(({ type }) => type === 'ended')).toBe(false)
  })
})
