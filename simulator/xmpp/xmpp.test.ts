import { afterEach, describe, expect, test, vi } from 'vitest'
import { manualClock } from '../clock'
import type { SimulatorOptions } from '../index'
import { authFrame, dial, online, openFrame, plain, putState, run, signIn, type Running } from '../testing'

let running: Running | null = null

const start = async (options: SimulatorOptions = {}) => {
  running = await run(options)
  return running
}

afterEach(async () => {
  await running?.stop()
  running = null
})

const subscribe = (site: Running, path: string, jid: string) =>
  `<iq xmlns="jabber:client" type="set" id="s1" to="${site.node.pubsubDomain}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="${path}" jid="${jid}"/></pubsub></iq>`

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('stream (4.3)', () => {
  test.each([
    ['without authzid', ''],
    ['with the bare JID as authzid', '1001@fin-a.localhost'],
  ])('PLAIN %s', async (_name, authzid) => {
    const site = await start()
    const wire = await dial(site)
    wire.send(openFrame(site.node.xmppDomain))
    await wire.frame('<mechanism>PLAIN</mechanism>')
    wire.send(authFrame(plain(site.agent.id, site.agent.password, authzid)))
    await wire.frame('<success')
  })

  test.each([
    ['a wrong password', plain('1001', 'wrong'), 'PLAIN', 'not-authorized'],
    [
      'somebody else as authzid',
      plain('1001', 'secret-1001', '1002@fin-a.localhost'),
      'PLAIN',
      'invalid-authzid',
    ],
    ['another mechanism', '', 'SCRAM-SHA-1', 'invalid-mechanism'],
    [
      'the login name, which makes no JID',
      plain('anord@example.com', 'secret-1001'),
      'PLAIN',
      'not-authorized',
    ],
  ])('%s fails', async (_name, token, mechanism, condition) => {
    const site = await start()
    const wire = await dial(site)
    wire.send(openFrame(site.node.xmppDomain))
    await wire.frame('<mechanism>')
    wire.send(authFrame(token, mechanism))
    expect(await wire.frame('<failure')).toContain(condition)
  })

  test('wrong passwords count here and on REST together', async () => {
    const site = await start()
    for (let index = 0; index < 5; index += 1) {
      const wire = await dial(site)
      wire.send(openFrame(site.node.xmppDomain))
      await wire.frame('<mechanism>')
      wire.send(authFrame(plain(site.agent.id, 'wrong')))
      await wire.frame('<failure')
    }
    expect((await signIn(site, site.agent)).status).toBe(401)
  })

  test('a stream to the wrong domain is host-unknown', async () => {
    const site = await start()
    const wire = await dial(site)
    wire.send(openFrame(site.other.xmppDomain))
    await wire.frame('host-unknown')
    await wire.closed()
  })

  test('anything but XML ends the stream', async () => {
    const site = await start()
    const wire = await online(site, site.agent)
    wire.send('<message')
    await wire.frame('not-well-formed')
    await wire.closed()
  })

  test('the same full JID: the older session gets conflict and is closed', async () => {
    const site = await start()
    const first = await online(site, site.agent, { resource: 'desktop' })
    const beside = await online(site, site.agent, { resource: 'other' })
    const second = await online(site, site.agent, { resource: 'desktop' })
    await first.frame('<conflict')
    await first.closed()
    expect([second.closeCode, beside.closeCode]).toEqual([null, null])
  })

  test('ping is answered, the unknown refused', async () => {
    const site = await start()
    const wire = await online(site, site.agent)
    wire.send(
      `<iq xmlns="jabber:client" type="get" id="p1" to="${site.node.xmppDomain}"><ping xmlns="urn:xmpp:ping"/></iq>`,
    )
    expect(await wire.frame('id="p1"')).toContain('type="result"')
    wire.send(`<iq xmlns="jabber:client" type="get" id="v1"><query xmlns="jabber:iq:version"/></iq>`)
    expect(await wire.frame('id="v1"')).toContain('service-unavailable')
  })
})

