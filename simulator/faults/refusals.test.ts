import { Agent, request } from 'node:https'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { SimulatorOptions } from '../options'
import {
  authFrame,
  bindFrame,
  dial,
  online,
  openFrame,
  plain,
  putState,
  rest,
  run,
  signIn,
  type Running,
  type Wire,
} from '../testing'
import type { Fault } from './table'

let running: Running | null = null
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

afterEach(async () => {
  await running?.stop()
  running = null
})

const start = async (options: SimulatorOptions = {}) => (running = await run(options))

interface Scene {
  readonly site: Running
  readonly wire: Wire
  readonly from: number
}

async function atWork(fault: Fault | null = null, options: SimulatorOptions = {}): Promise<Scene> {
  const site = await start(options)
  await signIn(site, site.agent)
  const wire = await online(site, site.agent)
  if (fault !== null) site.simulator.control.setFault(fault)
  return { site, wire, from: wire.frames.length }
}

const PING = '<iq xmlns="jabber:client" type="get" id="p1"><ping xmlns="urn:xmpp:ping"/></iq>'
const subscribe = (site: Running) =>
  `<iq xmlns="jabber:client" type="set" id="s1" to="${site.node.pubsubDomain}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="/finesse/api/Team/5013/Users" jid="1001@fin-a.localhost/test"/></pubsub></iq>`

describe('sessions', () => {
  test('seeOtherHost and seeOtherUri name the other node, or what they are told', async () => {
    const { site, wire } = await atWork({ name: 'seeOtherHost' })
    const there = `localhost:${String(site.other.port)}`
    expect(await wire.frame('see-other-host')).toContain(`>${there}</see-other-host>`)
    await wire.closed()
    const again = await online(site, site.agent)
    site.simulator.control.setFault({ name: 'seeOtherUri', address: 'ws://evil.example/ws/' })
    expect(await again.frame('<close')).toContain('see-other-uri="ws://evil.example/ws/"')
  })

  test('closeCode', async () => {
    const { wire } = await atWork({ name: 'closeCode', code: 1012 })
    expect(await wire.closed()).toBe(1012)
  })

  test('rawFrames: pings are counted, reserved bits end the connection', async () => {
    const site = await start()
    const wire = await online(site, site.agent)
    let pings = 0
    let binary = 0
    wire.socket.on('ping', () => (pings += 1))
    wire.socket.on('message', (_data, isBinary) => (binary += isBinary ? 1 : 0))
    site.simulator.control.setFault({ name: 'rawFrames', how: 'pings', count: 50 })
    site.simulator.control.setFault({ name: 'rawFrames', how: 'binary' })
    await pause(50)
    expect([pings, binary]).toEqual([50, 1])
    site.simulator.control.setFault({ name: 'rawFrames', how: 'reserved' })
    await wire.closed()
  })

  test('noPingReply: silence about pings only', async () => {
    const { site, wire, from } = await atWork({ name: 'noPingReply' })
    wire.send(PING)
    await putState(site, site.agent, 'READY')
    await wire.frame('READY', from)
    expect(wire.frames.join('')).not.toContain('id="p1"')
  })

  test('foreignReplies: first an error from a stranger, then the answer', async () => {
    const { wire, from } = await atWork({ name: 'foreignReplies' })
    wire.send(PING)
    await wire.frame('type="result"', from)
    expect(wire.frames[from]).toMatch(/type="error" id="p1" from="intruder.invalid"/)
  })

  test('bindUnanswered: bound without a word, or with a late one', async () => {
    const site = await start({ faults: [{ name: 'bindUnanswered' }] })
    const bind = async () => {
      const wire = await dial(site)
      wire.send(openFrame(site.node.xmppDomain))
      await wire.frame('<mechanism>PLAIN')
      wire.send(authFrame(plain(site.agent.id, site.agent.password)))
      await wire.frame('<success')
      wire.send(openFrame(site.node.xmppDomain))
      await wire.frame('<bind')
      wire.send(bindFrame('test'))
      return wire
    }
    const first = await bind()
    await pause(60)
    expect(first.frames.join('')).not.toContain('<jid>')
    site.simulator.control.setFault({ name: 'bindUnanswered', ms: 40 })
    const second = await bind()
    await pause(10)
    expect(second.frames.join('')).not.toContain('<jid>')
    await second.frame('<jid>')
  })

  test('subscribeUnanswered: subscribed without a word; events come', async () => {
    const { site, wire, from } = await atWork({ name: 'subscribeUnanswered' })
    wire.send(subscribe(site))
    await site.simulator.control.waitForSubscriber('/finesse/api/Team/5013/Users')
    await putState(site, site.agent, 'READY')
    await wire.frame('/finesse/api/Team/5013/Users', from)
    expect(wire.frames.join('')).not.toContain('id="s1"')
  })

  test.each([
    [true, 2],
    [false, 1],
  ])('subscribing again, multipleSubscriptions %s: %i of them', async (multipleSubscriptions, count) => {
    const { site, wire } = await atWork(null, { multipleSubscriptions })
    wire.send(subscribe(site))
    await wire.frame('subscribed')
    wire.send(subscribe(site).replace('"s1"', '"s2"'))
    await wire.frame('id="s2"')
    expect(site.simulator.control.subscriptions()).toHaveLength(count)
  })

  test('wrongPubsubDomain: nobody is there', async () => {
    const { site, wire } = await atWork({ name: 'wrongPubsubDomain' })
    const named = /<xmppPubSubDomain>([^<]+)/.exec((await rest(site, 'SystemInfo')).body)?.[1] ?? ''
    expect(named).toBe('nowhere.fin-a.localhost')
    wire.send(subscribe(site).replace(site.node.pubsubDomain, named))
    expect(await wire.frame('id="s1"')).toContain('service-unavailable')
  })
})

