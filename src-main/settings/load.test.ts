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
import { faultTest } from '../testing/faultTest'
import { loadSettings } from './load'
import { defaultSettings } from './schema'

const RESOURCE = 'sidetone-0a1b2c3d'
const defaults = defaultSettings(RESOURCE)
const partner = { server: 'fin-a:8445', name: 'B', host: 'fin-b', port: 8445 }

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

  it('takes a file that is older than some settings', () => {
    const { signInAfterFailover: _a, restoreReady: _b, partners: _c, ...older } = defaults
    writeFileSync(file, JSON.stringify({ ...older, theme: 'dark' }))
    expect(loadSettings(file, RESOURCE)).toEqual({
      settings: { ...defaults, theme: 'dark' },
      trouble: null,
      stored: true,
    })
  })

  it('takes a file that an editor saved with a byte order mark', () => {
    writeFileSync(file, `\ufeff${JSON.stringify(defaults)}`)
    expect(loadSettings(file, RESOURCE).trouble).toBeNull()
  })

  for (const [name, content] of [
    ['an empty file', ''],
    ['blank lines', ' \n\n'],
    ['null', 'null'],
    ['deep nesting', '['.repeat(100_000)],
    [
      'a partner with a port that is none',
      JSON.stringify({ ...defaults, partners: [{ ...partner, port: 0 }] }),
    ],
    ['a partner with more to it', JSON.stringify({ ...defaults, partners: [{ ...partner, path: '/x' }] })],
    ['too many partners', JSON.stringify({ ...defaults, partners: Array(21).fill(partner) })],
    ['a text of 900 kB', JSON.stringify({ ...defaults, besideResource: 'x'.repeat(900_000) })],
    ['no version', JSON.stringify({ ...defaults, version: undefined })],
    ['garbage', '\u0000\u0001 not json'],
    ['half a file', JSON.stringify(defaults).slice(0, 60)],
    ['another version', JSON.stringify({ ...defaults, version: 2 })],
    ['wrong types', JSON.stringify({ ...defaults, notifications: 'yes' })],
    ['a list', '[]'],
    ['a hostile resource', JSON.stringify({ ...defaults, besideResource: '../desktop' })],
  ] as const)
    faultTest('D3', `sets ${name} aside and starts with defaults`, (t) => {
      t.watch()
      writeFileSync(file, content)
      expect(loadSettings(file, RESOURCE)).toEqual({
        settings: defaults,
        trouble: { kind: 'bad', file, kept: `${file}.bad` },
        stored: false,
      })
      expect(readFileSync(`${file}.bad`, 'utf8')).toBe(content)
      expect(existsSync(file)).toBe(false)
    })

  faultTest('D3', 'does not read a file of 100 MB', (t) => {
    t.watch()
    writeFileSync(file, '')
    truncateSync(file, 100 * 1024 * 1024)
    expect(loadSettings(file, RESOURCE).trouble?.kind).toBe('bad')
  })

  faultTest('D3', 'does not fall over a folder of that name', (t) => {
    t.watch()
    mkdirSync(file)
    expect(loadSettings(file, RESOURCE).settings).toEqual(defaults)
  })

  faultTest('D3', 'is not polluted by __proto__ keys at any place', (t) => {
    t.watch()
    const hostile = JSON.stringify(defaults).replace('{', '{"__proto__":{"polluted":true},')
    writeFileSync(file, hostile.replace('"signIn":{', '"signIn":{"__proto__":{"polluted":true},'))
    const { settings } = loadSettings(file, RESOURCE)
    expect('polluted' in {}).toBe(false)
    expect('polluted' in settings).toBe(false)
    expect('polluted' in settings.signIn).toBe(false)
  })

  faultTest(
    'D3',
    'never throws, whatever JSON lies there',
    (t) => {
      t.watch()
      fc.assert(
        fc.property(fc.jsonValue(), (value) => {
          writeFileSync(file, JSON.stringify(value))
          expect(loadSettings(file, RESOURCE).settings).toEqual(defaults)
        }),
        { numRuns: 200 },
      )
    },
    { blocksBecause: '200 files are written and read' },
  )
})
