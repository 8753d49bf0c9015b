import { CAUSE_IDS } from '../../../src-contract/causes/ids'
import { STAGES } from '../../../src-contract/connection'
import { TRACE_KINDS, type MaskCounts } from '../../../src-contract/inspector'
import { PROBLEM_CODES } from '../../../src-contract/problem'

/** What must not leave the machine, as the running app knows it. */
export interface Masks {
  /** Takes secrets out of a text. The texts were masked when they were captured; this is the second time. */
  redact(text: string): string
  /** Whether a registered secret is in the text in any of its spellings; shapes that may hold one do not count. */
  holdsSecret(text: string): boolean
}

/** Whether a secret is there beside the marks: one like `red`, mistyped once, is a part of every mark. */
export const holdsBesideMarks =
  ({ holdsSecret }: Pick<Masks, 'holdsSecret'>) =>
  (text: string): boolean =>
    holdsSecret(text.replaceAll('[redacted]', '\0'))

const words = (...lists: readonly (readonly string[])[]): ReadonlySet<string> => new Set(lists.flat())

/**
 * Words of our own, by the name of the field they stand in. They tell nothing, and a password that happens to be one
 * of them must not make a bundle unreadable.
 */
const OUR_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['kind', words(TRACE_KINDS)],
  ['direction', words(['sent', 'received', 'none'])],
  ['status', words(['waiting', 'running', 'ok', 'failed', 'degraded', 'skipped'])],
  ['outcome', words(['running', 'live', 'failed', 'ended'])],
  ['stage', words(STAGES)],
  ['failedAt', words(STAGES, ['rest'])],
  ['node', words(['A', 'B'])],
  ['fromNode', words(['A', 'B'])],
  ['toNode', words(['A', 'B'])],
  ['mode', words(['replace', 'beside'])],
  [
    'look',
    words(['ready', 'notReady', 'call', 'hold', 'wrapUp', 'reserved', 'signedOut', 'lost', 'unknown']),
  ],
  ['code', words(PROBLEM_CODES)],
  ['id', words(CAUSE_IDS)],
  ['what', words(['manifest', 'attempts', 'trace', 'health', 'settings', 'versions', 'log', 'har'])],
  ['source', words(['default', 'file', 'commandLine'])],
])

/** Made by us out of other things: letters for kinds, digests. A short password may be in them by chance. */
const DERIVED: ReadonlySet<string> = new Set(['kinds', 'sha256', 'format'])

const OUR_FILES =
  /^(?:manifest|attempts|health|settings|versions)\.json$|^trace\/(?:index\.json|\d+\.ndjson)$|^har\/attempt-\d+\.har$/

const isOurs = (key: string, value: string): boolean =>
  OUR_WORDS.get(key)?.has(value) === true || DERIVED.has(key) || (key === 'name' && OUR_FILES.test(value))

/** A copy of a JSON value with every text redacted. Text by text: masking JSON as a whole would break its quotes. */
export const redactValue = (value: unknown, redact: (text: string) => string, key = ''): unknown => {
  if (typeof value === 'string') return isOurs(key, value) ? value : redact(value)
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, redactValue(item, redact, name)]),
  )
}

const valueHolds = (value: unknown, holds: (text: string) => boolean, key: string): boolean => {
  if (typeof value === 'string') return !isOurs(key, value) && holds(value)
  if (Array.isArray(value)) return value.some((item) => valueHolds(item, holds, key))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, item]) => valueHolds(item, holds, name))
}

/**
 * Looks at a file exactly as it will be written. A password of a few digits is found in any long number, and one like
 * `kind` in the names of fields: only when something is found are the texts looked at one by one.
 */
export const fileHoldsSecret = (
  text: string,
  form: 'json' | 'lines' | 'plain',
  holds: (text: string) => boolean,
): boolean => {
  if (!holds(text)) return false
  if (form === 'plain') return true
  const documents = form === 'json' ? [text] : text.split('\n').filter((line) => line !== '')
  return documents.some((document) => valueHolds(JSON.parse(document), holds, ''))
}

/** What masking leaves in place of what it takes out (`src-main/inspector`). */
const MARKS = /\[(redacted|number|variable|contact)(?: \d+)?\]/g

/** The marks in a text. Names out of a customer's phone book count as call variables do: what a call brought along. */
export const countMarks = (text: string): MaskCounts => {
  const counts = { secrets: 0, numbers: 0, callVariables: 0 }
  for (const [, kind] of text.matchAll(MARKS)) {
    if (kind === 'redacted') counts.secrets += 1
    else if (kind === 'number') counts.numbers += 1
    else counts.callVariables += 1
  }
  return counts
}

export const NO_MASKS: MaskCounts = { secrets: 0, numbers: 0, callVariables: 0 }

export const addMasks = (a: MaskCounts, b: MaskCounts): MaskCounts => ({
  secrets: a.secrets + b.secrets,
  numbers: a.numbers + b.numbers,
  callVariables: a.callVariables + b.callVariables,
})
