import { afterEach, describe, expect, test, vi } from 'vitest'
import { online, signIn, type Running } from '../../simulator/testing'
import type { Fault, SimulatorOptions } from '../../simulator/index'
import type { CauseId } from '../../src-contract/causes/ids'
import { probe, quickClock, startSimulator, targetOf } from './testing/probing'
import type { CheckStage } from './types'

let running: Running | null = null

const start = async (options: SimulatorOptions = {}): Promise<Running> => {
  running = await startSimulator(options)
  return running
}

afterEach(async () => {
  await running?.stop()
  running = null
})

const STAGES = [
  'dns',
  'tcp',
  'tls',
  'systemInfo',
  'clock',
  'upgrade',
  'open',
  'auth',
  'bind',
  'presence',
  'subscribeUser',
  'subscribeTeam',
  'live',
]

const stateOf = ({ simulator, agent }: Running): string | undefined =>
  simulator.control.state().agents.find(({ id }) => id === agent.id)?.state

describe('with an account', () => {
  test('every stage works, and nothing is left behind', async () => {
    const site = await start()
    const { result, failedAt, cause, missing, lines, checks } = await probe(targetOf(site), site.info.ca)
    expect({ result, failedAt, cause, missing }).toEqual({
      result: 'live',
      failedAt: null,
      cause: null,
      missing: [],
    })
    expect(lines).toEqual(STAGES.map((stage) => `${stage} ok`))
    expect(checks.find(({ stage }) => stage === 'tls')?.chain.map(({ subject }) => subject)).toEqual([
      'CN=fin-a.localhost',
      'CN=Simulator throw-away CA',
    ])
    expect(checks.find(({ stage }) => stage === 'bind')?.facts['jid']).toBe(
      `${site.agent.id}@fin-a.localhost/sidetone-check-0000`,
    )
    const { control } = site.simulator
    expect(stateOf(site)).toBe('LOGOUT')
    await vi.waitFor(() => expect(control.sessions()).toEqual([]), 2_000)
    expect(control.subscriptions().filter(({ jid }) => jid.includes('sidetone-check'))).toEqual([])
  })

  test('the second node is asked for everything that needs no password', async () => {
    const site = await start()
    const { checks } = await probe(targetOf(site), site.info.ca)
    const there = `${site.other.host}:${String(site.other.port)}`
    expect(
      checks.filter(({ server }) => server === there).map(({ stage, status }) => `${stage} ${status}`),
    ).toEqual(['dns', 'tcp', 'tls', 'systemInfo', 'clock', 'upgrade', 'open'].map((stage) => `${stage} ok`))
  })

  test.each(['A', 'B'] as const)(
    '13.1: an agent who works on node %s is not signed out by our good-bye',
    async (name) => {
      const site = await start()
      await online(site, site.agent, { node: name === 'A' ? site.node : site.other, resource: 'desktop' })
      await signIn(site, site.agent)
      const { result, lines } = await probe(targetOf(site), site.info.ca)
      expect(result).toBe('live')
      expect(lines).toContain('presence skipped')
      const { control } = site.simulator
      expect(control.forcedLogouts()).toEqual([])
      const own = `${site.agent.id}@fin-${name.toLowerCase()}.localhost/desktop`
      await vi.waitFor(() => expect(control.sessions().map(({ jid }) => jid)).toEqual([own]), 2_000)
      expect(stateOf(site)).toBe('NOT_READY')
    },
  )

  test('a refused password costs one strike of five, not two', async () => {
    const site = await start()
    const wrong = targetOf(site, { account: { loginId: site.agent.id, password: 'wrong' } })
    for (let tries = 0; tries < 4; tries += 1) {
      const refused = await probe(wrong, site.info.ca)
      expect([refused.failedAt, refused.cause?.id]).toEqual(['auth', 'auth.wrongPassword'])
      expect(refused.lines.slice(-2)).toEqual(['open ok', 'auth failed'])
    }
    expect((await probe(targetOf(site), site.info.ca)).result).toBe('live')
  })

  test('a node that is named and refused is a failure', async () => {
    const site = await start()
    const nodes = [`/finesse/api/User/${site.agent.id}`, '/finesse/api/Team/no-such-team/Users']
    const { result, failedAt, lines } = await probe(targetOf(site, { nodes }), site.info.ca)
    expect([result, failedAt]).toEqual(['failed', 'subscribeTeam'])
    expect(lines.slice(-3)).toEqual(['subscribeUser ok', 'subscribeTeam failed', 'live ok'])
  })
})

