import { afterEach, describe, expect, test } from 'vitest'
import { skippingClock, type SkippingClock } from './clock'
import type { SimulatorOptions } from './options'
import { online, putState, rest, run, signIn, type Running, type Wire } from './testing'

const MINUTE = 60_000
let running: Running | null = null
let clock: SkippingClock

afterEach(async () => {
  await running?.stop()
  running = null
})

interface Scene {
  readonly site: Running
  readonly wire: Wire
  readonly state: () => string
  readonly skip: (ms: number) => Promise<void>
}

const reasonOf = (site: Running, agentId = site.agent.id) => {
  const { state, reason } = site.simulator.control.agent(agentId)
  return reason === null ? state : `${state} ${String(reason.code)}`
}

async function atWork(options: SimulatorOptions = {}): Promise<Scene> {
  clock = skippingClock()
  const site = await run({ clock, eventDelayMs: [0, 0], ...options })
  running = site
  await signIn(site, site.agent)
  await putState(site, site.agent, 'NOT_READY', '<reasonCodeId>49</reasonCodeId>')
  const wire = await online(site, site.agent)
  return { site, wire, state: () => reasonOf(site), skip: (ms) => clock.skip(ms) }
}

const gone = async (wire: Wire) => {
  wire.socket.terminate()
  await wire.closed()
  await clock.skip(1)
}

describe('13.1: when a client vanishes', () => {
  test('closed TCP: 60 s, announced to nobody but in the books', async () => {
    const { site, wire, state, skip } = await atWork()
    await gone(wire)
    const [due] = site.simulator.control.forcedLogouts()
    expect(due).toMatchObject({ node: 'A', agentId: site.agent.id })
    expect(Math.abs((due?.due ?? 0) - clock.now() - MINUTE)).toBeLessThan(2000)
    await skip(58_000)
    expect(state()).toBe('NOT_READY 27')
    await skip(2_000)
    expect(state()).toBe('NOT_READY 50002')
    expect(site.simulator.control.forcedLogouts()).toEqual([])
  })

  test('presence unavailable counts as gone although the stream stays', async () => {
    const { wire, state, skip } = await atWork()
    wire.send('<presence xmlns="jabber:client" type="unavailable"/>')
    await skip(61_000)
    expect(state()).toBe('NOT_READY 50002')
  })

  test('a dead network: 120 s without a word, then 60 s', async () => {
    const { wire, state, skip } = await atWork()
    await skip(119_000)
    expect(wire.closeCode).toBe(null)
    await skip(1_000)
    expect(wire.closeCode).toBe(1006)
    await skip(58_000)
    expect(state()).toBe('NOT_READY 27')
    await skip(3_000)
    expect(state()).toBe('NOT_READY 50002')
  })

  test('a ping every 20 s keeps it alive', async () => {
    const { wire, state, skip } = await atWork()
    for (let ping = 0; ping < 12; ping += 1) {
      wire.send(
        `<iq xmlns="jabber:client" type="get" id="p${String(ping)}"><ping xmlns="urn:xmpp:ping"/></iq>`,
      )
      await skip(20_000)
    }
    expect([wire.closeCode, state()]).toEqual([null, 'NOT_READY 27'])
  })

  test('back on the same node within the minute: nothing happens', async () => {
    const { site, wire, state, skip } = await atWork()
    await gone(wire)
    await skip(50_000)
    await online(site, site.agent, { resource: 'again' })
    expect(site.simulator.control.forcedLogouts()).toEqual([])
    await skip(30_000)
    expect(state()).toBe('NOT_READY 27')
  })

  test('back on the other node: the node that was left does it all the same, unless told not to', async () => {
    const { site, wire, state, skip } = await atWork()
    await gone(wire)
    await online(site, site.agent, { node: site.other })
    await skip(61_000)
    expect(state()).toBe('NOT_READY 50002')
  })

  test('noLateLogout', async () => {
    const { site, wire, state, skip } = await atWork({ faults: [{ name: 'noLateLogout' }] })
    await gone(wire)
    await online(site, site.agent, { node: site.other })
    await skip(61_000)
    expect(state()).toBe('NOT_READY 27')
  })

  test.each([
    ['UCCE', false, 'TALKING', 'NOT_READY 50002'],
    ['UCCE', true, 'LOGOUT 255', 'LOGOUT 255'],
    ['UCCX', false, 'TALKING', 'LOGOUT 255'],
  ] as const)(
    'on a call, %s, LOAD %s: during it %s, after it %s',
    async (deployment, load, during, after) => {
      const { site, wire, state, skip } = await atWork({
        deployment,
        rules: { logoutOnDisconnect: load, ringMs: 600_000 },
      })
      const { control } = site.simulator
      control.setAgentState(site.agent.id, 'READY')
      control.ringAgent(site.agent.id)
      control.answer(site.agent.id)
      await gone(wire)
      await skip(61_000)
      expect(state()).toBe(during)
      control.customerHangsUp(site.agent.id)
      expect(state()).toBe(after)
    },
  )
})

