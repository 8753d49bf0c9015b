import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { ZipFile } from 'yazl'
import type { BundleFile, MaskCounts } from '../../../src-contract/inspector'
import { type BundleContent, MANIFEST, type Manifest } from './format'
import { addMasks, countMarks, fileHoldsSecret, NO_MASKS } from './masks'

const deflate = promisify(deflateRaw)

/** Of a local header, a central header and what a manifest says of a file. */
const OVERHEAD = 600
const MODE = 0o100644

export interface PackedFile {
  readonly name: string
  readonly what: BundleContent
  readonly form: 'json' | 'lines' | 'plain'
  readonly text: string
}

/** A registered secret was still in it: nothing may be written. */
export interface SecretFound {
  readonly code: 'secretFound'
  readonly file: string
}

/** Writes one zip, file by file; memory holds only the file at hand and what the disk has not taken yet. */
export interface Packer {
  /** What the zip takes up so far, never less than it will. */
  readonly bytes: number
  readonly masked: MaskCounts
  /** `full`: it would not fit under `limit` any more and was left out. */
  add(file: PackedFile, limit: number): Promise<'added' | 'full' | SecretFound>
  /** Writes the manifest last, because it tells of all others, and ends the zip. */
  finish(manifestOf: (files: Manifest['files']) => Manifest): Promise<BundleFile | SecretFound>
  /** Ends without a usable zip. */
  abandon(): Promise<void>
}

export const createPacker = (
  path: string,
  createdAt: number,
  holdsSecret: (text: string) => boolean,
): Packer => {
  const zip = new ZipFile()
  const mtime = new Date(createdAt)
  const stop = new AbortController()
  const written = pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600, flags: 'wx' }), {
    signal: stop.signal,
  })
  // Told when awaited; until then a full disk is not an unhandled rejection.
  written.catch(() => undefined)
  const files: Manifest['files'][number][] = []
  let bytes = 0
  let masked = NO_MASKS
  return {
    get bytes() {
      return bytes
    },
    get masked() {
      return masked
    },
    add: async ({ name, what, form, text }, limit) => {
      if (fileHoldsSecret(text, form, holdsSecret)) return { code: 'secretFound', file: name }
      await setImmediate()
      const buffer = Buffer.from(text, 'utf8')
      // The fastest level is the upper bound: the zip itself is made with the usual one.
      const packed = (await deflate(buffer, { level: 1 })).length + OVERHEAD
      if (bytes + packed > limit) return 'full'
      bytes += packed
      // HARs repeat what attempts told.
      if (what !== 'har') masked = addMasks(masked, countMarks(text))
      files.push({
        name,
        bytes: buffer.length,
        what,
        sha256: createHash('sha256').update(buffer).digest('hex'),
      })
      zip.addBuffer(buffer, name, { mtime, mode: MODE })
      return 'added'
    },
    finish: async (manifestOf) => {
      const text = `${JSON.stringify(manifestOf(files), null, 2)}\n`
      if (fileHoldsSecret(text, 'json', holdsSecret)) return { code: 'secretFound', file: MANIFEST }
      const buffer = Buffer.from(text, 'utf8')
      zip.addBuffer(buffer, MANIFEST, { mtime, mode: MODE })
      zip.end()
      await written
      return { name: MANIFEST, what: 'manifest', bytes: buffer.length }
    },
    abandon: async () => {
      stop.abort()
      await written.catch(() => undefined)
    },
  }
}
