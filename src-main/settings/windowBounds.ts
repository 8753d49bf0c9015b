import type { StoredSettings } from './schema'
import type { SettingsStore } from './store'

type Entry = StoredSettings['windows'][number]

const MAX_DISPLAYS = 20

export const lastBounds = (settings: StoredSettings): Entry['bounds'] | null =>
  settings.windows[0]?.bounds ?? null

export const rememberBounds = (store: SettingsStore, display: string, bounds: Entry['bounds']): void =>
  store.update((settings) => ({
    ...settings,
    windows: [{ display, bounds }, ...settings.windows.filter((entry) => entry.display !== display)].slice(
      0,
      MAX_DISPLAYS,
    ),
  }))