describe('upgrades', () => {
  test('unanswered, wrong subprotocol, elsewhere, and the log of them', async () => {
    const site = await start({
      faults: [{ name: 'refuseUpgrade', status: 301, location: 'wss://evil.example/', times: 1 }],
    })
    await expect(dial(site)).rejects.toThrow('301')
    await dial(site)
    site.simulator.control.setFault({ name: 'wrongSubprotocol' })
    await expect(dial(site)).rejects.toThrow('subprotocol')
    site.simulator.control.setFault({ name: 'upgradeUnanswered' })
    const url = `wss://localhost:${String(site.node.port)}/ws/`
    const socket = new WebSocket(url, 'xmpp', { ca: site.info.ca, handshakeTimeout: 60 })
    await expect(new Promise((_, reject) => socket.on('error', reject))).rejects.toThrow('timed out')
    expect(site.simulator.control.upgrades()).toHaveLength(4)
    expect(site.simulator.control.upgrades()[0]).toMatchObject({
      node: 'A',
      path: '/ws/',
      protocol: 'xmpp',
      hasAuthorization: false,
    })
  })

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['notYetValid', 'CERT_NOT_YET_VALID'],
    ['wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('certificate %s: %s; swapped, it serves again', async (kind, code) => {
    const site = await start({ certificates: { A: kind } })
    await expect(rest(site, 'SystemInfo')).rejects.toMatchObject({ code })
    expect((await rest(site, 'SystemInfo', {}, site.other)).status).toBe(200)
    await site.simulator.control.setCertificate('A', 'good')
    expect((await rest(site, 'SystemInfo')).status).toBe(200)
  })
})

