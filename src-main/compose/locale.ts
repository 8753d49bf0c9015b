import type { Locale, LocaleSetting } from '../../src-contract/state'

/** The first language of the system that we speak; English otherwise. */
export const effectiveLocale = (setting: LocaleSetting, systemLanguages: readonly string[]): Locale => {
  if (setting !== 'system') return setting
  for (const language of systemLanguages) {
    const base = language.toLowerCase().split(/[-_]/)[0]
    if (base === 'nl' || base === 'en') return base
  }
  return 'en'
}
