import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeAtomically } from './atomicWrite'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidetone-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const LENGTH = 200_000

/** Writes the file again and again, each time full of another letter, until it is killed. */
const writer = (file: string): string => `
  import { createJiti } from 'jiti'
  const jiti = createJiti(${JSON.stringify(import.meta.url)})
  const { writeAtomically } = await jiti.import(${JSON.stringify(resolve(import.meta.dirname, 'atomicWrite.ts'))})
  process.stdout.write('ready')
  for (let n = 0; ; n += 1) await writeAtomically(${JSON.stringify(file)}, String.fromCharCode(97 + n % 26).repeat(${LENGTH}))
`

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

  it('leaves a whole file when the process is killed in the middle of it', async () => {
    const file = join(folder, 'settings.json')
    writeFileSync(file, 'a'.repeat(LENGTH))
    for (let round = 0; round < 8; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer(file)], {
        cwd: resolve(import.meta.dirname, '../..'),
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      await new Promise((done) => child.stdout.once('data', done))
      await new Promise((done) => setTimeout(done, 5 + round * 7))
      child.kill('SIGKILL')
      await new Promise((done) => child.once('exit', done))
      const content = readFileSync(file, 'utf8')
      expect(content).toHaveLength(LENGTH)
      expect(new Set(content).size).toBe(1)
    }
  })
})
