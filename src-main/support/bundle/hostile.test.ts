import { execFileSync } from 'node:child_process'
import { chmod, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { removeFolders, temporaryFolder } from '../testing/contents'
import { rawZip } from '../testing/rawZip'
import { DEEP, FIRST_SEGMENT, place, soundBundle, zipOf, type Files } from '../testing/soundBundle'
import { FORMAT_VERSION, READ_LIMITS } from './format'
import { openBundle } from './read'

afterEach(removeFolders)

let sound: Files = {}
let withFiles: Spoil['withFiles']
let changed: Spoil['changed']

type Spoil = Awaited<ReturnType<typeof soundBundle>>

beforeAll(async () => {
  ;({ sound, withFiles, changed } = await soundBundle())
})

const failureOf = async (bytes: Buffer) => {
  const opened = await openBundle(await place(bytes))
  if (opened.ok) await opened.value.close()
  return opened.ok ? null : opened.error
}

describe('a file somebody else made', () => {
  it('the measure: unspoilt, put together by the same hand, it opens', async () => {
    expect(await failureOf(zipOf(sound))).toBeNull()
    expect(await failureOf(withFiles({}))).toBeNull()
  })

  it.each<readonly [string, () => Buffer, object]>([
    ['empty', () => Buffer.alloc(0), { code: 'notABundle' }],
    ['one byte', () => Buffer.from('P'), { code: 'notABundle' }],
    ['a text', () => Buffer.from('Hello, this is no zip at all.'), { code: 'notABundle' }],
    ['a zip of something else', () => rawZip([{ name: 'a.txt', content: 'a' }]), { code: 'notABundle' }],
    ['an empty zip', () => rawZip([]), { code: 'notABundle' }],
    ['cut off', () => zipOf(sound).subarray(0, 5_000), { code: 'damaged', file: '' }],
    ['without its end', () => zipOf(sound).subarray(0, -30), { code: 'damaged' }],
    ['a path upwards', () => zipOf(sound, [{ name: '../../evil', content: 'x' }]), { code: 'unsafe' }],
    ['an absolute path', () => zipOf(sound, [{ name: '/etc/evil', content: 'x' }]), { code: 'unsafe' }],
    ['a drive', () => zipOf(sound, [{ name: 'C:/evil', content: 'x' }]), { code: 'unsafe' }],
    ['backslashes', () => zipOf(sound, [{ name: '..\\evil', content: 'x' }]), { code: 'unsafe' }],
    [
      'a name twice',
      () => zipOf(sound, [{ name: 'manifest.json', content: '{}' }]),
      { code: 'unsafe', file: 'manifest.json' },
    ],
    [
      'a name twice in other case',
      () => zipOf(sound, [{ name: 'Manifest.JSON', content: '{}' }]),
      { code: 'unsafe', file: 'Manifest.JSON' },
    ],
    ['encrypted', () => zipOf(sound, [{ name: 'x', content: 'x', flags: 1 }]), { code: 'unsafe', file: 'x' }],
    [
      'more files than any bundle',
      () =>
        rawZip(
          Array.from({ length: READ_LIMITS.files + 1 }, (_, at) => ({ name: `f${String(at)}`, content: '' })),
        ),
      { code: 'unsafe' },
    ],
    [
      'more files claimed than there are',
      () =>
        rawZip(
          Object.entries(sound).map(([name, content]) => ({ name, content })),
          4_000,
        ),
      { code: 'damaged' },
    ],
    [
      'a file that claims 4 GB',
      () => zipOf(sound, [{ name: 'x', content: 'x', claims: 0xfffffffe }]),
      { code: 'tooLarge', file: 'x', limitBytes: READ_LIMITS.file },
    ],
    [
      'many files that claim much',
      () =>
        zipOf(
          sound,
          Array.from({ length: 40 }, (_, at) => ({
            name: `f${String(at)}`,
            content: '',
            claims: 15_000_000,
          })),
        ),
      { code: 'tooLarge', limitBytes: READ_LIMITS.inflated },
    ],
    [
      'a bomb that claims little',
      () => rawZip([{ name: 'manifest.json', content: Buffer.alloc(200_000_000, 0x20), claims: 1_000 }]),
      { code: 'damaged', file: 'manifest.json' },
    ],
    [
      'an unknown compression',
      () => rawZip([{ name: 'manifest.json', content: sound['manifest.json'] ?? '', method: 12 }]),
      { code: 'damaged', file: 'manifest.json' },
    ],
    [
      'a digest that is wrong',
      () => zipOf({ ...sound, 'health.json': (sound['health.json'] ?? '').replace('12', '13') }),
      { code: 'damaged', file: 'health.json' },
    ],
    [
      'a size that is wrong',
      () => zipOf({ ...sound, 'health.json': `${sound['health.json'] ?? ''} ` }),
      { code: 'damaged', file: 'health.json' },
    ],
    [
      'a listed file that is missing',
      () => {
        const { 'settings.json': _, ...rest } = sound
        return zipOf(rest)
      },
      { code: 'damaged', file: 'settings.json' },
    ],
    [
      'no UTF-8',
      () => rawZip([{ name: 'manifest.json', content: Buffer.from([0xff, 0xfe]) }]),
      { code: 'damaged' },
    ],
    ['a manifest that is no JSON', () => zipOf({ 'manifest.json': '{' }), { code: 'wrongShape' }],
    [
      'a manifest of another program',
      () => zipOf({ 'manifest.json': '{"files":[]}' }),
      { code: 'wrongShape' },
    ],
    ['a manifest of millions of brackets', () => zipOf({ 'manifest.json': DEEP }), { code: 'wrongShape' }],
    [
      'a newer format, whatever else it looks like',
      () =>
        zipOf({
          'manifest.json': JSON.stringify({ format: 'sidetone-support-bundle', formatVersion: 9, x: 1 }),
        }),
      { code: 'newer', formatVersion: 9 },
    ],
    [
      'a version that is no number',
      () => withFiles({}, { formatVersion: '1' }),
      { code: 'wrongShape', file: 'manifest.json' },
    ],
    ['a date nobody can show', () => withFiles({}, { createdAt: 9e15 }), { code: 'wrongShape' }],
    ['an endless server name', () => withFiles({}, { server: 'x'.repeat(2_000) }), { code: 'wrongShape' }],
    [
      'attempts of another shape',
      () => withFiles(changed('attempts.json', '"outcome":"live"', '"outcome":"dead"')),
      { code: 'wrongShape', file: 'attempts.json' },
    ],
    [
      'attempts of brackets',
      () => withFiles({ 'attempts.json': `{"attempts":${DEEP}` }),
      { code: 'wrongShape', file: 'attempts.json' },
    ],
    [
      'health with a text for a number',
      () => withFiles(changed('health.json', '"stepMs":10000', '"stepMs":"1"')),
      { code: 'wrongShape', file: 'health.json' },
    ],
    [
      'a time no date can hold',
      () => withFiles(changed('attempts.json', /"startedAt":\d+/, '"startedAt":8e15')),
      { code: 'wrongShape', file: 'attempts.json' },
    ],
    [
      'a fact no date can hold',
      () => withFiles(changed('attempts.json', '"port":8445', '"port":1e300')),
      { code: 'wrongShape', file: 'attempts.json' },
    ],
    [
      'health without a step, by which windows divide',
      () => withFiles(changed('health.json', '"stepMs":10000', '"stepMs":0')),
      { code: 'wrongShape', file: 'health.json' },
    ],
    [
      'health with more steps than a window can draw',
      () => withFiles(changed('health.json', '"stepMs":10000', '"stepMs":0.00001')),
      { code: 'wrongShape', file: 'health.json' },
    ],
    [
      'health that ends before it begins',
      () => withFiles(changed('health.json', /"to":\d+/, '"to":1')),
      { code: 'wrongShape', file: 'health.json' },
    ],
    [
      'an index that leads elsewhere',
      () => withFiles(changed('trace/index.json', FIRST_SEGMENT, 'trace/9999999999.ndjson')),
      { code: 'wrongShape', file: 'trace/index.json' },
    ],
    [
      'an index out of order',
      () => withFiles(changed('trace/index.json', '"firstSeq":1500', '"firstSeq":3')),
      { code: 'wrongShape', file: 'trace/index.json' },
    ],
    [
      'an index with more entries than numbers',
      () => withFiles(changed('trace/index.json', '"kinds":"e', '"kinds":"ee')),
      { code: 'wrongShape', file: 'trace/index.json' },
    ],
  ])('%s', async (_, make, expected) => {
    expect(await failureOf(make())).toMatchObject(expected)
  })

  it('a huge file is not read', async () => {
    const path = join(await temporaryFolder(), 'huge.zip')
    const file = await open(path, 'w')
    await file.write('PK')
    await file.truncate(READ_LIMITS.bundle + 1)
    await file.close()
    expect(await openBundle(path)).toMatchObject({
      error: { code: 'tooLarge', limitBytes: READ_LIMITS.bundle },
    })
  })

  it('a folder, a pipe, a file that is not there or may not be read', async () => {
    const folder = await temporaryFolder()
    expect(await openBundle(folder)).toEqual({ ok: false, error: { code: 'unreadable', errno: 'EISDIR' } })
    expect(await openBundle(join(folder, 'x'))).toEqual({
      ok: false,
      error: { code: 'unreadable', errno: 'ENOENT' },
    })
    if (process.platform !== 'win32') {
      execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', join(folder, 'pipe')])
      expect(await openBundle(join(folder, 'pipe'))).toEqual({ ok: false, error: { code: 'notABundle' } })
    }
    const locked = join(folder, 'locked.zip')
    await writeFile(locked, 'PK')
    await chmod(locked, 0)
    // The super-user may read everything.
    const readable = await readFile(locked).then(
      () => true,
      () => false,
    )
    if (!readable) expect(await openBundle(locked)).toMatchObject({ error: { errno: 'EACCES' } })
  })
})

it('the format has the version this test knows', () => {
  expect(FORMAT_VERSION).toBe(1)
})