describe('events (5)', () => {
  test('own state by the bare JID, only after presence', async () => {
    const site = await start({ notificationNamespace: 'push' })
    const early = await online(site, site.agent, { resource: 'early', presence: false })
    const wire = await online(site, site.agent)
    await signIn(site, site.agent)
    const event = await wire.frame('<message')
    expect(event).toContain(`to="${site.agent.id}@fin-a.localhost"`)
    expect(event).toContain('<notification xmlns="urn:xmpp:push:0">&lt;Update&gt;')
    expect(event).toMatch(/<item id="[0-9a-f]{8}-[0-9a-f-]{27}\d+">/)
    expect(early.frames.join('')).not.toContain('<message')
  })

  test('an asynchronous refusal carries put, the id and the code', async () => {
    const site = await start()
    const wire = await online(site, site.agent)
    await putState(site, site.agent, 'READY', '', { requestId: 'r-77' })
    const event = await wire.frame('apiErrors')
    expect(event).toContain('&lt;errorData&gt;22&lt;/errorData&gt;')
    expect(event).toContain('&lt;event&gt;put&lt;/event&gt;')
    expect(event).toContain('&lt;requestId&gt;r-77&lt;/requestId&gt;')
  })

  test('both nodes publish', async () => {
    const site = await start()
    const wire = await online(site, site.agent, { node: site.other })
    await signIn(site, site.agent)
    expect(await wire.frame('NOT_READY')).toContain('pubsub.fin-b.localhost')
  })

  test('explicit subscriptions: own team, not another, not nothing, not for others; they persist', async () => {
    const site = await start()
    const wire = await online(site, site.agent)
    const jid = `${site.agent.id}@fin-a.localhost/test`
    const team = `/finesse/api/Team/${site.agent.teamId}/Users`
    const ask = async (path: string, as = jid) => {
      const from = wire.frames.length
      wire.send(subscribe(site, path, as))
      return wire.frame('id="s1"', from)
    }
    expect(await ask('/finesse/api/Team/5014/Users')).toContain('forbidden')
    expect(await ask('/finesse/api/Team/77/Users')).toContain('item-not-found')
    expect(await ask(team, '1002@fin-a.localhost')).toContain('invalid-jid')
    expect(await ask(team)).toContain('subscription="subscribed"')
    site.simulator.control.setAgentState('1005', 'NOT_READY', 'Lunch')
    expect(await wire.frame('Lunch')).toContain(`to="${jid}"`)
    wire.send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing"/>')
    await wire.closed()
    const again = await online(site, site.agent)
    site.simulator.control.setAgentState('1005', 'NOT_READY', 'Meeting')
    await again.frame('Meeting')
    again.send(subscribe(site, team, jid).replace('<subscribe', '<unsubscribe').replace('"s1"', '"u1"'))
    expect(await again.frame('id="u1"')).toContain('type="result"')
    again.send(subscribe(site, team, jid).replace('<subscribe', '<unsubscribe').replace('"s1"', '"u2"'))
    expect(await again.frame('id="u2"')).toContain('not-subscribed')
  })

  test('queue statistics follow the agents, not more often than every ten seconds', async () => {
    const site = await start({ timeScale: 100 })
    const wire = await online(site, site.agent)
    wire.send(subscribe(site, '/finesse/api/Queue/5022', `${site.agent.id}@fin-a.localhost/test`))
    await wire.frame('id="s1"')
    for (const reason of ['Lunch', 'Meeting', 'Break'])
      site.simulator.control.setAgentState('1005', 'NOT_READY', reason)
    await wire.frame('&lt;Queue&gt;')
    await pause(150)
    expect(wire.frames.filter((one) => one.includes('&lt;Queue&gt;'))).toHaveLength(1)
  })

  test('a call rings, is answered by REST and ends', async () => {
    const site = await start()
    const wire = await online(site, site.agent)
    await signIn(site, site.agent)
    await putState(site, site.agent, 'READY')
    const id = site.simulator.control.ringAgent(site.agent.id, { from: '+447700900114', queue: 'Support' })
    await wire.frame('&lt;event&gt;POST')
    expect(site.simulator.control.answer(site.agent.id)).toBe(true)
    await wire.frame('TALKING')
    site.simulator.control.customerHangsUp(id ?? '')
    await wire.frame('&lt;event&gt;DELETE')
  })
})

describe('presence loss (13.1)', () => {
  test('60 s after the last session is gone the agent is made Not Ready 50002, not a moment earlier', async () => {
    // Certificates are valid by the same clock, so it starts today.
    const clock = manualClock(Date.now())
    const site = await start({ clock, eventDelayMs: [0, 0] })
    const { control } = site.simulator
    await signIn(site, site.agent)
    const wire = await online(site, site.agent, { presence: false })
    wire.send('<presence xmlns="jabber:client"/>')
    await vi.waitFor(() => {
      expect(control.sessions()[0]?.available).toBe(true)
    })
    wire.socket.terminate()
    await vi.waitFor(() => {
      expect(control.sessions()).toEqual([])
    })
    clock.advance(59_999)
    expect(control.agent(site.agent.id).reason).toBeNull()
    clock.advance(1)
    expect(control.agent(site.agent.id)).toMatchObject({ state: 'NOT_READY', reason: { code: 50002 } })
  })

  test('with time running 600 times as fast it comes after 100 ms, unless the agent is back', async () => {
    const site = await start({ timeScale: 600 })
    await signIn(site, site.agent)
    const first = await online(site, site.agent)
    first.socket.terminate()
    const second = await online(site, site.agent)
    await pause(200)
    expect(site.simulator.control.agent(site.agent.id).reason).toBeNull()
    second.socket.terminate()
    await pause(250)
    expect(site.simulator.control.agent(site.agent.id)).toMatchObject({
      state: 'NOT_READY',
      reason: { code: 50002 },
    })
  })

  test('UCCX signs out with 255', async () => {
    const site = await start({ deployment: 'UCCX', timeScale: 600 })
    await signIn(site, site.agent)
    const wire = await online(site, site.agent)
    wire.send('<presence xmlns="jabber:client" type="unavailable"/>')
    await pause(250)
    expect(site.simulator.control.agent(site.agent.id)).toMatchObject({
      state: 'LOGOUT',
      reason: { code: 255 },
    })
  })
})
