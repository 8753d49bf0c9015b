import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../commands'
import { dial, online, openFrame, putState, rest, run, signIn, type Running, type Wire } from '../testing'
import { FAULT_NAMES, FAULTS, type Fault } from './table'
import { faultFromJson, faultFromText } from './parse'

let running: Running | null = null

const start = async () => {
  running = await run()
  return running
}

afterEach(async () => {
  await running?.stop()
  running = null
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** An agent at work, and the frames from now on. */
async function atWork(fault: Fault) {
  const site = await start()
  const wire = await online(site, site.agent)
  await signIn(site, site.agent)
  await wire.frame('NOT_READY')
  site.simulator.control.setFault(fault)
  return { site, wire, from: wire.frames.length }
}

const events = (wire: Wire, from: number) => wire.frames.slice(from).filter((one) => one.includes('<message'))
const states = (wire: Wire, from: number) =>
  events(wire, from).map((one) => /&lt;state&gt;(\w+)&lt;/.exec(one)?.[1] ?? '')

const codes = (wire: Wire, from: number) =>
  events(wire, from).map((one) => /&lt;code&gt;(\d+)&lt;/.exec(one)?.[1] ?? '')

describe('the socket', () => {
  test('dropSocket: the connection ends without a closing stanza', async () => {
    const { wire, from } = await atWork({ name: 'dropSocket' })
    expect(await wire.closed()).toBe(1006)
    expect(wire.frames.slice(from)).toEqual([])
  })

  test('resetSocket: reset', async () => {
    const { wire } = await atWork({ name: 'resetSocket' })
    expect(await wire.closed()).toBe(1006)
  })

  test('refuseUpgrade: status and Retry-After', async () => {
    const site = await start()
    site.simulator.control.setFault({ name: 'refuseUpgrade', status: 503, retryAfter: 7, node: 'A' })
    await expect(dial(site)).rejects.toThrow('503')
    await dial(site, site.other)
  })

  test('silent: open, but nothing comes', async () => {
    const { site, wire, from } = await atWork({ name: 'silent' })
    wire.send('<iq xmlns="jabber:client" type="get" id="p1"><ping xmlns="urn:xmpp:ping"/></iq>')
    await putState(site, site.agent, 'READY')
    await pause(80)
    expect([wire.frames.length, wire.closeCode]).toEqual([from, null])
  })

  test('conflict and streamError end the stream with their condition', async () => {
    const { site, wire } = await atWork({ name: 'conflict' })
    await wire.frame('<conflict')
    await wire.closed()
    const again = await online(site, site.agent)
    site.simulator.control.setFault({ name: 'streamError', condition: 'host-gone' })
    await again.frame('<host-gone')
    await again.closed()
  })

  test('malformedFrame and truncatedFrame', async () => {
    const { site, wire, from } = await atWork({ name: 'malformedFrame' })
    await wire.frame('unclosed', from)
    site.simulator.control.setFault({ name: 'truncatedFrame' })
    const half = await wire.frame('<items', from)
    expect(half).not.toContain('</message>')
  })
})

describe('the sign-on', () => {
  test('mechanisms', async () => {
    const site = await start()
    site.simulator.control.setFault({ name: 'mechanisms', offered: ['SCRAM-SHA-1', 'EXTERNAL'] })
    const wire = await dial(site)
    wire.send(openFrame(site.node.xmppDomain))
    const features = await wire.frame('<mechanism>')
    expect(features).toContain('EXTERNAL')
    expect(features).not.toContain('PLAIN')
  })

  test.each([
    [{ name: 'rejectAuth' } as const, 'not-authorized'],
    [{ name: 'bindRefused', condition: 'resource-constraint' } as const, 'resource-constraint'],
  ])('%o', async (fault, condition) => {
    const site = await start()
    site.simulator.control.setFault(fault)
    await expect(online(site, site.agent)).rejects.toThrow(condition)
  })

  test('subscribeForbidden, noFinessePresence', async () => {
    const site = await start()
    site.simulator.control.setFault({ name: 'subscribeForbidden' })
    site.simulator.control.setFault({ name: 'noFinessePresence' })
    const wire = await online(site, site.agent, { presence: false })
    wire.send('<presence xmlns="jabber:client"/>')
    wire.send(
      `<iq xmlns="jabber:client" type="set" id="s1" to="${site.node.pubsubDomain}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="/finesse/api/Team/5013/Users" jid="1001@fin-a.localhost/test"/></pubsub></iq>`,
    )
    expect(await wire.frame('id="s1"')).toContain('<forbidden')
    await pause(50)
    expect(wire.frames.join('')).not.toContain('<presence')
  })
})

describe('events', () => {
  const reasons = ['49', '50', '51', '52']
  const walk = async (site: Running) => {
    for (const id of reasons) {
      await putState(site, site.agent, 'NOT_READY', `<reasonCodeId>${id}</reasonCodeId>`)
      await pause(15)
    }
    await pause(300)
  }

  test.each([
    [{ name: 'duplicateEvent' } as const, ['27', '27', '12', '12', '33', '33', '41', '41']],
    [{ name: 'reorderEvents' } as const, ['12', '27', '41', '33']],
    [{ name: 'noEvents' } as const, []],
  ])('%o', async (fault, seen) => {
    const { site, wire, from } = await atWork(fault)
    await walk(site)
    expect(codes(wire, from)).toEqual(seen)
  })

  test('duplicates share their item id', async () => {
    const { site, wire, from } = await atWork({ name: 'duplicateEvent' })
    await putState(site, site.agent, 'READY')
    await pause(60)
    const ids = events(wire, from).map((one) => /<item id="([^"]+)"/.exec(one)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('lostEvent: every n-th is missing', async () => {
    const { site, wire, from } = await atWork({ name: 'lostEvent', every: 2 })
    await walk(site)
    expect(codes(wire, from)).toHaveLength(2)
  })

  test('eventBeforeReply', async () => {
    const { site, wire, from } = await atWork({ name: 'eventBeforeReply' })
    const reply = putState(site, site.agent, 'READY').then(() => 'reply')
    const event = wire.frame('READY', from).then(() => 'event')
    expect(await Promise.race([reply, event])).toBe('event')
    await reply
  })

  test('forcedLogoutNow', async () => {
    const { wire, from } = await atWork({ name: 'forcedLogoutNow' })
    await wire.frame('50002', from)
  })

  test('outOfService is announced, and so is its end', async () => {
    const { site, wire, from } = await atWork({ name: 'outOfService', node: 'A' })
    await wire.frame('&lt;status&gt;OUT_OF_SERVICE', from)
    await putState(site, site.agent, 'READY')
    expect(states(wire, from).filter((state) => state !== '')).toEqual([])
    site.simulator.control.clearFault()
    await wire.frame('&lt;status&gt;IN_SERVICE', from)
  })

  test('hostileStrings arrive whole, as text', async () => {
    const { site, wire, from } = await atWork({ name: 'hostileStrings' })
    await putState(site, site.agent, 'READY')
    const event = await wire.frame('READY', from)
    expect(event).not.toContain('<script>')
    expect((await rest(site, 'Team/5013?includeLoggedOutAgents=true', { as: site.agent })).body).toContain(
      '&lt;script&gt;',
    )
  })
})

describe('names', () => {
  test.each([
    ['slow:500@B', { name: 'slow', ms: 500, node: 'B' }],
    ['refuseUpgrade:503', { name: 'refuseUpgrade', status: 503 }],
    ['mechanisms:SCRAM-SHA-1,EXTERNAL', { name: 'mechanisms', offered: ['SCRAM-SHA-1', 'EXTERNAL'] }],
    ['conflict', { name: 'conflict' }],
  ])('%s', (text, fault) => {
    expect(faultFromText(text)).toEqual({ ok: true, value: fault })
  })

  test.each(['', 'nope', 'slow:soon', 'slow:5@C', 'conflict:5', '__proto__'])('%j is refused', (text) => {
    expect(faultFromText(text).ok).toBe(false)
  })

  test.each([[null], [{}], [{ name: 'slow', ms: 'x' }], [{ name: 'slow', extra: 1 }]])(
    '%j is refused',
    (value) => {
      expect(faultFromJson(value).ok).toBe(false)
    },
  )
})

test('docs/simulator.md names every fault as the table does, and every command', () => {
  const page = readFileSync('docs/simulator.md', 'utf8')
  for (const name of FAULT_NAMES) {
    expect(page).toContain(`\`${name}\``)
    expect(page).toContain(FAULTS[name].text)
  }
  for (const name of Object.keys(COMMANDS)) expect(page).toContain(`\`${name}\``)
})