interface Case {
  readonly fault: Fault
  readonly failedAt: CheckStage
  readonly cause: CauseId
}

const CASES: readonly Case[] = [
  { fault: { name: 'outOfService', node: 'A' }, failedAt: 'systemInfo', cause: 'rest.outOfService' },
  { fault: { name: 'ctiHeartbeatFailure', node: 'A' }, failedAt: 'systemInfo', cause: 'rest.ctiDown' },
  {
    fault: { name: 'restStatus', status: 500, body: 'html', path: 'SystemInfo', node: 'A' },
    failedAt: 'systemInfo',
    cause: 'rest.serverError',
  },
  {
    fault: { name: 'refuseUpgrade', status: 503, node: 'A' },
    failedAt: 'upgrade',
    cause: 'upgrade.unavailable',
  },
  {
    fault: { name: 'refuseUpgrade', status: 404, node: 'A' },
    failedAt: 'upgrade',
    cause: 'upgrade.notFound',
  },
  { fault: { name: 'wrongSubprotocol', node: 'A' }, failedAt: 'upgrade', cause: 'upgrade.noSubprotocol' },
  { fault: { name: 'upgradeUnanswered', node: 'A' }, failedAt: 'upgrade', cause: 'upgrade.timeout' },
  { fault: { name: 'silent', scope: 'xmpp', node: 'A' }, failedAt: 'open', cause: 'open.timeout' },
  { fault: { name: 'mechanisms', node: 'A' }, failedAt: 'auth', cause: 'auth.noPlain' },
  { fault: { name: 'rejectAuth', node: 'A' }, failedAt: 'auth', cause: 'auth.wrongPassword' },
  { fault: { name: 'bindRefused', node: 'A' }, failedAt: 'bind', cause: 'bind.refused' },
  { fault: { name: 'bindUnanswered', node: 'A' }, failedAt: 'bind', cause: 'bind.timeout' },
  { fault: { name: 'noPingReply', node: 'A' }, failedAt: 'live', cause: 'live.pingTimeout' },
]

test('the password, should somebody choose one that stands in a fact, is not shown', async () => {
  const site = await start()
  const account = { loginId: site.agent.id, password: 'localhost' }
  const { checks } = await probe(targetOf(site, { account }), site.info.ca)
  expect(JSON.stringify(checks.map(({ facts, problem, cause }) => [facts, problem, cause]))).not.toContain(
    'localhost',
  )
})

describe('a fault ends it at its stage, with its cause', () => {
  test.each(CASES)('$fault.name: $failedAt, $cause', async ({ fault, failedAt, cause }) => {
    const site = await start()
    site.simulator.control.setFault(fault)
    const outcome = await probe(targetOf(site), site.info.ca, { clock: quickClock })
    expect([outcome.result, outcome.failedAt, outcome.cause?.id]).toEqual(['failed', failedAt, cause])
    expect(outcome.problem).not.toBeNull()
    // The clock is read from the same answer as a bad SystemInfo.
    expect(outcome.lines.filter((line) => line !== 'clock ok').at(-1)).toBe(`${failedAt} failed`)
    expect(stateOf(site)).toBe('LOGOUT')
  })

  test('a certificate nobody vouches for: nothing is sent', async () => {
    const site = await start()
    const { result, failedAt, lines, cause } = await probe(targetOf(site), null)
    expect([result, failedAt, lines.at(-1)]).toEqual(['failed', 'tls', 'tls failed'])
    expect(cause?.id).toMatch(/^tls\./)
    expect(site.simulator.control.sessions()).toEqual([])
  })

  test('nobody listens', async () => {
    const site = await start()
    const node = { host: 'localhost', port: 1 }
    const { failedAt, cause } = await probe(targetOf(site, { node }), site.info.ca)
    expect([failedAt, cause?.id]).toEqual(['tcp', 'tcp.refused'])
  })
})

