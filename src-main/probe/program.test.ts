import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Running } from '../../simulator/testing'
import { startSimulator } from './testing/probing'

/** As `npm run -s probe` starts it, without npm in between. */
const jiti = join(dirname(createRequire(import.meta.url).resolve('jiti/package.json')), 'lib', 'jiti-cli.mjs')

let site: Running
let folder: string

beforeAll(async () => {
  site = await startSimulator()
  folder = await mkdtemp(join(tmpdir(), 'probe-'))
  await writeFile(join(folder, 'ca.pem'), site.info.ca)
  await writeFile(join(folder, 'password'), site.agent.password, { mode: 0o600 })
})

afterAll(async () => {
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number | null
  readonly lines: readonly string[]
  readonly err: string
}

/** `onLine` may end it with a signal. */
const start = (
  argv: readonly string[],
  onLine: (line: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [jiti, 'scripts/probe.ts', ...argv], { timeout: 15_000 })
    let out = ''
    let err = ''
    let told = 0
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      const lines = out.split('\n').slice(0, -1)
      for (const line of lines.slice(told)) onLine(line, (signal) => void child.kill(signal))
      told = lines.length
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, lines: out.split('\n').slice(0, -1), err }))
  })

const arguments_ = (): readonly string[] => [
  ...['--server', `localhost:${String(site.node.port)}`, '--ca', join(folder, 'ca.pem')],
  ...['--user', site.agent.id, '--password-file', join(folder, 'password'), '--json'],
]

test('live: status 0, each line an object, nothing on the error stream', async () => {
  const { code, lines, err } = await start(arguments_())
  expect([code, err]).toEqual([0, ''])
  expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'))
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ result: 'live' })
})

test('wrong arguments: status 2', async () => {
  const { code, lines } = await start(['--nonsense'])
  expect([code, lines]).toEqual([2, []])
})

test.skipIf(process.platform === 'win32')('SIGINT ends it politely: the result is told', async () => {
  site.simulator.control.setFault({ name: 'silent', scope: 'xmpp', node: 'A' })
  const own = `"server":"localhost:${String(site.node.port)}"`
  const { code, lines } = await start(arguments_(), (line, kill) => {
    if (line.includes('"stage":"upgrade"') && line.includes(own)) kill('SIGINT')
  })
  site.simulator.control.clearFault()
  expect(code).toBe(1)
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ result: 'failed', failedAt: 'open' })
  await vi.waitFor(() => expect(site.simulator.control.sessions()).toEqual([]), 2_000)
})
