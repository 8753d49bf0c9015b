import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BundlePreview } from '../../../src-contract/inspector'
import { err, ok, type Result } from '../../../src-contract/result'
import { openArchive } from './archive'
import { removePreviews } from './leftovers'
import type { Masks } from './masks'
import { type BundleContents, type BundleWriteFailure, errnoOf, writeBundle } from './write'

/** Characters of a file that a preview shows. */
const SHOWN = 256 * 1024

/** Bundles that are looked at before they are saved. One at a time: preparing another drops the one before. */
export interface Bundles {
  prepare(): Promise<Result<BundlePreview, BundleWriteFailure>>
  /** The beginning of one of its files. */
  read(
    id: string,
    name: string,
  ): Promise<Result<{ readonly text: string; readonly cut: boolean }, BundleWriteFailure>>
  /** All or nothing: a file that was there before stays as it was when saving fails. */
  save(id: string, path: string): Promise<Result<null, BundleWriteFailure>>
  /** Forgets the preview and removes its file. */
  close(): Promise<void>
}

export interface BundlesOptions {
  /** Asked at each `prepare`. */
  readonly contents: () => BundleContents
  readonly masks: Masks
  /** For temporary files; made when it is not there, readable by this user only. */
  readonly folder: string
  /** Epoch ms. */
  readonly now: () => number
  readonly newId: () => string
  readonly limitBytes?: number
}

interface Prepared {
  readonly preview: BundlePreview
  readonly path: string
}

const gone = err<BundleWriteFailure>({ code: 'gone' })

const disk = (path: string, error: unknown) =>
  err<BundleWriteFailure>({ code: 'disk', path, errno: errnoOf(error) })

/** On the disk, not only in its cache: a power cut must not leave an empty file with the right name. */
const writeThrough = async (path: string, bytes: Buffer): Promise<void> => {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

export const createBundles = (options: BundlesOptions): Bundles => {
  const { folder, masks } = options
  let prepared: Prepared | null = null

  const drop = async (): Promise<void> => {
    const dropped = prepared
    prepared = null
    if (dropped !== null) await rm(dropped.path, { force: true }).catch(() => undefined)
  }

  const find = (id: string): Prepared | null => (prepared?.preview.id === id ? prepared : null)

  const write = async (): Promise<Result<BundlePreview, BundleWriteFailure>> => {
    await drop()
    const id = options.newId()
    const path = join(folder, `bundle-${id}.zip`)
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      // Of this run there is at most one.
      await removePreviews(folder)
    } catch (error) {
      return disk(folder, error)
    }
    const { limitBytes } = options
    const contents = options.contents()
    const written = await writeBundle(path, {
      contents,
      masks,
      createdAt: options.now(),
      ...(limitBytes === undefined ? {} : { limitBytes }),
    })
    if (!written.ok) {
      await rm(path, { force: true }).catch(() => undefined)
      return written
    }
    const preview: BundlePreview = {
      id,
      ...written.value,
      plain: contents.trace.plain,
      bytes: (await stat(path)).size,
    }
    prepared = { preview, path }
    return ok(preview)
  }

  /** One after the other: two clicks must not leave a file that nobody removes. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = last.then(work, work)
    last = run.catch(() => undefined)
    return run
  }

  return {
    prepare: () => inTurn(write),
    read: async (id, name) => {
      const found = find(id)
      if (found === null || !found.preview.files.some((file) => file.name === name)) return gone
      const archive = await openArchive(found.path)
      if (!archive.ok) return gone
      const text = await archive.value.text(name, null)
      await archive.value.close()
      return text.ok ? ok({ text: text.value.slice(0, SHOWN), cut: text.value.length > SHOWN }) : gone
    },
    save: (id, path) =>
      inTurn(async () => {
        const found = find(id)
        if (found === null) return gone
        // Beside its place, so that the last step is a rename on one disk.
        const part = `${path}.${id}.part`
        try {
          await writeThrough(part, await readFile(found.path))
          await rename(part, path)
          return ok(null)
        } catch (error) {
          await rm(part, { force: true }).catch(() => undefined)
          return disk(path, error)
        }
      }),
    close: () => inTurn(drop),
  }
}