describe('13.5: when the server dies', () => {
  test('UCCE: Not Ready gets the reason, Ready stays; its timers die with the node', async () => {
    const { site, state, skip } = await atWork()
    const { control } = site.simulator
    await control.killNode('A')
    expect(state()).toBe('NOT_READY 50002')
    control.setAgentState(site.agent.id, 'READY')
    await control.startNode('A')
    await online(site, site.agent, { resource: 'two' })
    await control.killNode('A')
    expect([state(), control.forcedLogouts()]).toEqual(['READY', []])
    await skip(4 * MINUTE)
    expect(state()).toBe('READY')
  })

  test('an agent who lives on the other node already feels nothing', async () => {
    const { site, state } = await atWork()
    await online(site, site.agent, { node: site.other })
    await site.simulator.control.killNode('A')
    expect(state()).toBe('NOT_READY 27')
  })

  test('UCCX: signed out, after the call if there is one; the next sign-in says Relogon, the one after does not', async () => {
    const { site, state } = await atWork({ deployment: 'UCCX' })
    const { control } = site.simulator
    control.setAgentState(site.agent.id, 'READY')
    control.ringAgent(site.agent.id)
    control.answer(site.agent.id)
    await control.killNode('A')
    expect(state()).toBe('TALKING')
    control.customerHangsUp(site.agent.id)
    expect(state()).toBe('LOGOUT 255')
    await control.startNode('A')
    await signIn(site, site.agent)
    expect(state()).toBe('NOT_READY 32767')
    control.setAgentState(site.agent.id, 'LOGOUT')
    await signIn(site, site.agent)
    expect(state()).toBe('NOT_READY')
  })
})

describe('the phone system behind both nodes is lost', () => {
  test('out of service with 503 and no events, calls go on, then the last states once more', async () => {
    const { site, wire, state, skip } = await atWork({ rules: { ringMs: 600_000 } })
    const { control } = site.simulator
    control.setAgentState(site.agent.id, 'READY')
    control.ringAgent(site.agent.id)
    control.answer(site.agent.id)
    await skip(10)
    const from = wire.frames.length
    const over = control.ctiFailover({ seconds: 60 })
    await wire.frame('&lt;status&gt;OUT_OF_SERVICE', from)
    expect((await rest(site, 'SystemInfo')).body).toContain('CTIHeartbeatStatus>failure')
    expect((await rest(site, `User/${site.agent.id}`, { as: site.agent }, site.other)).status).toBe(503)
    control.act(site.agent.id, 'HOLD')
    await skip(59_000)
    expect(wire.frames.slice(from).filter((one) => one.includes('<message'))).toHaveLength(1)
    await skip(2_000)
    await over
    await wire.frame('&lt;status&gt;IN_SERVICE', from)
    await wire.frame('&lt;state&gt;HOLD', from)
    await wire.frame('&lt;state&gt;HELD', from)
    expect([state(), wire.closeCode]).toEqual(['HOLD', null])
    expect((await rest(site, `User/${site.agent.id}`, { as: site.agent })).status).toBe(200)
  })

  test('UCCX: colleagues are back by themselves with Relogon, the one behind a client is not', async () => {
    const { site, state, skip } = await atWork({ deployment: 'UCCX' })
    const { control } = site.simulator
    const colleague = site.info.agents[3]?.id ?? ''
    expect(control.agent(colleague).state).toBe('READY')
    void control.ctiFailover({ seconds: 5 })
    await skip(6_000)
    expect([state(), reasonOf(site, colleague)]).toEqual(['LOGOUT 255', 'NOT_READY 32767'])
  })
})

test('truth: what a client of that node must show, on its clock', async () => {
  const { site } = await atWork({ agents: 4, rules: { ringMs: 600_000 } })
  const { control } = site.simulator
  control.setClockOffset(5_000, 'B')
  control.setAgentState(site.agent.id, 'READY')
  const id = control.ringAgent(site.agent.id, { from: '+441', queue: 'Support' })
  control.answer(site.agent.id)
  const here = control.truth(site.agent.id, 'A')
  expect(here).toMatchObject({
    me: { id: site.agent.id, state: 'TALKING', reason: null, pendingState: '' },
    calls: [{ id, state: 'ACTIVE', participants: [{ address: '+441', own: false }, { own: true }] }],
    availableOn: ['A'],
  })
  expect(here.team?.members.map((one) => [one.id, one.state])).toEqual([
    ['1001', 'TALKING'],
    ['1002', 'LOGOUT'],
    ['1003', 'LOGOUT'],
    ['1004', 'READY'],
  ])
  const there = control.truth(site.agent.id, 'B')
  expect((there.me.stateChangeTime ?? 0) - (here.me.stateChangeTime ?? 0)).toBe(5_000)
  const body = (await rest(site, `User/${site.agent.id}`, { as: site.agent }, site.other)).body
  expect(body).toContain(new Date(there.me.stateChangeTime ?? 0).toISOString())
})
