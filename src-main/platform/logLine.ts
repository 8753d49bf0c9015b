import type { LogValue } from '../session/ports'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface LogRecord {
  readonly at: number
  readonly level: LogLevel
  readonly event: string
  readonly fields: Readonly<Record<string, LogValue>>
}

/** Bytes of one line, the line break included (fault L1). */
export const MAX_LINE_BYTES = 8192
const MAX_TEXT = 1500

/** JSON escapes C0 only: C1, line separators and bidirectional controls can still forge or hide a line (fault S7). */
const escapeControls = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const shorten = (text: string): string =>
  text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}... (${String(text.length)} characters)`

/** One JSON line with its line break. Redaction comes before cutting: half a secret is a secret too. */
export const formatLine = (record: LogRecord, redact: (text: string) => string): string => {
  const clean = (text: string): string => shorten(redact(text))
  const head = {
    at: new Date(record.at).toISOString(),
    level: record.level,
    event: clean(record.event),
  }
  const entries = Object.entries(record.fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, LogValue] => [clean(key), typeof value === 'string' ? clean(value) : value])
  const line = `${escapeControls(JSON.stringify({ ...head, ...Object.fromEntries(entries) }))}\n`
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return line
  return `${escapeControls(JSON.stringify({ ...head, event: head.event.slice(0, 200), cut: line.length }))}\n`
}
