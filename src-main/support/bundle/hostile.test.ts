import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listContents, NO_SECRETS, removeFolders, temporaryFolder } from '../testing/contents'
import { rawZip, type RawFile } from '../testing/rawZip'
import { SAMPLE_AT } from '../testing/samples'
import { openArchive } from './archive'
import { FORMAT_VERSION, type Manifest, READ_LIMITS } from './format'
import { openBundle } from './read'
import { writeBundle } from './write'

afterEach(removeFolders)

type Files = Readonly<Record<string, string>>

/** The files of a sound bundle, to be spoilt. */
let sound: Files = {}

beforeAll(async () => {
  const path = join(await temporaryFolder(), 'a.zip')
  const entries = Array.from({ length: 2_500 }, (_, seq) => ({
    seq,
    at: SAMPLE_AT + seq,
    direction: 'received' as const,
    kind: 'event' as const,
    server: 'a:1',
    line: 'event',
    bytes: 1,
    failed: false,
    text: `<a>${String(seq)}</a>`,
  }))
  const written = await writeBundle(path, {
    contents: listContents({ entries }),
    masks: NO_SECRETS,
    createdAt: SAMPLE_AT,
  })
  if (!written.ok) throw new Error(written.error.code)
  const archive = await openArchive(path)
  if (!archive.ok) throw new Error(archive.error.code)
  const files: Record<string, string> = {}
  for (const name of archive.value.sizes.keys()) {
    const text = await archive.value.text(name, null)
    if (text.ok) files[name] = text.value
  }
  await archive.value.close()
  sound = files
})

const place = async (bytes: Buffer): Promise<string> => {
  const path = join(await temporaryFolder(), 'b.zip')
  await writeFile(path, bytes)
  return path
}

const zipOf = (files: Files, extra: readonly RawFile[] = []): Buffer =>
  rawZip([...Object.entries(files).map(([name, content]) => ({ name, content })), ...extra])

/** Sound but for the given files, with a manifest that knows them. */
const withFiles = (changed: Files, about: Readonly<Record<string, unknown>> = {}): Buffer => {
  const files: Record<string, string> = { ...sound, ...changed }
  const manifest = JSON.parse(files['manifest.json'] ?? '') as Manifest
  files['manifest.json'] =
    changed['manifest.json'] ??
    JSON.stringify({
      ...manifest,
      files: manifest.files.map((file) => {
        const bytes = Buffer.from(files[file.name] ?? '')
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        return { ...file, bytes: bytes.length, sha256 }
      }),
      ...about,
    })
  return zipOf(files)
}

const changed = (name: string, from: string | RegExp, to: string): Files => ({
  [name]: (sound[name] ?? '').replace(from, to),
})

const failureOf = async (bytes: Buffer) => {
  const opened = await openBundle(await place(bytes))
  if (opened.ok) await opened.value.close()
  return opened.ok ? null : opened.error
}

const firstSegment = 'trace/0000000000.ndjson'
const deep = '['.repeat(200_000)

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
    ['a manifest of millions of brackets', () => zipOf({ 'manifest.json': deep }), { code: 'wrongShape' }],
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
      () => withFiles({ 'attempts.json': `{"attempts":${deep}` }),
      { code: 'wrongShape', file: 'attempts.json' },
    ],
    [
      'health with a text for a number',
      () => withFiles(changed('health.json', '"stepMs":10000', '"stepMs":"1"')),
      { code: 'wrongShape', file: 'health.json' },
    ],
    [
      'health without a step, by which windows divide',
      () => withFiles(changed('health.json', '"stepMs":10000', '"stepMs":0')),
      { code: 'wrongShape', file: 'health.json' },
    ],
    [
      'an index that leads elsewhere',
      () => withFiles(changed('trace/index.json', firstSegment, 'trace/9999999999.ndjson')),
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
    await mkdir(join(folder, 'y'))
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

describe('what a later version may add', () => {
  it('files and fields are passed over; unknown causes, problems and kinds become the vaguest', async () => {
    const bytes = withFiles(
      {
        ...changed('attempts.json', '"id":"unknown"', '"id":"solarFlare","more":1'),
        ...changed(firstSegment, '"kind":"event"', '"kind":"telepathy"'),
      },
      { added: true },
    )
    const opened = await openBundle(await place(bytes))
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    const { source, close } = opened.value
    expect(source.attempts().at(-1)?.cause).toEqual({ id: 'unknown', params: {} })
    expect(await source.traceEntry(0)).toMatchObject({ seq: 0, kind: 'note' })
    await close()
  })
})

describe('a segment that turns out to be bad when it is looked at', () => {
  const ALL = { kinds: [], text: '', failedOnly: false }

  it.each<readonly [string, () => Buffer]>([
    ['damaged', () => zipOf({ ...sound, ...changed(firstSegment, '<a>7</a>', '<a>8</a>') })],
    ['of another shape', () => withFiles(changed(firstSegment, '"seq":7,', '"seq":"7",'))],
    ['out of order', () => withFiles(changed(firstSegment, '"seq":7,', '"seq":6,'))],
    ['shorter than told', () => withFiles(changed(firstSegment, /^.*\n/, ''))],
    ['of brackets', () => withFiles({ [firstSegment]: `${deep}\n` })],
  ])('%s: its entries say so, the others stay readable', async (_, make) => {
    const opened = await openBundle(await place(make()))
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    const { source, close } = opened.value
    const page = await source.tracePage(ALL, 498, 4)
    expect(page).toMatchObject({ end: 2_500, from: 498 })
    expect(page.rows.map(({ seq, line }) => [seq, line])).toEqual([
      [498, `${firstSegment} damaged`],
      [499, `${firstSegment} damaged`],
      [500, 'event'],
      [501, 'event'],
    ])
    expect(await source.traceEntry(500)).toMatchObject({ text: '<a>500</a>' })
    expect((await source.tracePage({ ...ALL, text: '<a>2' }, 0, 1)).rows).toHaveLength(1)
    await close()
  })

  it('nothing is read any more once it is closed', async () => {
    const opened = await openBundle(await place(zipOf(sound)))
    if (!opened.ok) throw new Error(opened.error.code)
    await opened.value.close()
    expect(await opened.value.source.traceEntry(5)).toMatchObject({ line: `${firstSegment} damaged` })
  })
})

it('the format has the version this test knows', () => {
  expect(FORMAT_VERSION).toBe(1)
})
