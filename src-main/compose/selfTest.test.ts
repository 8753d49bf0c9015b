import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createSimulator } from '../../simulator'
import { systemClock } from '../platform/clock'
import { createRedactor } from '../platform/redact'
import { createTrustBook } from '../platform/trustBook'
import { createHeldPasswords } from '../platform/vault'
import { removeFolders, temporaryFolder } from '../support/testing/contents'
import { createSelfTestCommands } from './selfTest'

afterEach(removeFolders)

const tests = async () => {
  const simulator = createSimulator({})
  const { ca } = await simulator.start()
  onTestFinished(() => simulator.stop())
  const caFile = join(await temporaryFolder(), 'ca.pem')
  await writeFile(caFile, ca)
  const show = vi.fn()
  const nothing = () => undefined
  const redactor = createRedactor()
  const { commands, stop } = createSelfTestCommands({
    clock: systemClock,
    serverNow: systemClock.now,
    trust: createTrustBook(() => []),
    proxyFor: () => Promise.resolve('DIRECT'),
    redactor,
    held: createHeldPasswords(redactor),
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    show,
  })
  onTestFinished(stop)
  return { commands, caFile, show }
}

test('stopped while the certificate file is read, nothing begins', async () => {
  const { commands, caFile, show } = await tests()
  const started = commands['selfTest.start']({ server: 'localhost:1', caFile, account: null })
  await commands['selfTest.stop']({})
  expect(await started).toEqual({ ok: true, value: null })
  expect(show).not.toHaveBeenCalled()
})

test('of two that are started at once the second counts, however long its file takes', async () => {
  const { commands, caFile, show } = await tests()
  const start = (server: string, file: string | null) =>
    commands['selfTest.start']({ server, caFile: file, account: null })
  await Promise.all([start('localhost:1', caFile), start('localhost:2', null)])
  const servers = show.mock.calls.map(([{ server }]) => server as string)
  expect(new Set(servers)).toEqual(new Set(['localhost:2']))
})

test.skipIf(process.platform === 'win32')('a certificate file without an end is refused', async () => {
  const { commands } = await tests()
  const endless = { server: 'localhost:1', caFile: '/dev/zero', account: null }
  expect(await commands['selfTest.start'](endless)).toMatchObject({ error: { code: 'caFileInvalid' } })
})
