import { setImmediate } from 'node:timers/promises'
import type {
  AttemptDetail,
  BundleFile,
  MaskCounts,
  TraceEntry,
  TraceState,
} from '../../../src-contract/inspector'
import { err, ok, type Result } from '../../../src-contract/result'
import type { InspectorSource } from '../../inspector/source'
import { harOf } from '../har'
import { gatherAttempts } from './attempts'
import * as format from './format'
import { readLogTails, type LogText } from './logTail'
import { holdsBesideMarks, type Masks, redactValue } from './masks'
import { createPacker, type PackedFile, type Packer, type SecretFound } from './pack'
import { traceSegments } from './segments'

/** A setting as it works now and where that comes from. */
export interface EffectiveSetting {
  readonly name: string
  readonly value: string | number | boolean | null
  readonly source: 'default' | 'file' | 'commandLine'
}

/** What goes into a bundle. */
export interface BundleContents {
  readonly source: InspectorSource
  readonly trace: TraceState
  /** Entries as captured, not laid out: of `count` numbers from `seq` on, those that are still there. */
  readonly rawTrace: (seq: number, count: number) => Promise<readonly TraceEntry[]>
  /** host:port of the session. */
  readonly server: string
  /** Of Sidetone. */
  readonly version: string
  /** System and processor: `win32 x64`. */
  readonly platform: string
  /** Electron, Chromium, Node, system, locale: by name. */
  readonly versions: Readonly<Record<string, string>>
  readonly settings: readonly EffectiveSetting[]
  /** Paths, newest first. */
  readonly logs: readonly string[]
}

export type BundleWriteFailure =
  | SecretFound
  /** `errno` is Node's: ENOSPC, EACCES, ... */
  | { readonly code: 'disk'; readonly path: string; readonly errno: string }
  /** Even without any trace. */
  | { readonly code: 'tooLarge'; readonly limitBytes: number }
  /** The preview was dropped, or replaced by a newer one. */
  | { readonly code: 'gone' }

export interface WrittenBundle {
  readonly files: readonly BundleFile[]
  readonly masked: MaskCounts
}

export interface WriteOptions {
  readonly contents: BundleContents
  readonly masks: Masks
  /** Epoch ms. */
  readonly createdAt: number
  readonly limitBytes?: number
}

export const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'

/** HARs of the newest attempts: for those who read them with other tools. */
const HARS = 5

const json = (
  name: string,
  what: PackedFile['what'],
  value: unknown,
  redact: (text: string) => string,
): PackedFile => ({
  name,
  what,
  form: 'json',
  text: `${JSON.stringify(redactValue(value, redact))}\n`,
})

/** Attempts one by one, and logs in pieces: masking some megabytes at once would hold up everything else. */
const attemptsFile = async (
  attempts: readonly AttemptDetail[],
  redact: Masks['redact'],
): Promise<PackedFile> => {
  const texts: string[] = []
  for (const attempt of attempts) {
    texts.push(JSON.stringify(redactValue(attempt, redact)))
    await setImmediate()
  }
  return {
    name: format.ATTEMPTS,
    what: 'attempts',
    form: 'json',
    text: `{"attempts":[${texts.join(',')}]}\n`,
  }
}

/** Characters of a log masked in one go, up to the end of a line. */
const PIECE = 200_000

const logFile = async ({ name, text }: LogText, redact: Masks['redact']): Promise<PackedFile> => {
  const pieces: string[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start + PIECE)
    const end = newline < 0 ? text.length : newline + 1
    pieces.push(redact(text.slice(start, end)))
    start = end
    await setImmediate()
  }
  return { name: format.logName(name), what: 'log', form: 'plain', text: pieces.join('') }
}

