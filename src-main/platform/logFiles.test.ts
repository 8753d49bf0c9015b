import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogFiles } from './logFiles'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidetone-log-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (at = folder) => createLogFiles({ folder: at, name: 'sidetone', maxBytes: 1000, keep: 3 })

describe('log files', () => {
  it('D6: keeps the newest lines in a bounded number of bounded files', async () => {
    const files = open()
    for (let n = 0; n < 200; n += 1) files.write(`${String(n).padStart(49, '0')}\n`)
    await files.flush()
    expect(readdirSync(folder).sort()).toEqual(['sidetone.1.log', 'sidetone.2.log', 'sidetone.log'])
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000)
    expect(readFileSync(join(folder, 'sidetone.log'), 'utf8').trim().split('\n').at(-1)).toMatch(/199$/)
  })

  it('goes on where the last run stopped', async () => {
    const first = open()
    first.write('one\n')
    await first.flush()
    const second = open()
    second.write('two\n')
    await second.flush()
    expect(readFileSync(join(folder, 'sidetone.log'), 'utf8')).toBe('one\ntwo\n')
  })

  it('D6: loses lines, and nothing else, when the folder cannot be made', async () => {
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    chmodSync(blocked, 0o400)
    const files = open(join(blocked, 'logs'))
    files.write('lost\n')
    await expect(files.flush()).resolves.toBeUndefined()
  })
})
