import type { CommandInput } from '../../src-contract/commands'
import type { Settings } from '../../src-contract/state'
import type { StoredSettings } from '../settings/schema'
import { effectiveLocale } from './locale'

export const settingsSlice = (stored: StoredSettings, systemLanguages: readonly string[]): Settings => ({
  theme: stored.theme,
  locale: stored.locale,
  effectiveLocale: effectiveLocale(stored.locale, systemLanguages),
  notifications: stored.notifications,
  signInAfterFailover: stored.signInAfterFailover,
  restoreReady: stored.restoreReady,
})

/** Only what was named changes. */
export const withChoice = (stored: StoredSettings, choice: CommandInput<'settings.set'>): StoredSettings => ({
  ...stored,
  theme: choice.theme ?? stored.theme,
  locale: choice.locale ?? stored.locale,
  notifications: choice.notifications ?? stored.notifications,
  signInAfterFailover: choice.signInAfterFailover ?? stored.signInAfterFailover,
  restoreReady: choice.restoreReady ?? stored.restoreReady,
})
