import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { createSimulator } from '../simulator/index'
import { appFolder, electronExecutable, environment } from './support/launch'

interface Ended {
  readonly code: number | null
  readonly lines: readonly string[]
}

/** The app with `--probe`, on a machine without a desktop. */
const probe = (folder: string, argv: readonly string[], stdin = ''): Promise<Ended> => {
  const env: NodeJS.ProcessEnv = { ...environment({ profile: join(folder, 'profile') }), LANG: 'C' }
  delete env['DISPLAY']
  delete env['WAYLAND_DISPLAY']
  const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : []
  const child = spawn(electronExecutable, [...sandbox, appFolder, '--probe', ...argv], {
    env,
    timeout: 20_000,
  })
  child.stdin.end(stdin)
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.resume()
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, lines: out.split('\n').slice(0, -1) }))
  })
}

test('--probe: no display, no window, no lock; lines on the output, the result as exit status', async () => {
  const simulator = createSimulator()
  const { nodes, agents, ca } = await simulator.start()
  const folder = mkdtempSync(join(tmpdir(), 'probe-'))
  try {
    const [node] = nodes
    const [agent] = agents
    if (!node || !agent) throw new Error('the simulator is empty')
    const caFile = join(folder, 'ca.pem')
    writeFileSync(caFile, ca)
    const server = ['--server', `localhost:${String(node.port)}`, '--ca', caFile, '--json']
    const account = ['--user', agent.id, '--password-file', '-']

    const live = await probe(folder, [...server, ...account], agent.password)
    expect(live.code, live.lines.at(-1)).toBe(0)
    expect(live.lines.join('\n')).not.toContain(agent.password)
    expect(JSON.parse(live.lines.at(-1) ?? '')).toMatchObject({ result: 'live' })

    const refused = await probe(folder, [...server, ...account], 'wrong')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.lines.at(-1) ?? '')).toMatchObject({ result: 'failed', failedAt: 'auth' })

    expect(await probe(folder, ['--', '--server'])).toEqual({ code: 2, lines: [] })
  } finally {
    await simulator.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})
