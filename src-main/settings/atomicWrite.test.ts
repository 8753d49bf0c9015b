import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { faultTest } from '../testing/faultTest'
import { writeAtomically } from './atomicWrite'
import { loadSettings } from './load'
import { defaultSettings } from './schema'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidetone-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('writeAtomically', () => {
  it('replaces the content and leaves nothing beside it', async () => {
    const file = join(folder, 'settings.json')
    await writeAtomically(file, 'old')
    await writeAtomically(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  it('keeps the old file when the new one cannot be put in its place', async () => {
    await expect(writeAtomically(join(folder, 'missing', 'settings.json'), 'new')).rejects.toThrow()
    expect(readdirSync(folder)).toEqual([])
  })

  it('clears away what a killed app left, and never writes through a link', async () => {
    const file = join(folder, 'settings.json')
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(elsewhere, 'precious')
    symlinkSync(elsewhere, `${file}.tmp`)
    await writeAtomically(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
    expect(readFileSync(elsewhere, 'utf8')).toBe('precious')
    expect(existsSync(`${file}.tmp`)).toBe(false)
  })
})

const ROUNDS = 21
/** Settings files that one process saves at the same time: one kill interrupts the saving of each. */
const FILES = 50

const resource = (version: number): string => `sidetone-${version.toString(16).padStart(8, '0')}`

/** Settings that carry their version at both ends, and are long enough to be written in more than one go. */
const content = (version: number): string => {
  const settings = defaultSettings(resource(version))
  const favourites = Array.from({ length: 200 }, (_, n) => ({
    server: String(version),
    loginId: `${String(n)}${'x'.repeat(200)}`,
    ids: [],
  }))
  return JSON.stringify({ ...settings, favourites })
}

/**
 * Saves every file again and again, each time a newer version of it, until it is killed. Says in one line on stdout,
 * synchronously, which file it begins (`b`) and which it has finished (`e`).
 */
const saver = (root: string, from: number): string => `
  import { writeSync } from 'node:fs'
  import { createJiti } from 'jiti'
  const jiti = createJiti(${JSON.stringify(import.meta.url)})
  const load = (file) => jiti.import(${JSON.stringify(import.meta.dirname)} + '/' + file)
  const { writeAtomically } = await load('atomicWrite.ts')
  const text = ${JSON.stringify(content(0))}
  const contentOf = (version) => text
    .replaceAll('"server":"0"', '"server":"' + version + '"')
    .replace('${resource(0)}', 'sidetone-' + version.toString(16).padStart(8, '0'))
  const save = async (index) => {
    for (let version = ${from}; ; version += 1) {
      writeSync(1, 'b ' + index + ' ' + version + '\\n')
      await writeAtomically(${JSON.stringify(root)} + '/' + index + '/settings.json', contentOf(version))
      writeSync(1, 'e ' + index + ' ' + version + '\\n')
    }
  }
  await Promise.all(Array.from({ length: ${FILES} }, (_, index) => save(index)))
`

/** Runs the saver, kills it with SIGKILL some time after all files are being saved; what it said, line by line. */
const killedSaver = (root: string, from: number, afterMs: number): Promise<readonly string[]> =>
  new Promise((done) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', saver(root, from)], {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '16' },
    })
    let said = ''
    let killing = false
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1')
      if (killing || !said.includes(`b ${String(FILES - 1)} `)) return
      killing = true
      setTimeout(() => child.kill('SIGKILL'), afterMs)
    })
    child.once('close', () => done(said.split('\n').slice(0, -1)))
  })

faultTest(
  'D2',
  'kill -9 in the middle of 1,000 saves leaves each file old or new, never half',
  async (t) => {
    t.watch()
    for (let index = 0; index < FILES; index += 1) {
      mkdirSync(join(folder, String(index)))
      writeFileSync(join(folder, String(index), 'settings.json'), content(0))
    }
    let interrupted = 0
    let outdated = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const from = round * 1_000 + 1
      const said = await killedSaver(folder, from, 20 + round * 3)
      for (let index = 0; index < FILES; index += 1) {
        const versions = (kind: string) =>
          said
            .map((line) => line.split(' '))
            .filter(([what, file]) => what === kind && file === String(index))
            .map(([, , version]) => Number(version))
        const begun = Math.max(...versions('b'))
        const ended = Math.max(-1, ...versions('e'))
        expect(begun).toBeGreaterThanOrEqual(from)
        if (ended < begun) interrupted += 1
        const loaded = loadSettings(join(folder, String(index), 'settings.json'), 'sidetone-ffff')
        expect(loaded).toMatchObject({ trouble: null, stored: true })
        const found = Number.parseInt(loaded.settings.besideResource.slice('sidetone-'.length), 16)
        if (found < begun) outdated += 1
        expect(found).toBeLessThanOrEqual(begun)
        if (ended >= 0) expect(found).toBeGreaterThanOrEqual(ended)
        const servers = new Set(loaded.settings.favourites.map(({ server }) => server))
        expect(found === 0 ? loaded.settings.favourites.length : [...servers]).toEqual(
          found === 0 ? 200 : [String(found)],
        )
      }
    }
    // Now and then the kill falls between two saves.
    expect(interrupted).toBeGreaterThanOrEqual(1_000)
    // Both sides of the rename were hit.
    expect(outdated).toBeGreaterThan(0)
  },
  { timeoutMs: 60_000, blocksBecause: 'the test itself reads a thousand files' },
)
