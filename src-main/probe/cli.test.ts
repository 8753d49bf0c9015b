import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Running } from '../../simulator/testing'
import { formsOf } from '../testing/secrets'
import { say, startSimulator } from './testing/probing'

let site: Running
let folder: string
let ca: string

const file = async (name: string, text: string, mode = 0o600): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, text)
  await chmod(path, mode)
  return path
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'))
  site = await startSimulator()
  ca = await file('ca.pem', site.info.ca)
})

afterAll(async () => {
  await site.stop()
  await rm(folder, { recursive: true, force: true })
})

const server = (): readonly string[] => ['--server', `localhost:${String(site.node.port)}`, '--ca', ca]

describe('as JSON', () => {
  test('each line is a stage with ok, ms and detail; the last one is the result', async () => {
    const password = await file('password', `${site.agent.password}\r\nsecond line`)
    const argv = [...server(), '--user', site.agent.id, '--password-file', password, '--json']
    const { code, out, err } = await say(argv)
    expect([code, err]).toEqual([0, []])
    const lines = out.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    expect(lines.at(-1)).toEqual({ result: 'live', failedAt: null, cause: null, missing: [] })
    for (const line of lines.slice(0, -1)) {
      expect(Object.keys(line)).toEqual(['stage', 'ok', 'ms', 'detail'])
      expect(line).toMatchObject({
        stage: expect.any(String) as string,
        ok: true,
        ms: expect.any(Number) as number,
        detail: { server: expect.stringMatching(/^localhost:\d+$/) as string },
      })
    }
    expect(lines.slice(-9, -1).map(({ stage }) => stage)).toEqual([
      'upgrade',
      'open',
      'auth',
      'bind',
      'presence',
      'subscribeUser',
      'subscribeTeam',
      'live',
    ])
  })

  test('without an account: reachable, status 0, the rest is marked', async () => {
    const { code, out } = await say([...server(), '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ result: 'reachable', failedAt: null })
    expect(JSON.parse(out.at(-2) ?? '')).toMatchObject({
      stage: 'live',
      ok: true,
      detail: { skipped: true, why: 'noCredentials' },
    })
  })

  test('failed: status 1, the stage and the cause', async () => {
    const { code, out } = await say(['--server', 'localhost:1', '--json'])
    expect(code).toBe(1)
    expect(out.slice(-2).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      {
        stage: 'tcp',
        ok: false,
        detail: { cause: { id: 'tcp.refused' }, problem: { code: 'connectionRefused' } },
      },
      { result: 'failed', failedAt: 'tcp', cause: 'tcp.refused', missing: [] },
    ])
  })
})

describe('for people', () => {
  test('aligned lines under their server, the result at the end', async () => {
    const { code, out } = await say([...server(), '--user', site.agent.id, '--password-file', '-'], {
      stdin: `${site.agent.password}\n`,
    })
    expect([code, out.at(-1)]).toEqual([0, 'Live: every stage works.'])
    expect(out[0]).toBe(`localhost:${String(site.node.port)}`)
    const checks = out.filter((line) => line.startsWith('  '))
    expect(checks).toHaveLength(20)
    expect(new Set(checks.map((line) => line.indexOf(' ms') > 0 && line.indexOf(' ms'))).size).toBeLessThan(3)
  })

  test('a failure says what was expected, what came, why and what to do', async () => {
    const argv = [...server(), '--user', site.agent.id, '--password-file', '-']
    const { code, out } = await say(argv, { stdin: 'wrong' })
    const text = out.join('\n')
    expect(code).toBe(1)
    for (const part of ['Failed at Auth', 'Expected:', 'Came:', 'Usual reasons', 'What to check'])
      expect(text).toContain(part)
  })

  test('in the language of the terminal', async () => {
    const { out } = await say(['--server', 'localhost:1'], { locale: 'nl' })
    expect(out.join('\n')).toContain('Mislukt bij TCP')
  })
})

describe('wrong arguments', () => {
  test('status 2, words on the error stream, nothing on the other', async () => {
    const { code, out, err } = await say(['--server', 'localhost', '--password', 'hunter22'])
    expect([code, out]).toEqual([2, []])
    expect(err.join('\n')).toContain('--password')
    expect(err.join('\n')).not.toContain('hunter22')
  })

  test('files that cannot be used', async () => {
    const with_ = (...argv: readonly string[]) => say(['--server', 'localhost:1', ...argv])
    const user = ['--user', '1', '--password-file']
    const answers = await Promise.all([
      with_('--ca', join(folder, 'none.pem')),
      with_('--ca', await file('text.pem', 'hello')),
      with_(...user, join(folder, 'none')),
      with_(...user, folder),
      with_(...user, await file('empty', '\n')),
    ])
    expect(answers.map(({ code, out }) => [code, out])).toEqual(answers.map(() => [2, []]))
    expect(new Set(answers.map(({ err }) => err[0])).size).toBe(4)
  })

  test('help: the usage on the output, status 0', async () => {
    const { code, out, err } = await say(['--help'])
    expect([code, err]).toEqual([0, []])
    expect(out.join('\n')).toContain('--no-rest')
  })
})

test("the resource of the agent's desktop, asked for by name, is bound: with a warning", async () => {
  const password = await file('password', site.agent.password)
  const argv = [...server(), '--user', site.agent.id, '--password-file', password, '--resource', 'desktop']
  const { code, out, err } = await say(argv)
  expect([code, err.join()]).toEqual([0, expect.stringContaining('"desktop"')])
  expect(out.join('\n')).toContain(`${site.agent.id}@fin-a.localhost/desktop`)
})

describe('the password', () => {
  test.skipIf(process.platform === 'win32')('others can read its file: a warning, no more', async () => {
    const open = await file('open', 'x', 0o644)
    const { code, err } = await say(['--server', 'localhost:1', '--user', '1', '--password-file', open])
    expect(code).toBe(1)
    expect(err.join()).toContain('read by others')
  })

  test('is in no output, right or wrong', async () => {
    const agent = site.info.agents[2]
    if (agent === undefined) throw new Error('the simulator has too few agents')
    const wrong = 'Wr0ng!password&<"é'
    const argv = [...server(), '--user', agent.id, '--password-file', '-']
    const said = await Promise.all([
      say(argv, { stdin: agent.password }),
      say([...argv, '--json'], { stdin: agent.password }),
      say(argv, { stdin: wrong }),
      say([...argv, '--json'], { stdin: wrong }),
    ])
    expect(said.map(({ code }) => code)).toEqual([0, 0, 1, 1])
    const text = said.flatMap(({ out, err }) => [...out, ...err]).join('\n')
    for (const form of [...formsOf(agent.password), ...formsOf(wrong)]) expect(text).not.toContain(form)
  })
})