describe('REST', () => {
  const get = (site: Running) => rest(site, `User/${site.agent.id}`, { as: site.agent })

  test('restStatus with times: so often, then it is over', async () => {
    const site = await start({ faults: [{ name: 'restStatus', status: 429, retryAfter: 7, times: 2 }] })
    expect([
      (await get(site)).status,
      (await get(site)).headers['retry-after'],
      (await get(site)).status,
    ]).toEqual([429, '7', 200])
  })

  test('redirect', async () => {
    const site = await start({
      faults: [{ name: 'redirect', location: 'http://evil.example/', path: '/User/' }],
    })
    const reply = await get(site)
    expect([reply.status, reply.headers['location']]).toEqual([302, 'http://evil.example/'])
    expect((await rest(site, 'SystemInfo')).status).toBe(200)
  })

  test('falseInService', async () => {
    const site = await start({ faults: [{ name: 'falseInService', node: 'A' }] })
    expect((await rest(site, 'SystemInfo')).body).toContain('<status>IN_SERVICE')
    expect((await get(site)).status).toBe(503)
  })

  test('slow with path: done at once, sent late', async () => {
    const { site } = await atWork({ name: 'slow', ms: 80, path: '/User/' })
    const reply = get(site)
    await site.simulator.control.waitForRequest({ method: 'GET', path: '/User/' })
    site.simulator.control.setAgentState(site.agent.id, 'READY')
    expect((await reply).body).toContain('<state>NOT_READY')
    const started = Date.now()
    await rest(site, 'SystemInfo')
    expect(Date.now() - started).toBeLessThan(60)
  })

  test('replyLost: done, but nobody says so', async () => {
    const { site } = await atWork({ name: 'replyLost', method: 'PUT', times: 1 })
    await expect(putState(site, site.agent, 'READY')).rejects.toMatchObject({ code: 'ECONNRESET' })
    await pause(20)
    expect(site.simulator.control.agent(site.agent.id).state).toBe('READY')
    expect((await get(site)).status).toBe(200)
  })

  test('asyncError: 202, then the refusal with our id, on any node that is watched', async () => {
    const { site, wire, from } = await atWork({ name: 'asyncError', data: '281', times: 1 })
    const reply = await putState(site, site.agent, 'READY', '', { requestId: 'mine' })
    expect(reply.status).toBe(202)
    const refusal = await wire.frame('apiError', from)
    expect(refusal).toContain('&lt;errorData&gt;281')
    expect(refusal).toContain('&lt;requestId&gt;mine')
    expect(site.simulator.control.agent(site.agent.id).state).toBe('NOT_READY')
  })

  /** Reads until it has had enough. */
  const drink = (site: Running, most: number) =>
    new Promise<{ readonly bytes: number; readonly ended: boolean; readonly encoding: string | undefined }>(
      (resolve, reject) => {
        const basic = Buffer.from(`${site.agent.id}:${site.agent.password}`).toString('base64')
        const path = `/finesse/api/User/${site.agent.id}`
        const { host, port } = site.node
        const headers = { Authorization: `Basic ${basic}` }
        const sent = request({ host, port, path, ca: site.info.ca, agent: false, headers }, (response) => {
          let bytes = 0
          const encoding = response.headers['content-encoding']
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
            if (bytes < most) return
            response.destroy()
            resolve({ bytes, ended: false, encoding })
          })
          response.on('end', () => {
            resolve({ bytes, ended: true, encoding })
          })
        })
        sent.on('error', reject)
        sent.end()
      },
    )

  test('hugeReply: 30 MB, no end at all, or a bomb', async () => {
    const site = await start({ faults: [{ name: 'hugeReply' }] })
    expect(await drink(site, Infinity)).toMatchObject({ bytes: 30 * 1024 * 1024, ended: true })
    site.simulator.control.setFault({ name: 'hugeReply', how: 'endless' })
    expect(await drink(site, 40 * 1024 * 1024)).toMatchObject({ ended: false })
    site.simulator.control.setFault({ name: 'hugeReply', how: 'gzip' })
    const bomb = await drink(site, Infinity)
    expect([bomb.encoding, bomb.bytes < 200_000]).toEqual(['gzip', true])
  })

  test.each(['malformed', 'json', 'charset', 'empty'] as const)('wrongBody: %s', async (how) => {
    const site = await start({ faults: [{ name: 'wrongBody', how }] })
    const { status, body, headers } = await get(site)
    expect(status).toBe(200)
    expect(headers['content-type']).toContain(how === 'json' ? 'json' : 'xml')
    expect(body).not.toContain('</User>\n')
    if (how === 'malformed') expect(body).not.toContain('</User>')
    if (how === 'charset') expect(body).toContain('<firstName>\uFFFD')
    if (how === 'empty') expect(body).toBe('')
  })

  test('resetRest leaves the notification session alone', async () => {
    const { site, wire } = await atWork()
    const { host, port } = site.node
    const keeping = new Agent({ keepAlive: true })
    const idle = new Promise<string>((resolve) => {
      const options = { host, port, path: '/finesse/api/SystemInfo', ca: site.info.ca, agent: keeping }
      const sent = request(options, (response) => {
        response.resume()
        response.on('end', () => {
          site.simulator.control.setFault({ name: 'resetRest' })
        })
      })
      sent.on('socket', (socket) => {
        socket.on('error', () => undefined)
        socket.on('close', () => {
          resolve('reset')
        })
      })
      sent.end()
    })
    expect(await idle).toBe('reset')
    keeping.destroy()
    await pause(30)
    expect(wire.closeCode).toBe(null)
  })

  test('the Date header goes by the node', async () => {
    const site = await start()
    site.simulator.control.setClockOffset(3_600_000, 'A')
    const date = (await rest(site, 'SystemInfo')).headers['date']
    expect(Math.abs(Date.parse(String(date)) - Date.now() - 3_600_000)).toBeLessThan(5_000)
  })
})

