import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'
import { err, ok, type Result } from '../../../src-contract/result'
import { READ_LIMITS } from './format'

/** Why a file is not a bundle that can be shown. `file` is a name inside of it. */
export type BundleReadFailure =
  /** The file itself. `errno` is Node's: ENOENT, EACCES, EISDIR, ... */
  | { readonly code: 'unreadable'; readonly errno: string }
  /** No zip, or a zip without our manifest. */
  | { readonly code: 'notABundle' }
  /** Begins as one, but is cut off, or a size or a digest is wrong. */
  | { readonly code: 'damaged'; readonly file: string }
  /** A name that leads out of the bundle, a name that is there twice, encryption: nobody's bundle looks like that. */
  | { readonly code: 'unsafe'; readonly file: string }
  | { readonly code: 'tooLarge'; readonly file: string; readonly limitBytes: number }
  /** Made by a Sidetone newer than this one. */
  | { readonly code: 'newer'; readonly formatVersion: number }
  /** Readable, but not what its name promises. */
  | { readonly code: 'wrongShape'; readonly file: string }

export interface Expected {
  readonly bytes: number
  readonly sha256: string
}

/** A zip that was looked through: what it claims is within bounds. Nothing of it is inflated yet. */
export interface Archive {
  /** Names with the sizes they claim. */
  readonly sizes: ReadonlyMap<string, number>
  /** The whole text, checked against what the manifest expects; `null` for the manifest itself. */
  text(name: string, expected: Expected | null): Promise<Result<string, BundleReadFailure>>
  close(): Promise<void>
}

const UNSAFE = /relative path|absolute path|invalid characters in fileName/i
/** "PK", with which every zip begins. */
const MAGIC = Buffer.from('PK')

/** Not on Windows. */
const NONBLOCK = 'O_NONBLOCK' in constants ? constants.O_NONBLOCK : 0

const damaged = (file: string) => err<BundleReadFailure>({ code: 'damaged', file })

const refusalOf = (
  entry: Entry,
  seen: ReadonlyMap<string, Entry>,
  claimed: number,
): BundleReadFailure | null => {
  const file = entry.fileName.slice(0, 200)
  // The same name in other case would be the same file once unpacked on most desktops.
  if (entry.isEncrypted() || seen.has(entry.fileName.toLowerCase())) return { code: 'unsafe', file }
  if (entry.uncompressedSize > READ_LIMITS.file)
    return { code: 'tooLarge', file, limitBytes: READ_LIMITS.file }
  if (claimed > READ_LIMITS.inflated) return { code: 'tooLarge', file, limitBytes: READ_LIMITS.inflated }
  return null
}

const listOf = async (zip: ZipFile): Promise<Result<ReadonlyMap<string, Entry>, BundleReadFailure>> => {
  if (zip.entryCount > READ_LIMITS.files) return err({ code: 'unsafe', file: '' })
  const folded = new Map<string, Entry>()
  const entries = new Map<string, Entry>()
  let claimed = 0
  try {
    for await (const entry of zip.eachEntry()) {
      claimed += entry.uncompressedSize
      const refusal = refusalOf(entry, folded, claimed)
      if (refusal !== null) return err(refusal)
      folded.set(entry.fileName.toLowerCase(), entry)
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    return error instanceof Error && UNSAFE.test(error.message)
      ? err({ code: 'unsafe', file: '' })
      : damaged('')
  }
  return ok(entries)
}

/** At most what the entry claims, which was found acceptable; yauzl fails as soon as more or less comes. */
const inflate = async (zip: ZipFile, entry: Entry): Promise<Buffer | null> => {
  try {
    const stream = await zip.openReadStreamPromise(entry)
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  } catch {
    return null
  }
}

const textOf = (bytes: Buffer): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const archiveOf = (zip: ZipFile, entries: ReadonlyMap<string, Entry>, file: FileHandle): Archive => {
  let closed = false
  return {
    sizes: new Map([...entries].map(([name, entry]) => [name, entry.uncompressedSize])),
    text: async (name, expected) => {
      const entry = entries.get(name)
      // The number of a closed file may mean another one by now.
      if (entry === undefined || closed) return damaged(name)
      if (expected !== null && expected.bytes !== entry.uncompressedSize) return damaged(name)
      const bytes = await inflate(zip, entry)
      if (bytes === null) return damaged(name)
      if (expected !== null && createHash('sha256').update(bytes).digest('hex') !== expected.sha256)
        return damaged(name)
      const text = textOf(bytes)
      return text === null ? damaged(name) : ok(text)
    },
    close: () => {
      closed = true
      return file.close()
    },
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'

const look = async (file: FileHandle): Promise<Result<Archive, BundleReadFailure>> => {
  const stat = await file.stat()
  if (stat.isDirectory()) return err({ code: 'unreadable', errno: 'EISDIR' })
  if (!stat.isFile()) return err({ code: 'notABundle' })
  if (stat.size > READ_LIMITS.bundle)
    return err({ code: 'tooLarge', file: '', limitBytes: READ_LIMITS.bundle })
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  if (bytesRead < 2 || !buffer.equals(MAGIC)) return err({ code: 'notABundle' })
  const zip = await fromFdPromise(file.fd, { autoClose: false, strictFileNames: true }).catch(() => null)
  if (zip === null) return damaged('')
  const entries = await listOf(zip)
  return entries.ok ? ok(archiveOf(zip, entries.value, file)) : entries
}

/** Opens a file nobody vouches for. Memory and time are bounded by `READ_LIMITS`, whatever it says. */
export const openArchive = async (path: string): Promise<Result<Archive, BundleReadFailure>> => {
  let file: FileHandle
  try {
    // Not blocking: a pipe that somebody named like a bundle would wait for ever.
    file = await open(path, constants.O_RDONLY | NONBLOCK)
  } catch (error) {
    return err({ code: 'unreadable', errno: codeOf(error) })
  }
  const looked = await look(file).catch((error: unknown) =>
    err<BundleReadFailure>({ code: 'unreadable', errno: codeOf(error) }),
  )
  if (!looked.ok) await file.close()
  return looked
}
