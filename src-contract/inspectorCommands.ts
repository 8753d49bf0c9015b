import * as z from 'zod/mini'
import { defineCommand, text } from './defineCommand'
import {
  TRACE_KINDS,
  type AttemptDetail,
  type AttemptSummary,
  type BundlePreview,
  type HealthView,
  type TraceEntry,
  type TracePage,
} from './inspector'

const source = z.enum(['live', 'bundle'])
const count = z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER))
const filter = z.strictObject({
  kinds: z.array(z.enum(TRACE_KINDS)).check(z.maxLength(TRACE_KINDS.length)),
  text: text(200),
  failedOnly: z.boolean(),
})

/** Output of our own making: described by its type, not checked again. */
const answer = <T>() => z.custom<T>()
const saved = z.strictObject({ path: z.nullable(z.string()) })
const nothing = z.strictObject({})

/** What the connection inspector, the self-test and the support bundle answer to. */
export const inspectorCommands = {
  /** Newest last, at most 500. */
  'inspector.attempts': defineCommand(z.strictObject({ source }), answer<readonly AttemptSummary[]>()),
  'inspector.attempt': defineCommand(z.strictObject({ source, id: count }), answer<AttemptDetail | null>()),
  'inspector.health': defineCommand(
    z.strictObject({ source, /** Null: the whole shift. */ lastMs: z.nullable(count) }),
    answer<HealthView>(),
  ),
  'trace.page': defineCommand(
    z.strictObject({
      source,
      filter,
      /** Position in the filtered list; null: the newest `count`. */
      from: z.nullable(count),
      count: z.int().check(z.minimum(1), z.maximum(500)),
    }),
    answer<TracePage>(),
  ),
  'trace.entry': defineCommand(z.strictObject({ source, seq: count }), answer<TraceEntry | null>()),
  'trace.pause': defineCommand(z.strictObject({ paused: z.boolean() }), z.null()),
  /** Keeps numbers and call variables as they are from now on; until the shift ends or another agent signs in. */
  'trace.plain': defineCommand(z.strictObject({ plain: z.boolean() }), z.null()),
  /** One attempt as HAR 1.2; asks where to. Null path: the person thought better of it. */
  'inspector.saveHar': defineCommand(z.strictObject({ source, id: count }), saved),
  /** Copies one entry, or one attempt as text, to the clipboard (main's: the window has no permission). */
  'inspector.copy': defineCommand(z.strictObject({ text: text(2_000_000) }), z.null()),
  'bundle.preview': defineCommand(nothing, answer<BundlePreview>()),
  /** The beginning of one file of the preview, at most 256 Ki characters. */
  'bundle.read': defineCommand(
    z.strictObject({ id: text(64), name: text(200) }),
    z.strictObject({ text: z.string(), cut: z.boolean() }),
  ),
  'bundle.save': defineCommand(z.strictObject({ id: text(64) }), saved),
  'bundle.sendToFinesse': defineCommand(z.strictObject({ id: text(64) }), z.null()),
  'bundle.open': defineCommand(nothing, z.strictObject({ opened: z.boolean() })),
  'bundle.close': defineCommand(nothing, z.null()),
  'selfTest.start': defineCommand(
    z.strictObject({
      server: text(300),
      caFile: z.nullable(text(4096)),
      /** Null: without credentials. With them every stage, but nobody is signed in. */
      account: z.nullable(
        z.strictObject({
          loginId: text(256),
          /** Null: the one main holds. */ password: z.nullable(text(1024)),
        }),
      ),
    }),
    z.null(),
  ),
  'selfTest.stop': defineCommand(nothing, z.null()),
} as const
