import { basename } from 'node:path'
import type * as z from 'zod/mini'
import type { AttemptDetail, AttemptSummary, HealthView, OpenedBundle } from '../../../src-contract/inspector'
import { err, ok, type Result } from '../../../src-contract/result'
import type { InspectorSource } from '../../inspector/source'
import { type Archive, type BundleReadFailure, openArchive } from './archive'
import { parseJson } from './boundedJson'
import * as format from './format'
import { createOpenedTrace } from './openedTrace'
import { attemptsShape, healthShape } from './shapes'

export type { BundleReadFailure } from './archive'

/** A bundle that is being looked at. */
export interface OpenBundle {
  readonly about: OpenedBundle
  readonly source: InspectorSource
  close(): Promise<void>
}

type Read<T> = Result<T, BundleReadFailure>

const wrongShape = (file: string) => err<BundleReadFailure>({ code: 'wrongShape', file })

const shaped = <T>(file: string, text: string, shape: z.ZodMiniType<T>): Read<T> => {
  const checked = shape.safeParse(parseJson(text))
  return checked.success ? ok(checked.data) : wrongShape(file)
}

const readManifest = async (
  archive: Archive,
): Promise<Read<{ manifest: format.Manifest; bytes: number }>> => {
  const bytes = archive.sizes.get(format.MANIFEST)
  if (bytes === undefined) return err({ code: 'notABundle' })
  const text = await archive.text(format.MANIFEST, null)
  if (!text.ok) return text
  const head = shaped(format.MANIFEST, text.value, format.manifestHead)
  if (!head.ok) return head
  const { formatVersion } = head.value
  if (formatVersion > format.FORMAT_VERSION) return err({ code: 'newer', formatVersion })
  const manifest = shaped(format.MANIFEST, text.value, format.manifestShape)
  if (!manifest.ok) return manifest
  const names = new Set(manifest.value.files.map((file) => file.name))
  if (names.size < manifest.value.files.length) return wrongShape(format.MANIFEST)
  return ok({ manifest: manifest.value, bytes })
}

/** Segments in order, each one listed in the manifest. */
const isSound = ({ segments }: format.TraceIndex, listed: ReadonlySet<string>): boolean => {
  let last = -1
  let entries = 0
  for (const { name, firstSeq, lastSeq, kinds } of segments) {
    if (!listed.has(name) || firstSeq <= last || lastSeq - firstSeq + 1 < kinds.length) return false
    last = lastSeq
    entries += kinds.length
  }
  return entries <= format.READ_LIMITS.entries
}

const summaryOf = ({ mode: _, stages: _s, calls: _c, ...summary }: AttemptDetail): AttemptSummary => summary

/** Everything within the last `lastMs` of the series, as of its end. */
const lastOf = (health: HealthView, lastMs: number | null): HealthView => {
  if (lastMs === null) return health
  const from = health.to - lastMs
  const reaches = ({ to }: { readonly to: number | null }): boolean => to === null || to >= from
  return {
    ...health,
    from,
    points: health.points.filter((point) => point.at + health.stepMs > from),
    states: health.states.filter(reaches),
    calls: health.calls.filter(reaches),
    disconnects: health.disconnects.filter(reaches),
  }
}

const aboutOf = (path: string, manifest: format.Manifest, manifestBytes: number): OpenedBundle => ({
  name: basename(path),
  createdAt: manifest.createdAt,
  version: manifest.version,
  platform: manifest.platform,
  server: manifest.server,
  files: [
    { name: format.MANIFEST, bytes: manifestBytes, what: 'manifest' },
    ...manifest.files.map(({ name, bytes, what }) => ({ name, bytes, what })),
  ],
  masked: manifest.masked,
  trace: {
    first: manifest.trace.first,
    next: manifest.trace.next,
    bytes: manifest.trace.bytes,
    maxBytes: manifest.trace.maxBytes,
    paused: true,
    plain: manifest.trace.plain,
  },
})

const read = async (path: string, archive: Archive): Promise<Read<OpenBundle>> => {
  const found = await readManifest(archive)
  if (!found.ok) return found
  const { manifest, bytes } = found.value
  const listed = new Map(manifest.files.map((file) => [file.name, file]))
  const missing = manifest.files.find((file) => archive.sizes.get(file.name) !== file.bytes)
  if (missing !== undefined) return err({ code: 'damaged', file: missing.name })

  const part = async <T>(name: string, shape: z.ZodMiniType<T>): Promise<Read<T>> => {
    const expected = listed.get(name)
    if (expected === undefined) return err({ code: 'damaged', file: name })
    const text = await archive.text(name, expected)
    return text.ok ? shaped(name, text.value, shape) : text
  }
  const attempts = await part(format.ATTEMPTS, attemptsShape)
  if (!attempts.ok) return attempts
  const health = await part(format.HEALTH, healthShape)
  if (!health.ok) return health
  const index = await part(format.TRACE_INDEX, format.traceIndexShape)
  if (!index.ok) return index
  if (!isSound(index.value, new Set(listed.keys()))) return wrongShape(format.TRACE_INDEX)

  const details = new Map(attempts.value.attempts.map((attempt) => [attempt.id, attempt]))
  const summaries = attempts.value.attempts.map(summaryOf)
  const trace = createOpenedTrace(index.value.segments, async (name) => {
    const text = await archive.text(name, listed.get(name) ?? null)
    return text.ok ? text.value : null
  })
  return ok({
    about: aboutOf(path, manifest, bytes),
    source: {
      attempts: () => summaries,
      attempt: (id) => details.get(id) ?? null,
      health: (lastMs) => lastOf(health.value, lastMs),
      tracePage: trace.tracePage,
      traceEntry: trace.traceEntry,
    },
    close: () => archive.close(),
  })
}

/**
 * Opens a bundle that anybody may have made. Bounded in memory and time; every value is checked before it is believed,
 * and the trace stays packed until it is looked at.
 */
export const openBundle = async (path: string): Promise<Read<OpenBundle>> => {
  const archive = await openArchive(path)
  if (!archive.ok) return archive
  const opened = await read(path, archive.value)
  if (!opened.ok) await archive.value.close()
  return opened
}
