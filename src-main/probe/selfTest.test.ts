import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Running } from '../../simulator/testing'
import type { SelfTest } from '../../src-contract/inspector'
import { createTrust } from '../finesse/transport/trust'
import { systemClock } from '../platform/clock'
import { createSelfTest, type SelfTestService } from './selfTest'
import { quickClock, startSimulator } from './testing/probing'

let site: Running
let service: SelfTestService
let seen: SelfTest[]

const NOW = 1_700_000_000_000

beforeEach(async () => {
  site = await startSimulator()
  service = createSelfTest({
    clock: systemClock,
    serverNow: () => NOW,
    redact: (text) => text,
    trust: (extraCaPem) => createTrust({ extraCaPem, pins: [] }),
    newResource: () => 'sidetone-check-0001',
  })
  seen = []
  service.onChange((state) => seen.push(state))
})

afterEach(async () => {
  service.stop()
  await site.stop()
})

const done = (): Promise<SelfTest> =>
  new Promise((resolve) => {
    const look = (state: SelfTest): void => {
      if (state.status === 'done') resolve(state)
    }
    service.onChange(look)
  })

const start = (changes: { readonly withPassword?: boolean; readonly trusted?: boolean } = {}) => {
  const { agent, node, info } = site
  const account = changes.withPassword === true ? { loginId: agent.id, password: agent.password } : null
  const caPem = changes.trusted === false ? null : info.ca
  return service.start({ server: ` localhost:${String(node.port)} `, account, caPem })
}

describe('self-test', () => {
  test('without a password: ok, running at first, checks as they come', async () => {
    expect(service.state()).toBeNull()
    expect(start()).toEqual({ ok: true, value: null })
    const state = await done()
    expect(state).toMatchObject({
      status: 'done',
      result: 'ok',
      withPassword: false,
      server: `localhost:${String(site.node.port)}`,
      startedAt: NOW,
    })
    expect(seen[0]).toMatchObject({ status: 'running', checks: [], result: null })
    expect(seen.some(({ checks }) => checks.at(-1)?.status === 'running')).toBe(true)
    expect(state.checks.map(({ id }) => id)).toEqual(state.checks.map((_, index) => index))
    expect(service.state()).toBe(state)
  })

  test('with a password: every stage, nobody is signed in, the password is nowhere', async () => {
    start({ withPassword: true })
    const state = await done()
    expect([state.result, state.withPassword]).toEqual(['ok', true])
    expect(state.checks.filter(({ stage }) => stage === 'live')).toMatchObject([{ status: 'ok' }])
    expect(JSON.stringify(seen)).not.toContain(site.agent.password)
    const agents = site.simulator.control.state().agents
    expect(agents.find(({ id }) => id === site.agent.id)?.state).toBe('LOGOUT')
  })

  test('partly: the second node is dead', async () => {
    await site.simulator.control.killNode('B')
    start()
    expect((await done()).result).toBe('partly')
  })

  test('failed: the certificate is not trusted, and is shown', async () => {
    start({ trusted: false })
    const state = await done()
    expect(state.result).toBe('failed')
    expect(state.checks.at(-1)).toMatchObject({ stage: 'tls', status: 'failed' })
    expect(state.checks.at(-1)?.chain[0]?.subject).toBe('CN=fin-a.localhost')
  })

  test('what is no address is refused, and nothing starts', () => {
    const refused = service.start({ server: 'https://x/y', account: null, caPem: null })
    expect(refused).toMatchObject({ ok: false, error: { code: 'serverAddressInvalid' } })
    expect(service.state()).toBeNull()
  })

  test('stopped: done soon, without a result, and no check is left running', async () => {
    site.simulator.control.setFault({ name: 'upgradeUnanswered' })
    start()
    setTimeout(() => service.stop(), 300)
    const state = await done()
    expect(state).toMatchObject({ status: 'done', result: null })
    expect(state.checks.filter(({ status }) => status === 'running' || status === 'waiting')).toEqual([])
  })

  test('started again: the first one is not heard any more', async () => {
    site.simulator.control.setFault({ name: 'silent' })
    start()
    await vi.waitFor(() => expect(site.simulator.control.sessions()).toHaveLength(1), 5_000)
    site.simulator.control.clearFault()
    start()
    const { result, checks } = await done()
    expect(result).toBe('ok')
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([])
    await vi.waitFor(() => expect(site.simulator.control.sessions()).toEqual([]), 2_000)
  })

  test('an exception ends it as failed and goes no further', async () => {
    const crashed = vi.fn()
    service = createSelfTest({
      clock: systemClock,
      serverNow: () => NOW,
      redact: () => {
        throw new RangeError('a bug')
      },
      trust: (extraCaPem) => createTrust({ extraCaPem, pins: [] }),
      newResource: () => 'sidetone-check-0001',
      crashed,
    })
    start()
    expect(await done()).toMatchObject({ status: 'done', result: 'failed' })
    expect(crashed).toHaveBeenCalledExactlyOnceWith(expect.any(RangeError))
  })

  test('takes a minute at most', async () => {
    // Each time limit of the library holds in full, only the minute is over at once.
    service = createSelfTest({
      clock: {
        ...quickClock,
        after: (ms, then) => systemClock.after(ms === 60_000 ? 200 : ms, then),
      },
      serverNow: () => NOW,
      redact: (text) => text,
      trust: (extraCaPem) => createTrust({ extraCaPem, pins: [] }),
      newResource: () => 'sidetone-check-0001',
    })
    site.simulator.control.setFault({ name: 'upgradeUnanswered' })
    const begun = performance.now()
    start()
    expect((await done()).result).toBe('failed')
    expect(performance.now() - begun).toBeLessThan(4_000)
  })
})
