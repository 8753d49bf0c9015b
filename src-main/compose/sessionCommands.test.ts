import { expect, it } from 'vitest'
import { NO_INSPECTION } from '../../src-contract/inspector'
import { createRedactor } from '../platform/redact'
import { createTrustBook } from '../platform/trustBook'
import { createHeldPasswords } from '../platform/vault'
import { SECRET } from '../session/testing/bench'
import { online } from '../session/testing/scenes'
import { defaultSettings } from '../settings/schema'
import { createSettingsStore } from '../settings/store'
import { guardSessionCommands } from './sessionCommands'
import { settingsSlice } from './settingsCommand'
import { createShellState } from './shellState'
import { rememberedForm } from './signInForm'

async function guarded() {
  const bench = await online()
  const redactor = createRedactor()
  const stored = defaultSettings('sidetone-0000')
  const authorities: (string | null)[] = []
  const shell = createShellState({
    app: { name: '', version: '', electron: '', chrome: '', platform: '', packaged: false, tray: true },
    settings: settingsSlice(stored, []),
    signIn: rememberedForm(stored),
    prompt: null,
    inspector: NO_INSPECTION,
  })
  const commands = guardSessionCommands(bench.commands, {
    redactor,
    trust: { ...createTrustBook(() => []), useCaFile: (pem) => void authorities.push(pem) },
    held: createHeldPasswords(redactor),
    settings: createSettingsStore({
      initial: stored,
      write: () => Promise.resolve(),
      onWriteFailed: () => undefined,
    }),
    shell,
    simulator: {
      start: () => Promise.resolve({ ok: true, value: null }),
      serves: () => false,
      exited: () => undefined,
      stop: () => undefined,
    },
    maySignIn: () => bench.session().phase === 'signedOut' || bench.session().phase === 'blocked',
    resume: () => bench.runtime.dispatch({ type: 'resumeRequested' }),
  })
  const signIn = () =>
    commands['session.signIn']({
      server: 'fin-a.example.com',
      loginId: '1071',
      password: SECRET,
      extension: '1001071',
      mode: 'replace',
      caFile: null,
    })
  return { bench, redactor, commands, authorities, shell, signIn }
}

it('leaves the authorities of a living session alone', async () => {
  const { signIn, authorities } = await guarded()
  expect(await signIn()).toMatchObject({ ok: false, error: { code: 'busy' } })
  expect(authorities).toEqual([])
})

it('tells the redactor of every password, and keeps none', async () => {
  const { bench, signIn, authorities, redactor, shell } = await guarded()
  bench.end({ kind: 'conflict' })
  expect(await signIn()).toMatchObject({ ok: true })
  expect(authorities).toEqual([null])
  expect(redactor.redact(`x${SECRET}x`)).not.toContain(SECRET)
  expect(JSON.stringify(shell.get())).not.toContain(SECRET)
})

it('accepts only a certificate that a server has just shown', async () => {
  const { commands } = await guarded()
  const answer = await commands['trust.accept']({
    host: 'fin-a.example.com',
    port: 8445,
    fingerprint256: 'AA',
  })
  expect(answer).toMatchObject({ ok: false, error: { code: 'certificateChanged' } })
})
