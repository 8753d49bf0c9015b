import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const golden = (name: string): string => join(root, 'src-main/finesse/golden', name)

interface Outcome {
  readonly status: number
  readonly lines: ReadonlyArray<Record<string, unknown>>
  readonly stderr: string
}

const decode = async (...files: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs')
    execFile(
      process.execPath,
      [jiti, 'scripts/decode.ts', ...files],
      { cwd: root },
      (error, stdout, stderr) => {
        const lines = stdout
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => JSON.parse(line) as Record<string, unknown>)
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, lines, stderr })
      },
    )
  })

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decode-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

describe('decode command', () => {
  it('prints one line per document, with event and source where there is an Update', async () => {
    const stanza = golden('stanza-user-login.xml')
    const body = golden('get-dialogs-none.xml')
    const gone = golden('update-user-deleted.xml')
    const { status, lines } = await decode(stanza, body, gone)
    expect(status).toBe(0)
    expect(lines).toEqual([
      {
        file: stanza,
        ok: true,
        kind: 'user',
        event: 'PUT',
        source: '/finesse/api/User/7031',
        value: expect.objectContaining({ loginId: '7031', lastName: 'van der Berg & Co' }) as unknown,
      },
      { file: body, ok: true, kind: 'dialogs', event: null, source: null, value: [] },
      { file: gone, ok: true, kind: 'none', event: 'DELETE', source: '/finesse/api/User/7031', value: null },
    ])
  })

  it('prints one line per notification and goes on after a bad one', async () => {
    const file = golden('stanza-two-items.xml')
    const { status, lines } = await decode(file)
    expect(status).toBe(1)
    expect(lines.map((line) => line.ok)).toEqual([true, true, false])
    expect(lines[2]).toEqual({ file, ok: false, problem: 'The notification carries no XML.' })
  })

  it('says in a sentence what is wrong with a file', async () => {
    const latin1 = join(folder, 'latin1.xml')
    await writeFile(latin1, Buffer.from([0x3c, 0x61, 0x3e, 0xe9, 0x3c, 0x2f, 0x61, 0x3e]))
    const absent = join(folder, 'absent.xml')
    const page = join(folder, 'page.html')
    await writeFile(page, '<html><body>502</body></html>')
    const good = golden('get-user.xml')
    const { status, lines } = await decode(absent, folder, latin1, page, good)
    expect(status).toBe(1)
    expect(lines).toMatchObject([
      { file: absent, ok: false, problem: 'The file does not exist.' },
      { file: folder, ok: false, problem: 'This is a folder, not a file.' },
      { file: latin1, ok: false, problem: 'The file is not UTF-8 text.' },
      { file: page, ok: false, problem: 'The root <html> is no Finesse object that Sidetone reads.' },
      { file: good, ok: true },
    ])
  })

  it('without files tells how to use it', async () => {
    const { status, lines, stderr } = await decode()
    expect(status).toBe(2)
    expect(lines).toEqual([])
    expect(stderr).toContain('usage')
  })
})
