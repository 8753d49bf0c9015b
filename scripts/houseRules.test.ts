import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const projectFolder = join(import.meta.dirname, '..')
const self = 'scripts/houseRules.test.ts'
const notOurs = new Set(['node_modules', 'out', 'release', 'test-results', 'coverage', '.git'])

function walk(folder: string): string[] {
  return readdirSync(join(projectFolder, folder), { withFileTypes: true })
    .filter(({ name }) => !notOurs.has(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      return entry.isDirectory() ? walk(path) : [path]
    })
}

const files = walk('').filter(
  (file) => /\.(ts|vue|mjs|cjs|js|json|yml|css|html)$|^\.npmrc$/.test(file) && file !== self,
)

function filesWith(pattern: RegExp, among = files): string[] {
  return among.filter((file) => pattern.test(readFileSync(join(projectFolder, file), 'utf8')))
}

const source = files.filter((file) => /\.(ts|vue)$/.test(file))
const product = source.filter(
  (file) => /^(src-|simulator\/)/.test(file) && !/\.test\.ts$|\/testing\//.test(file),
)

describe('house rules', () => {
  it('never switches certificate verification off', () => {
    expect(filesWith(/rejectUnauthorized['"]?\s*[:=]\s*false|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([])
  })

  it('names no package registry', () => {
    expect(filesWith(/registry\s*=\s*http|"resolved"\s*:\s*"http|registry\.[a-z]+\.[a-z]+\//)).toEqual([])
  })

  it('silences the compiler nowhere', () => {
    expect(filesWith(/@ts-(ignore|nocheck|expect-error)/, product)).toEqual([])
  })

  it('gives a reason beside every silenced lint rule', () => {
    expect(filesWith(/eslint-disable(-next-line|-line)?(?![^\n]* -- \S)/, source)).toEqual([])
  })

  it('keeps every source file within 350 lines', () => {
    expect(product.filter((file) => filesWith(/^(?:[^\n]*\n){351}/, [file]).length > 0)).toEqual([])
  })

  it('opens windows with the sandbox on', () => {
    expect(
      filesWith(/sandbox\s*:\s*false|nodeIntegration\s*:\s*true|contextIsolation\s*:\s*false/, source),
    ).toEqual([])
  })
})
