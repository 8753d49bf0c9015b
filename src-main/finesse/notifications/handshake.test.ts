import { createHash } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { authority, type TestAuthority, type TestIdentity } from '../transport/testing/certificates'
import type { Trust } from '../transport/trust'
import { openDesk, optionsFor, PASSWORD, trusting, watchDesk, type Desk } from './testing/desk'
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
    expect(facts.get('upgrade')).toMatchObject({
      path: '/ws/',
      status: 101,
      statusText: 'Switching Protocols',
      subprotocol: 'xmpp',
    })
    expect(facts.get('subscribeUser')).toEqual({
      nodes: ['/finesse/api/User/1071'],
      results: ['/finesse/api/User/1071 subscribed'],
    })
    expect(facts.get('open')).toMatchObject({
      to: 'fin-a.example.com',
      from: 'fin-a.example.com',
      streamId: 's1',
      capsHash: 'sha-1',
      capsVer: 'v1',
      mechanisms: ['PLAIN'],
      capsNode: 'https://www.igniterealtime.org/projects/openfire/',
    })
    expect(facts.get('auth')).toEqual({ mechanism: 'PLAIN', user: '1071' })
    expect(facts.get('bind')).toEqual({ jid: '1071@fin-a.example.com/desktop', resource: 'desktop' })
    expect(facts.get('presence')).toEqual({
      priority: 0,
      waitMs: 2_000,
      seen: 'finesse@fin-a.example.com',
      others: ['finesse@fin-a.example.com/x'],
    })
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
    expect(responder.requests[0]?.headers['sec-websocket-protocol']).toBe('xmpp')
  })

  faultTest('N26', 'compression is never offered, so a server cannot choose it', async (t) => {
    await open()
    watchDesk(t, desk)
    await desk.until('pinged')
    expect(responder.requests[0]?.headers).not.toHaveProperty('sec-websocket-extensions')
    expect(desk.stages()).toContain('upgrade succeeded')
  })

  faultTest('N26', 'a server that compresses all the same is refused', async (t) => {
    await open({
      upgrade: (request, socket) => {
        const key = String(request.headers['sec-websocket-key'])
        const accept = createHash('sha1')
          .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
          .digest('base64')
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: xmpp\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n`,
        )
        return true
      },
    })
    watchDesk(t, desk)
    expect((await desk.until('ended')).failure).toMatchObject({ kind: 'upgrade', status: 101 })
    expect(desk.stages()).not.toContain('upgrade succeeded')
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

  it('subscribes without waiting for presence, and is ready when both are done', async () => {
    await open({ presence: 'none' })
    await desk.until(
      'stage',
      ({ report }) => report.stage === 'subscribeUser' && report.status === 'succeeded',
    )
    const sent = responder.received.map((frame) => /<(presence|subscribe) /.exec(frame)?.[1])
    expect(sent.filter((name) => name !== undefined)).toEqual(['presence', 'subscribe'])
    expect(desk.stages()).not.toContain('presence succeeded')
    expect(desk.events.some(({ type }) => type === 'ready')).toBe(false)
    responder.send('<presence xmlns="jabber:client" from="finesse@fin-a.example.com/x"/>')
    await desk.until('ready')
    expect(desk.stages().filter((line) => /^(presence|subscribeUser) /.test(line))).toEqual([
      'presence started',
      'subscribeUser started',
      'subscribeUser succeeded',
      'presence succeeded',
    ])
  })

  it('is not ready before the subscription is answered either', async () => {
    await open({ subscribe: () => 'silent' })
    const frame = await responder.seen('<subscribe')
    await desk.until('stage', ({ report }) => report.stage === 'presence' && report.status === 'succeeded')
    expect(desk.events.some(({ type }) => type === 'ready')).toBe(false)
    const id = / id="([^"]*)"/.exec(frame)?.[1] ?? ''
    responder.send(`<iq xmlns="jabber:client" type="result" id="${id}" from="pubsub.fin-a.example.com"/>`)
    await desk.until('ready')
  })

  it('tells a refused subscription as that, not as a failure of the presence', async () => {
    await open({ presence: 'none', subscribe: () => 'forbidden' }, { presenceWaitMs: 50 })
    await desk.until('ended')
    expect(desk.stages().slice(-2)).toEqual(['presence degraded', 'subscribeUser failed'])
  })

  faultTest('X15', 'events before the answer to the subscription are kept until ready', async (t) => {
    await open({ subscribe: () => 'silent' }, { userNodeOptional: true })
    watchDesk(t, desk)
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
  faultTest('X17', 'wrong password is one attempt, one message', async (t) => {
    await open({ auth: 'failure' })
    watchDesk(t, desk)
    const { failure } = await desk.until('ended')
    expect(failure).toEqual({ kind: 'auth', condition: 'not-authorized' })
    expect(desk.stages().slice(-1)).toEqual(['auth failed'])
    expect(responder.received.filter((frame) => frame.startsWith('<auth'))).toHaveLength(1)
  })

  faultTest('X19', 'no PLAIN, no password', async (t) => {
    await open({ mechanisms: ['SCRAM-SHA-1', 'DIGEST-MD5', 'ANONYMOUS', 'EXTERNAL'] })
    watchDesk(t, desk)
    const { failure } = await desk.until('ended')
    expect(failure).toEqual({
      kind: 'mechanism',
      offered: ['SCRAM-SHA-1', 'DIGEST-MD5', 'ANONYMOUS', 'EXTERNAL'],
    })
    expect(responder.received.join()).not.toContain('<auth')
  })

  faultTest('X19', 'no mechanism at all is no reason to send the password', async (t) => {
    await open({ mechanisms: [] })
    watchDesk(t, desk)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'mechanism', offered: [] })
    expect(responder.received.join()).not.toContain('<auth')
  })

  faultTest('X19', 'PLAIN is chosen beside stronger ones, and no challenge is answered', async (t) => {
    await open({ mechanisms: ['SCRAM-SHA-256', 'PLAIN'], auth: 'challenge' })
    watchDesk(t, desk)
    const { failure } = await desk.until('ended')
    expect(failure).toEqual({ kind: 'auth', condition: 'challenge' })
    expect(responder.received.filter((frame) => frame.includes('mechanism="PLAIN"'))).toHaveLength(1)
    expect(responder.received.join()).not.toContain('<response')
  })

  faultTest('X20', 'bind refused', async (t) => {
    await open({ bind: 'conflict' })
    watchDesk(t, desk)
    expect((await desk.until('ended')).failure).toEqual({ kind: 'bind', condition: 'conflict' })
    expect(desk.stages().slice(-1)).toEqual(['bind failed'])
  })

  faultTest('X21', 'a required node refused ends, an optional one degrades', async (t) => {
    await open({ subscribe: () => 'forbidden' })
    watchDesk(t, desk)
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

  faultTest('X21', 'a team refused degrades and the connection lives', async (t) => {
    await open({ subscribe: (node) => (node.includes('Team') ? 'item-not-found' : null) })
    watchDesk(t, desk)
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