describe('lists and events', () => {
  test('setReasonCodes: other lists, on one node or both; an old id is refused', async () => {
    const { site } = await atWork()
    const { control } = site.simulator
    const list = (node = site.node) =>
      rest(site, `User/${site.agent.id}/ReasonCodes?category=NOT_READY`, { as: site.agent }, node)
    control.setReasonCodes([{ id: '900', category: 'NOT_READY', code: 27, label: 'Lunch' }], 'B')
    expect((await list()).body).toContain('<id>49</id>')
    expect((await list(site.other)).body).not.toContain('<id>49</id>')
    expect((await list(site.other)).body).toContain('<id>900</id>')
    control.setReasonCodes([{ id: '901', category: 'NOT_READY', code: 5, label: 'Tea' }])
    const old = await putState(site, site.agent, 'NOT_READY', '<reasonCodeId>49</reasonCodeId>')
    expect(old.status).toBe(400)
    await putState(site, site.agent, 'NOT_READY', '<reasonCodeId>901</reasonCodeId>')
    await pause(20)
    expect(control.agent(site.agent.id).reason?.label).toBe('Tea')
  })

  test('sendEvent: any sender, addressee, node and id', async () => {
    const { site, wire, from } = await atWork()
    const { control } = site.simulator
    const payload = control.userPayload(site.agent.id, { state: 'READY' })
    const path = `/finesse/api/User/${site.agent.id}`
    control.sendEvent(site.agent.id, {
      path,
      payload,
      from: 'evil@fin-a.localhost',
      to: 'x@y',
      itemId: 'same',
    })
    const frame = await wire.frame('READY', from)
    expect(frame).toContain('from="evil@fin-a.localhost" to="x@y"')
    expect(frame).toContain('<item id="same">')
    expect(control.agent(site.agent.id).state).toBe('NOT_READY')
  })

  test('lostEvent with path and times: exactly that one', async () => {
    const { site, wire, from } = await atWork({ name: 'lostEvent', every: 1, path: '/User/', times: 1 })
    await putState(site, site.agent, 'READY')
    await pause(20)
    await putState(site, site.agent, 'NOT_READY')
    await wire.frame('&lt;state&gt;NOT_READY', from)
    expect(wire.frames.slice(from).join('')).not.toContain('&lt;state&gt;READY')
    expect(site.simulator.control.faults()).toEqual([])
  })
})
