import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openArchive } from '../bundle/archive'
import type { Manifest } from '../bundle/format'
import { writeBundle } from '../bundle/write'
import { listContents, NO_SECRETS, temporaryFolder } from './contents'
import { rawZip, type RawFile } from './rawZip'
import { SAMPLE_AT } from './samples'

export type Files = Readonly<Record<string, string>>

/** The files of a sound bundle of 2,500 entries, to be spoilt. */
const makeSound = async (): Promise<Files> => {
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
  return files
}

export const FIRST_SEGMENT = 'trace/0000000000.ndjson'

export const place = async (bytes: Buffer): Promise<string> => {
  const path = join(await temporaryFolder(), 'b.zip')
  await writeFile(path, bytes)
  return path
}

export const zipOf = (files: Files, extra: readonly RawFile[] = []): Buffer =>
  rawZip([...Object.entries(files).map(([name, content]) => ({ name, content })), ...extra])

/** A bundle and the means to spoil it. */
export const soundBundle = async () => {
  const sound = await makeSound()

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

  return { sound, withFiles, changed }
}

/** More brackets than any parser should be given. */
export const DEEP = '['.repeat(200_000)
