import {
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  existsSync,
  mkdirSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSettings } from './load'
import { defaultSettings } from './schema'

const RESOURCE = 'sidetone-0a1b2c3d'
const defaults = defaultSettings(RESOURCE)

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sidetone-settings-'))
  file = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('loadSettings', () => {
  it('starts with defaults and no complaint when there is no file', () => {
    expect(loadSettings(file, RESOURCE)).toEqual({ settings: defaults, trouble: null, stored: false })
  })

  it('reads back what was written', () => {
    const settings = {
      ...defaults,
      theme: 'dark' as const,
      besideResource: 'sidetone-ffff',
      favourites: [{ server: '__proto__', loginId: 'constructor', ids: ['1', '2'] }],
    }
    writeFileSync(file, JSON.stringify(settings))
    expect(loadSettings(file, RESOURCE)).toEqual({ settings, trouble: null, stored: true })
  })

  it.each([
    ['an empty file', ''],
    ['garbage', '\u0000\u0001 not json'],
    ['half a file', JSON.stringify(defaults).slice(0, 60)],
    ['another version', JSON.stringify({ ...defaults, version: 2 })],
    ['wrong types', JSON.stringify({ ...defaults, notifications: 'yes' })],
    ['a list', '[]'],
    ['a hostile resource', JSON.stringify({ ...defaults, besideResource: '../desktop' })],
  ])('sets %s aside and starts with defaults', (_name, content) => {
    writeFileSync(file, content)
    expect(loadSettings(file, RESOURCE)).toEqual({
      settings: defaults,
      trouble: { kind: 'bad', file, kept: `${file}.bad` },
      stored: false,
    })
    expect(readFileSync(`${file}.bad`, 'utf8')).toBe(content)
    expect(existsSync(file)).toBe(false)
  })

  it('does not read a file of 100 MB', () => {
    writeFileSync(file, '')
    truncateSync(file, 100 * 1024 * 1024)
    expect(loadSettings(file, RESOURCE).trouble?.kind).toBe('bad')
  })

  it('does not fall over a folder of that name', () => {
    mkdirSync(file)
    expect(loadSettings(file, RESOURCE).settings).toEqual(defaults)
  })

  it('is not polluted by __proto__ keys at any place', () => {
    const hostile = JSON.stringify(defaults).replace('{', '{"__proto__":{"polluted":true},')
    writeFileSync(file, hostile.replace('"signIn":{', '"signIn":{"__proto__":{"polluted":true},'))
    const { settings } = loadSettings(file, RESOURCE)
    expect('polluted' in {}).toBe(false)
    expect('polluted' in settings).toBe(false)
    expect('polluted' in settings.signIn).toBe(false)
  })

  it('never throws, whatever JSON lies there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        writeFileSync(file, JSON.stringify(value))
        expect(loadSettings(file, RESOURCE).settings).toEqual(defaults)
      }),
      { numRuns: 200 },
    )
  })
})
