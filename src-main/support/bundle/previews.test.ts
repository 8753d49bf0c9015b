import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { listContents, NO_SECRETS, removeFolders, temporaryFolder } from '../testing/contents'
import { SAMPLE_AT } from '../testing/samples'
import { removePreviews } from './leftovers'
import type { Masks } from './masks'
import { createBundles } from './previews'
import { openBundle } from './read'
import type { BundleContents } from './write'

afterEach(removeFolders)

const started = async (over: Partial<BundleContents> = {}, masks: Masks = NO_SECRETS) => {
  const home = await temporaryFolder()
  const folder = join(home, 'previews')
  let ids = 0
  const bundles = createBundles({
    contents: () => listContents({}, over),
    masks,
    folder,
    now: () => SAMPLE_AT,
    newId: () => {
      ids += 1
      return `p${String(ids)}`
    },
  })
  const preview = async () => {
    const prepared = await bundles.prepare()
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
    return prepared.value
  }
  return { bundles, folder, home, preview }
}

describe('a preview', () => {
  it('tells every file with its size and shows each', async () => {
    const { bundles, folder, preview } = await started()
    const { id, files, bytes } = await preview()
    expect(bytes).toBe((await stat(join(folder, 'bundle-p1.zip'))).size)
    for (const { name, bytes: size } of files) {
      const read = await bundles.read(id, name)
      if (!read.ok) throw new Error(name)
      expect(Buffer.byteLength(read.value.text)).toBe(size)
      expect(read.value.cut).toBe(false)
    }
    expect(await bundles.read(id, 'settings.json')).toMatchObject({
      value: {
        text: '{"settings":[{"name":"server","value":"fin-a.example.com","source":"file"}]}\n',
      },
    })
  })

  it('tells whether it may hold what is masked otherwise', async () => {
    const { trace } = listContents()
    for (const plain of [false, true]) {
      const { preview } = await started({ trace: { ...trace, plain } })
      expect(await preview()).toMatchObject({ plain })
    }
  })

  it('is readable by this user only', async () => {
    if (process.platform === 'win32') return
    const { folder, preview } = await started()
    await preview()
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'bundle-p1.zip'))).mode & 0o777).toBe(0o600)
  })

  it('knows its own names only', async () => {
    const { bundles, preview } = await started()
    const { id } = await preview()
    for (const name of ['../bundle-p1.zip', 'x', '', '__proto__'])
      expect(await bundles.read(id, name)).toEqual({ ok: false, error: { code: 'gone' } })
    expect(await bundles.read('p9', 'manifest.json')).toEqual({ ok: false, error: { code: 'gone' } })
  })

  it('is dropped by the next one and when closed, also from the disk', async () => {
    const { bundles, folder, home, preview } = await started()
    const first = await preview()
    const second = await preview()
    expect(await readdir(folder)).toEqual(['bundle-p2.zip'])
    expect(await bundles.read(first.id, 'manifest.json')).toMatchObject({ error: { code: 'gone' } })
    await bundles.close()
    expect(await readdir(folder)).toEqual([])
    expect(await bundles.save(second.id, join(home, 'a.zip'))).toEqual({ ok: false, error: { code: 'gone' } })
  })

  it('two at once leave one', async () => {
    const { folder, preview } = await started()
    await Promise.all([preview(), preview()])
    expect(await readdir(folder)).toEqual(['bundle-p2.zip'])
  })

  it('what a run before left behind goes at the next start already', async () => {
    const { folder, home, preview } = await started()
    await preview()
    await writeFile(join(folder, 'notes.txt'), '')
    await removePreviews(folder)
    expect(await readdir(folder)).toEqual(['notes.txt'])
    await removePreviews(join(home, 'nowhere'))
  })

  it('what a run before left behind goes; what is not ours stays', async () => {
    const { folder, preview } = await started()
    await mkdir(folder)
    await writeFile(join(folder, 'bundle-old.zip'), 'x')
    await writeFile(join(folder, 'mine.zip'), 'x')
    await preview()
    expect((await readdir(folder)).sort()).toEqual(['bundle-p1.zip', 'mine.zip'])
  })

  it('a place for it that cannot be made is told', async () => {
    const home = await temporaryFolder()
    await writeFile(join(home, 'file'), '')
    const bundles = createBundles({
      contents: () => listContents(),
      masks: NO_SECRETS,
      folder: join(home, 'file', 'previews'),
      now: () => SAMPLE_AT,
      newId: () => 'p1',
    })
    expect(await bundles.prepare()).toMatchObject({ error: { code: 'disk', errno: 'ENOTDIR' } })
  })

  it('a disk that refuses the file is told', async () => {
    const { bundles, folder } = await started()
    await mkdir(folder)
    await mkdir(join(folder, 'bundle-p1.zip'))
    expect(await bundles.prepare()).toMatchObject({ error: { code: 'disk' } })
  })

  it('a bug in the source is not taken for a full disk', async () => {
    const { bundles } = await started({
      rawTrace: () => {
        throw new Error('bug')
      },
      trace: { first: 0, next: 5, bytes: 0, maxBytes: 0, paused: false, plain: false },
    })
    await expect(bundles.prepare()).rejects.toThrow('bug')
  })
})

describe('saving', () => {
  it('writes what was looked at', async () => {
    const { bundles, home, preview } = await started()
    const { id, bytes, files, masked } = await preview()
    const path = join(home, 'shift.zip')
    expect(await bundles.save(id, path)).toEqual({ ok: true, value: null })
    expect((await stat(path)).size).toBe(bytes)
    const opened = await openBundle(path)
    expect(opened).toMatchObject({ ok: true, value: { about: { name: 'shift.zip', files, masked } } })
    if (opened.ok) await opened.value.close()
    expect((await readdir(home)).sort()).toEqual(['previews', 'shift.zip'])
    // Again, to another place: a stick that was full.
    expect(await bundles.save(id, join(home, 'again.zip'))).toMatchObject({ ok: true })
  })

  it('a full disk leaves what was there before, and no piece of the new', async () => {
    if (process.platform !== 'linux') return
    const { bundles, home, preview } = await started()
    const { id } = await preview()
    const path = join(home, 'shift.zip')
    await writeFile(path, 'before')
    // The kernel's own full disk, in the place where the copy is made.
    await symlink('/dev/full', `${path}.${id}.part`)
    expect(await bundles.save(id, path)).toEqual({
      ok: false,
      error: { code: 'disk', path, errno: 'ENOSPC' },
    })
    expect(await readFile(path, 'utf8')).toBe('before')
    expect((await readdir(home)).sort()).toEqual(['previews', 'shift.zip'])
  })

  it('a folder that is not there, a folder in its place, no permission', async () => {
    const { bundles, home, preview } = await started()
    const { id } = await preview()
    const nowhere = join(home, 'no', 'a.zip')
    expect(await bundles.save(id, nowhere)).toMatchObject({ error: { code: 'disk', errno: 'ENOENT' } })
    const folder = join(home, 'folder.zip')
    await mkdir(folder)
    expect(await bundles.save(id, folder)).toMatchObject({ error: { code: 'disk', path: folder } })
    const locked = join(home, 'locked')
    await mkdir(locked)
    await chmod(locked, 0o500)
    const refused = await writeFile(join(locked, 'probe'), '').then(
      () => false,
      () => true,
    )
    // The super-user may write everywhere.
    if (refused)
      expect(await bundles.save(id, join(locked, 'a.zip'))).toMatchObject({ error: { errno: 'EACCES' } })
    expect((await readdir(home)).sort()).toEqual(['folder.zip', 'locked', 'previews'])
  })
})
