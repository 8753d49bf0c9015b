import { readFileSync, renameSync, statSync } from 'node:fs'
import { defaultSettings, settingsSchema } from './schema'
import type { StoredSettings } from './schema'

/** A settings file is a few kilobytes; anything larger is not one (fault D3). */
const MAX_BYTES = 1024 * 1024

export type SettingsTrouble =
  | { readonly kind: 'unreadable'; readonly file: string; readonly code: string }
  /** The file made no sense; it was set aside as `kept` (null: that failed too). */
  | { readonly kind: 'bad'; readonly file: string; readonly kept: string | null }

export interface LoadedSettings {
  readonly settings: StoredSettings
  readonly trouble: SettingsTrouble | null
  /** False when the settings are only in memory so far: their random part must be written to stay the same. */
  readonly stored: boolean
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

const setAside = (file: string): string | null => {
  const kept = `${file}.bad`
  try {
    renameSync(file, kept)
    return kept
  } catch {
    return null
  }
}

const parse = (text: string): StoredSettings | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const checked = settingsSchema.safeParse(value)
  return checked.success ? checked.data : null
}

/** Synchronous on purpose: one small file, read once, before the first window is placed. */
export const loadSettings = (file: string, besideResource: string): LoadedSettings => {
  const defaults = defaultSettings(besideResource)
  let text: string
  try {
    const stat = statSync(file)
    if (!stat.isFile() || stat.size > MAX_BYTES)
      return { settings: defaults, trouble: { kind: 'bad', file, kept: setAside(file) }, stored: false }
    // Some editors put a mark in front that JSON does not know.
    text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    const code = codeOf(error)
    const trouble: SettingsTrouble | null = code === 'ENOENT' ? null : { kind: 'unreadable', file, code }
    // What cannot be read may still be good: it is not written over.
    return { settings: defaults, trouble, stored: trouble !== null }
  }
  const settings = parse(text)
  if (settings) return { settings, trouble: null, stored: true }
  const kept = setAside(file)
  return { settings: defaults, trouble: { kind: 'bad', file, kept }, stored: kept === null }
}