describe('works with something missing', () => {
  test.each([
    [{ name: 'subscribeForbidden', path: 'Team', node: 'A' }, 'subscribeTeam'],
    [{ name: 'noFinessePresence', node: 'A' }, 'presence'],
    [{ name: 'refuseUpgrade', status: 503, node: 'B' }, 'upgrade'],
    [{ name: 'outOfService', node: 'B' }, 'systemInfo'],
  ] satisfies readonly (readonly [Fault, CheckStage])[])('%o', async (fault, stage) => {
    const site = await start()
    site.simulator.control.setFault(fault)
    const { result, missing } = await probe(targetOf(site), site.info.ca, { clock: quickClock })
    expect(result).toBe('live')
    expect(missing.map((check) => check.stage)).toEqual([stage])
    expect(missing[0]?.cause).not.toBeNull()
  })

  test('the second node is dead', async () => {
    const site = await start()
    await site.simulator.control.killNode('B')
    const { result, missing } = await probe(targetOf(site), site.info.ca)
    expect([result, ...missing.map(({ stage, server }) => `${stage}@${server}`)]).toEqual([
      'live',
      `tcp@localhost:${String(site.other.port)}`,
    ])
  })

  test('the clocks are ten minutes apart', async () => {
    const site = await start()
    site.simulator.control.setClockOffset(600_000)
    const { result, missing } = await probe(targetOf(site), site.info.ca)
    expect([result, ...missing.map(({ stage, cause }) => `${stage} ${cause?.id ?? ''}`)]).toEqual([
      'live',
      'clock clock.drift',
      'clock clock.drift',
    ])
  })
})

describe('without an account', () => {
  test('reachable: as far as the greeting, and no password is tried', async () => {
    const site = await start()
    site.simulator.control.setFault({ name: 'rejectAuth' })
    const { result, failedAt, lines } = await probe(targetOf(site, { account: null }), site.info.ca)
    expect([result, failedAt]).toEqual(['reachable', null])
    expect(lines).toEqual([
      ...STAGES.slice(0, 7).map((stage) => `${stage} ok`),
      ...STAGES.slice(7).map((stage) => `${stage} skipped`),
    ])
  })

  test('PLAIN missing shows in the greeting already', async () => {
    const site = await start()
    site.simulator.control.setFault({ name: 'mechanisms', node: 'A' })
    const { result, failedAt, cause } = await probe(targetOf(site, { account: null }), site.info.ca)
    expect([result, failedAt, cause?.id]).toEqual(['failed', 'auth', 'auth.noPlain'])
  })

  test('a reverse proxy that asks for a password before SystemInfo is no fault', async () => {
    const site = await start()
    site.simulator.control.setFault({ name: 'restStatus', status: 401, body: 'html', node: 'A' })
    const { result, missing, lines } = await probe(targetOf(site, { account: null }), site.info.ca)
    expect([result, ...missing.map(({ stage }) => stage)]).toEqual(['reachable', 'systemInfo'])
    expect(lines.slice(-8, -6)).toEqual(['upgrade ok', 'open skipped'])
  })
})

test('broken off, it ends soon and says so', async () => {
  const site = await start()
  site.simulator.control.setFault({ name: 'silent', scope: 'xmpp', node: 'A' })
  const abort = new AbortController()
  const begun = performance.now()
  const ended = probe(targetOf(site), site.info.ca, { signal: abort.signal })
  setTimeout(() => abort.abort(), 400)
  const { result, problem } = await ended
  expect([result, problem?.code]).toEqual(['failed', 'cancelled'])
  expect(performance.now() - begun).toBeLessThan(3_500)
})