/** Everything but the trace, most needed first. */
async function* fixedFiles(
  contents: BundleContents,
  redact: Masks['redact'],
  attempts: readonly AttemptDetail[],
): AsyncGenerator<PackedFile> {
  yield json(format.VERSIONS, 'versions', { sidetone: contents.version, ...contents.versions }, redact)
  yield json(format.SETTINGS, 'settings', { settings: contents.settings }, redact)
  yield attemptsFile(attempts, redact)
  yield json(format.HEALTH, 'health', contents.source.health(null), redact)
  for (const log of await readLogTails(contents.logs, format.WRITE_LIMITS.logs)) yield logFile(log, redact)
  let room: number = format.WRITE_LIMITS.hars
  for (const attempt of attempts.slice(-HARS).reverse()) {
    const har = json(format.harName(attempt.id), 'har', harOf(attempt, contents), redact)
    room -= har.text.length
    if (room < 0) return
    yield har
  }
}

type Outcome = Result<WrittenBundle, BundleWriteFailure>

const fill = async (packer: Packer, options: WriteOptions): Promise<Outcome> => {
  const { contents, masks, createdAt } = options
  const limitBytes = options.limitBytes ?? format.WRITE_LIMITS.bundle
  const redact = (text: string): string => masks.redact(text)
  const attempts = await gatherAttempts(contents.source, format.WRITE_LIMITS.attempts)
  for await (const file of fixedFiles(contents, redact, attempts.attempts)) {
    const added = await packer.add(file, limitBytes)
    if (added === 'full') return err({ code: 'tooLarge', limitBytes })
    if (added !== 'added') return err(added)
  }

  // Room for the index, whose size follows from the segments.
  const indexBytes = 200_000
  const segments: format.SegmentIndex[] = []
  let entryBytes = 0
  const { first, next } = contents.trace
  const raw = { first, next, read: contents.rawTrace }
  for await (const { index, text, entryBytes: bytes } of traceSegments(raw, redact)) {
    const room = Math.max(limitBytes * 0.9, limitBytes - indexBytes)
    const added = await packer.add({ name: index.name, what: 'trace', form: 'lines', text }, room)
    if (added === 'full') break
    if (added !== 'added') return err(added)
    segments.push(index)
    entryBytes += bytes
  }
  segments.reverse()
  const added = await packer.add(
    json(format.TRACE_INDEX, 'trace', { segments }, (text) => text),
    limitBytes,
  )
  if (added === 'full') return err({ code: 'tooLarge', limitBytes })
  if (added !== 'added') return err(added)

  const entries = segments.reduce((sum, segment) => sum + segment.kinds.length, 0)
  const listed: BundleFile[] = []
  const manifest = await packer.finish((files) => {
    listed.push(...files.map(({ name, bytes, what }) => ({ name, bytes, what })))
    return {
      format: format.BUNDLE_FORMAT,
      formatVersion: format.FORMAT_VERSION,
      createdAt,
      version: redact(contents.version),
      platform: redact(contents.platform),
      server: redact(contents.server),
      files,
      masked: packer.masked,
      trace: {
        first: segments[0]?.firstSeq ?? 0,
        next: (segments.at(-1)?.lastSeq ?? -1) + 1,
        bytes: entryBytes,
        maxBytes: contents.trace.maxBytes,
        entries,
        leftOut: Math.max(0, next - first - entries),
        plain: contents.trace.plain,
      },
      attemptsShortened: attempts.shortened,
    }
  })
  return 'code' in manifest ? err(manifest) : ok({ files: [manifest, ...listed], masked: packer.masked })
}

/** Writes a bundle to a new file at `path`. On failure the file may be there in part; it is the caller's to remove. */
export const writeBundle = async (path: string, options: WriteOptions): Promise<Outcome> => {
  const packer = createPacker(path, options.createdAt, holdsBesideMarks(options.masks))
  try {
    const outcome = await fill(packer, options)
    if (!outcome.ok) await packer.abandon()
    return outcome
  } catch (error) {
    await packer.abandon()
    // Only the disk throws here on purpose; anything else is a bug and stays one.
    if (errnoOf(error) === 'UNKNOWN') throw error
    return err({ code: 'disk', path, errno: errnoOf(error) })
  }
}
