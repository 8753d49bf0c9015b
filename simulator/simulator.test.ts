import { fork, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { parseArguments } from './arguments'
import { skippingClock } from './clock'
import { runCommand } from './commands'
import { serveControl } from './controlServer'
import { createSimulator } from './index'
import { online, rest, run, signIn, type Running } from './testing'

let running: Running | null = null

afterEach(async () => {
  await running?.stop()
  running = null
})

describe('nodes', () => {
  test('a killed node is gone, the other lives; it comes back on its port', async () => {
    running = await run()
    const { control } = running.simulator
    const wire = await online(running, running.agent)
    await control.killNode('A')
    expect(await wire.closed()).toBe(1006)
    await expect(rest(running, 'SystemInfo')).rejects.toThrow()
    expect((await rest(running, 'SystemInfo', {}, running.other)).status).toBe(200)
    await control.startNode('A')
    expect((await rest(running, 'SystemInfo')).status).toBe(200)
    await online(running, running.agent)
  })

  test('waiting for requests and for subscribers', async () => {
    running = await run()
    const { control } = running.simulator
    const seen = control.waitForRequest({ method: 'PUT', body: 'LOGIN' })
    const there = control.waitForSubscriber(`/finesse/api/User/${running.agent.id}`)
    await signIn(running, running.agent)
    await online(running, running.agent)
    expect(await seen).toMatchObject({ status: 202, authorized: true, node: 'A' })
    expect(await there).toMatchObject({ agentId: running.agent.id, available: true })
  })
})

describe('proxied', () => {
  test('nodes and SystemInfo name the proxies; a dead node behind one is refused and comes back', async () => {
    running = await run({ proxied: true })
    const { control } = running.simulator
    const info = (await rest(running, 'SystemInfo')).body
    expect(info).toContain(`<httpsPort>${String(running.node.port)}</httpsPort>`)
    expect(info).toContain(`<httpsPort>${String(running.other.port)}</httpsPort>`)
    expect(control.proxyOf('A')).toMatchObject({ port: running.node.port })
    const wire = await online(running, running.agent)
    expect(control.proxyOf('A').connections()).toBe(1)
    await control.killNode('A')
    expect(await wire.closed()).toBe(1006)
    await expect(rest(running, 'SystemInfo')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect((await rest(running, 'SystemInfo', {}, running.other)).status).toBe(200)
    await control.startNode('A')
    await online(running, running.agent)
  })

  test('a script acts on the living; a node that dies in the dark is not noticed', async () => {
    running = await run({ proxied: true })
    const { control } = running.simulator
    const wire = await online(running, running.agent)
    const from = wire.frames.length
    await control.proxy('A', 'blackhole')
    wire.send('<iq xmlns="jabber:client" type="get" id="p1"><ping xmlns="urn:xmpp:ping"/></iq>')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([wire.frames.length, wire.closeCode]).toEqual([from, null])
    await control.killNode('A')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(wire.closeCode).toBe(null)
    await control.proxy('A', 'pass')
    expect(await wire.closed()).toBe(1006)
    await expect(rest(running, 'SystemInfo')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('commands', async () => {
    running = await run({ proxied: true })
    const { control } = running.simulator
    const mode = { kind: 'cutAfter', bytes: 10, once: true }
    expect(await runCommand(control, 'setProxy', { node: 'B', mode })).toMatchObject({ ok: true, mode })
    expect(await runCommand(control, 'proxyFacts', { node: 'A' })).toMatchObject({ ok: true, accepted: 0 })
    expect(await runCommand(control, 'setProxy', { node: 'B', mode: 'delay' })).toMatchObject({ ok: false })
  })
})

describe('life', () => {
  test('colleagues move, a signed-in agent who is ready gets calls', async () => {
    running = await run({ life: true, timeScale: 400 })
    const { control } = running.simulator
    const states = () =>
      control
        .state()
        .agents.map(({ state }) => state)
        .join()
    const before = states()
    const wire = await online(running, running.agent)
    await signIn(running, running.agent)
    control.setAgentState(running.agent.id, 'READY')
    await wire.frame('&lt;event&gt;POST', 0, 5000)
    expect(states()).not.toBe(before)
  })

  test('the same seed tells the same story', () => {
    const story = () =>
      createSimulator({ agents: 40 })
        .control.state()
        .agents.map(({ state }) => state)
    expect(story()).toEqual(story())
  })
})

describe('storm', () => {
  test('1,000 updates a second in a team of 10,000 reach a subscriber', async () => {
    running = await run({ agents: 10_000 })
    const { control } = running.simulator
    control.keepXmppLog(false)
    const wire = await online(running, running.agent)
    const path = `/finesse/api/Team/${running.agent.teamId}/Users`
    wire.send(
      `<iq xmlns="jabber:client" type="set" id="s1" to="${running.node.pubsubDomain}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="${path}" jid="1001@fin-a.localhost/test"/></pubsub></iq>`,
    )
    await wire.frame('subscribed')
    const from = wire.frames.length
    const report = await control.storm({ updatesPerSecond: 1000, seconds: 1 })
    expect(report.updates).toBe(1000)
    expect(report.elapsedMs).toBeLessThan(1500)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(wire.frames.length - from).toBe(1000)
  })
})

describe('storm with calls', () => {
  test('every call runs through its steps and reaches its agent; the agent is free afterwards', async () => {
    const clock = skippingClock()
    running = await run({ clock, agents: 30, eventDelayMs: [0, 0] })
    const { control } = running.simulator
    const wire = await online(running, running.agent)
    await signIn(running, running.agent)
    await clock.skip(10)
    const from = wire.frames.length
    const storming = control.storm({ updatesPerSecond: 300, seconds: 100, calls: 20 })
    await clock.skip(101_000)
    expect(await storming).toMatchObject({ updates: 30_000, calls: 20 })
    await clock.skip(1000)
    const seen = (part: string) => wire.frames.slice(from).filter((one) => one.includes(part)).length
    expect([seen('&lt;event&gt;POST'), seen('&lt;event&gt;DELETE'), seen('&lt;state&gt;HELD')]).toEqual([
      20, 20, 20,
    ])
    expect(control.truth(running.agent.id, 'A')).toMatchObject({ me: { state: 'READY' }, calls: [] })
    expect(control.xmppLog().length).toBeLessThanOrEqual(5_000)
  })

  test('ends with the simulator', async () => {
    const site = await run()
    const storming = site.simulator.control.storm({ updatesPerSecond: 10, seconds: 3600 })
    await site.stop()
    expect((await storming).updates).toBeLessThan(100)
  })
})

describe('control over HTTP', () => {
  test('acts, lists, and refuses pages', async () => {
    running = await run()
    const server = await serveControl(running.simulator.control)
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      fetch(server.url, { method: 'POST', body: JSON.stringify(body), headers })
    const json = async (response: Response): Promise<unknown> => response.json()
    await signIn(running, running.agent)
    await post({
      command: 'setAgentState',
      arguments: { agentId: running.agent.id, state: 'NOT_READY', reason: 'Lunch' },
    })
    expect(running.simulator.control.agent(running.agent.id).reason?.label).toBe('Lunch')
    const ring = { command: 'ringAgent', arguments: { agentId: running.agent.id } }
    expect(await json(await post(ring))).toMatchObject({ ok: false })
    await post({ command: 'setAgentState', arguments: { agentId: running.agent.id, state: 'READY' } })
    expect(await json(await post(ring))).toMatchObject({
      ok: true,
      dialogId: expect.stringMatching(/^\d+$/) as string,
    })
    expect(await json(await post({ command: 'setFault', arguments: { name: 'slow', ms: 5 } }))).toMatchObject(
      {
        ok: true,
        faults: [{ name: 'slow', ms: 5 }],
      },
    )
    expect(await json(await post({ command: 'toString' }))).toMatchObject({ ok: false })
    expect(await json(await fetch(server.url))).toMatchObject({
      ok: true,
      commands: { state: 'the whole truth' },
    })
    expect((await post(ring, { Origin: 'https://evil.example' })).status).toBe(403)
    await server.stop()
  })
})

describe('command line', () => {
  test.each([
    [['--agents', '0'], '--agents takes a whole number from 1 to 10000, not "0".'],
    [['--deployment', 'PCCE'], '--deployment takes UCCE or UCCX, not "PCCE".'],
    [['--fault', 'nope'], '--fault: there is no fault "nope". docs/simulator.md lists them.'],
    [['--frob'], "Unknown option '--frob'"],
    [['--agents'], "Option '--agents <value>' argument missing"],
    [['frob', '1'], "Unexpected argument 'frob'. This command does not take positional arguments"],
  ])('%j: %s', (args, problem) => {
    expect(parseArguments(args)).toEqual({ ok: false, problem })
  })

  test('prints one line and cleans up behind itself', async () => {
    const args = ['--json', '--agents=2', '--fault', 'slow:1@B']
    const child = spawn(
      process.execPath,
      ['node_modules/jiti/lib/jiti-cli.mjs', 'simulator/cli.ts', ...args],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let out = ''
    const line = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString('utf8')
        if (out.includes('\n')) resolve()
      })
    })
    await line
    const info = JSON.parse(out) as {
      ca: string
      control: string
      nodes: unknown[]
      agents: { teamId: string }[]
    }
    expect(info.nodes).toHaveLength(2)
    expect(info.agents.filter(({ teamId }) => teamId === '5013')).toHaveLength(2)
    expect(readFileSync(info.ca, 'utf8')).toContain('BEGIN CERTIFICATE')
    expect((await fetch(info.control)).status).toBe(200)
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(existsSync(info.ca)).toBe(false)
    expect(out.trim().split('\n')).toHaveLength(1)
  })
})

test('embedded: ready, answers control, stops', async () => {
  const child = fork('node_modules/jiti/lib/jiti-cli.mjs', ['simulator/embedded.ts', '--life', 'off'])
  const message = (type: string) =>
    new Promise<Readonly<Record<string, unknown>>>((resolve) => {
      child.on('message', (one: Readonly<Record<string, unknown>>) => {
        if (one['type'] === type) resolve(one)
      })
    })
  expect(await message('ready')).toMatchObject({ info: { nodes: [{ name: 'A' }, { name: 'B' }] } })
  child.send({ type: 'control', id: 7, command: 'sessions' })
  expect(await message('answer')).toMatchObject({ id: 7, answer: { ok: true, sessions: [] } })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.send({ type: 'stop' })
  expect(await ended).toBe(0)
})
