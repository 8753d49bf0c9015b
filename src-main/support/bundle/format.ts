import * as z from 'zod/mini'
import type { BundleFile, MaskCounts } from '../../../src-contract/inspector'

/** Says what the file is, before anything else in it is believed. */
export const BUNDLE_FORMAT = 'sidetone-support-bundle'
/** Counted up when an older Sidetone could misread a bundle; added fields and files do not count. */
export const FORMAT_VERSION = 1

export const MANIFEST = 'manifest.json'
export const ATTEMPTS = 'attempts.json'
export const HEALTH = 'health.json'
export const SETTINGS = 'settings.json'
export const VERSIONS = 'versions.json'
export const TRACE_INDEX = 'trace/index.json'

/** By the number of its oldest entry: known before it is known how many segments there will be. */
export const segmentName = (firstSeq: number): string => `trace/${String(firstSeq).padStart(10, '0')}.ndjson`
export const harName = (attempt: number): string => `har/attempt-${attempt}.har`
export const logName = (name: string): string => `logs/${name.replace(/[^A-Za-z0-9._-]/g, '_')}`

/** Sizes in bytes, uncompressed but for `bundle`. */
export const WRITE_LIMITS = {
  /** The whole zip: what a mail server takes. */
  bundle: 20_000_000,
  attempts: 5_000_000,
  hars: 3_000_000,
  logs: 4 * 1024 * 1024,
  segment: 1_000_000,
  segmentEntries: 500,
  /** Characters. */
  entryText: 500_000,
} as const

/** Wider than what is written, so that a later version may write more. */
export const READ_LIMITS = {
  bundle: 64_000_000,
  /** What all files of a zip may claim together. */
  inflated: 512_000_000,
  files: 5_000,
  /** Per file of what is read at once. */
  file: 16_000_000,
  entries: 1_000_000,
} as const

const count = z.int().check(z.minimum(0))
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const line = z.string().check(z.maxLength(1_000))

export type BundleContent = BundleFile['what']

/** A later version's kinds of files are shown as logs: they are texts. */
const what = z.catch(
  z.enum(['manifest', 'attempts', 'trace', 'health', 'settings', 'versions', 'log', 'har']),
  'log',
)

/** Read first and alone: the rest of a newer manifest may look different. */
export const manifestHead = z.object({ format: z.literal(BUNDLE_FORMAT), formatVersion: count })

export interface Manifest {
  readonly format: typeof BUNDLE_FORMAT
  readonly formatVersion: number
  /** Epoch ms of the machine that wrote it. */
  readonly createdAt: number
  readonly version: string
  readonly platform: string
  /** host:port */
  readonly server: string
  /** All but the manifest itself. */
  readonly files: readonly (BundleFile & { readonly sha256: string })[]
  readonly masked: MaskCounts
  readonly trace: {
    readonly first: number
    readonly next: number
    /** Of the texts. */
    readonly bytes: number
    readonly maxBytes: number
    readonly entries: number
    /** Oldest entries that did not fit. */
    readonly leftOut: number
    /** Numbers and call variables were kept, by consent. */
    readonly plain: boolean
  }
  /** Older attempts whose REST calls and texts did not fit. */
  readonly attemptsShortened: number
}

export const manifestShape: z.ZodMiniType<Manifest> = z.object({
  format: z.literal(BUNDLE_FORMAT),
  formatVersion: count,
  createdAt: z.number().check(z.minimum(0), z.maximum(8.64e15)),
  version: line,
  platform: line,
  server: line,
  files: z.array(z.object({ name: line, bytes: count, what, sha256 })).check(z.maxLength(READ_LIMITS.files)),
  masked: z.object({ secrets: count, numbers: count, callVariables: count }),
  trace: z.object({
    first: count,
    next: count,
    bytes: count,
    maxBytes: count,
    entries: count,
    leftOut: count,
    plain: z.boolean(),
  }),
  attemptsShortened: count,
})

export interface SegmentIndex {
  readonly name: string
  readonly firstSeq: number
  readonly lastSeq: number
  /** One letter per entry, oldest first: its kind, as a capital letter when it failed. */
  readonly kinds: string
}

export interface TraceIndex {
  /** Oldest first. */
  readonly segments: readonly SegmentIndex[]
}

export const traceIndexShape: z.ZodMiniType<TraceIndex> = z.object({
  segments: z
    .array(
      z.object({
        name: z.string().check(z.regex(/^trace\/\d{10,16}\.ndjson$/)),
        firstSeq: count,
        lastSeq: count,
        kinds: z.string().check(z.regex(/^[A-Za-z]+$/)),
      }),
    )
    .check(z.maxLength(READ_LIMITS.files)),
})
