import { expect, test } from 'vitest'
import type { Settings, SignInForm } from '../../src-contract/state'
import { settingsReport } from './settingsReport'

const SETTINGS: Settings = {
  theme: 'dark',
  locale: 'system',
  effectiveLocale: 'nl',
  notifications: true,
  signInAfterFailover: true,
  restoreReady: false,
}
const FORM: SignInForm = {
  server: 'fin-a.example.com',
  loginId: '1001',
  extension: '2001',
  mode: 'replace',
  caFile: null,
  passwordHeld: false,
  simulator: 'off',
  simulatorAgents: [],
}
const PIN = { host: 'fin-a.example.com', port: 8445, fingerprint256: 'AB', pem: 'PEM' }

const reported = (packaged: boolean, simulatorAtStart: boolean, pins = [PIN]) => {
  const stored = { besideResource: 'sidetone-7f3a', pins }
  const report = settingsReport(SETTINGS, FORM, stored, { simulatorAtStart }, packaged)
  return Object.fromEntries(report.map(({ name, value, source }) => [name, `${String(value)} (${source})`]))
}

test('each setting is told as it works, with where that comes from', () => {
  expect(reported(true, false)).toEqual({
    theme: 'dark (file)',
    locale: 'system (default)',
    notifications: 'true (default)',
    signInAfterFailover: 'true (default)',
    restoreReady: 'false (default)',
    'signIn.server': 'fin-a.example.com (file)',
    'signIn.mode': 'replace (default)',
    'signIn.caFile': 'null (default)',
    effectiveLocale: 'nl (default)',
    besideResource: 'sidetone-7f3a (file)',
    pins: 'fin-a.example.com:8445 (file)',
    simulatorAtStart: 'false (default)',
  })
  expect(reported(true, false, []).pins).toBe(' (default)')
})

test('the simulator is asked for on the command line only where it is not usual', () => {
  expect(reported(false, true).simulatorAtStart).toBe('true (default)')
  expect(reported(false, false).simulatorAtStart).toBe('false (commandLine)')
})
