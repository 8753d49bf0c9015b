import { expect, it } from 'vitest'
import { NO_INSPECTION } from '../../src-contract/inspector'
import type { SignInForm } from '../../src-contract/state'
import { createRedactor } from '../platform/redact'
import type { SimulatorInfo } from '../platform/simulatorProcess'
import { createTrustBook } from '../platform/trustBook'
import { createHeldPasswords } from '../platform/vault'
import { createShellState } from './shellState'
import { createEmbeddedSimulator } from './simulator'

const form: SignInForm = {
  server: '',
  loginId: '',
  extension: '',
  mode: 'beside',
  caFile: '/ca.pem',
  passwordHeld: false,
  simulator: 'off',
  simulatorAgents: [],
}
const info: SimulatorInfo = {
  nodes: [
    { name: 'A', host: 'localhost', port: 4001 },
    { name: 'B', host: 'localhost', port: 4002 },
  ],
  ca: '',
  agents: [
    {
      id: '1001',
      password: 'pw-one',
      extension: '2001',
      firstName: 'Ada',
      lastName: 'Nord',
      roles: ['Agent'],
    },
    {
      id: '1100',
      password: 'pw-two',
      extension: '2100',
      firstName: 'Sam',
      lastName: 'Okoro',
      roles: ['Supervisor'],
    },
  ],
}

const start = (result: 'ok' | 'fails') => ({
  start: () =>
    Promise.resolve(
      result === 'ok' ? { ok: true as const, value: info } : { ok: false as const, error: 'exit 1' },
    ),
  stop: () => undefined,
})

const compose = (result: 'ok' | 'fails') => {
  const shell = createShellState({
    app: {
      name: 'Sidetone',
      version: '0',
      electron: '',
      chrome: '',
      platform: 'linux',
      packaged: false,
      tray: true,
    },
    settings: {
      theme: 'system',
      locale: 'system',
      effectiveLocale: 'en',
      notifications: true,
      signInAfterFailover: true,
      restoreReady: false,
    },
    signIn: form,
    prompt: null,
    inspector: NO_INSPECTION,
  })
  const held = createHeldPasswords(createRedactor())
  const trust = createTrustBook(() => [])
  const simulator = createEmbeddedSimulator({ process: () => start(result), shell, held, trust })
  return { shell, held, simulator }
}

it('fills in its first agent and holds the passwords of all, on both nodes', async () => {
  const { shell, held, simulator } = compose('ok')
  expect(await simulator.start()).toEqual({ ok: true, value: null })
  expect(shell.get().signIn).toEqual({
    server: 'localhost:4001',
    loginId: '1001',
    extension: '2001',
    mode: 'replace',
    caFile: null,
    passwordHeld: true,
    simulator: 'running',
    simulatorAgents: [
      { id: '1001', name: 'Ada Nord', extension: '2001', supervisor: false },
      { id: '1100', name: 'Sam Okoro', extension: '2100', supervisor: true },
    ],
  })
  expect(held.find('localhost:4002', '1100')).toBe('pw-two')
  expect(JSON.stringify(shell.get())).not.toContain('pw-')
  expect(simulator.serves('localhost:4002')).toBe(true)
  expect(simulator.serves('finesse.example.com')).toBe(false)
})

it('says so when it does not start, and leaves the form alone', async () => {
  const { shell, simulator } = compose('fails')
  expect(await simulator.start()).toMatchObject({ ok: false, error: { code: 'simulatorFailed' } })
  expect(shell.get().signIn).toEqual({ ...form, simulator: 'failed' })
})

it('forgets its passwords when it ends', async () => {
  const { shell, held, simulator } = compose('ok')
  await simulator.start()
  simulator.exited()
  expect(held.find('localhost:4001', '1001')).toBeNull()
  expect(shell.get().signIn).toMatchObject({ simulator: 'failed', passwordHeld: false, simulatorAgents: [] })
})
