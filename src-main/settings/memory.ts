import type { SessionMemory } from '../session/ports'
import { MAX_LIST } from './schema'
import type { StoredPin } from './schema'
import type { SettingsStore } from './store'

/** What the session remembers between runs, kept in the settings file. */
export const createSessionMemory = (store: SettingsStore): SessionMemory => ({
  favourites: (server, loginId) =>
    store.get().favourites.find((entry) => entry.server === server && entry.loginId === loginId)?.ids ?? [],
  rememberFavourites: (server, loginId, ids) =>
    store.update((settings) => ({
      ...settings,
      favourites: [
        { server, loginId, ids: ids.slice(0, 3) },
        ...settings.favourites.filter((entry) => entry.server !== server || entry.loginId !== loginId),
      ].slice(0, MAX_LIST),
    })),
  besideResource: () => store.get().besideResource,
  pins: () => store.get().pins,
})

/** One pin per host and port: a new one replaces the old. */
export const rememberPin = (store: SettingsStore, pin: StoredPin): void =>
  store.update((settings) => ({
    ...settings,
    pins: [pin, ...settings.pins.filter((entry) => entry.host !== pin.host || entry.port !== pin.port)].slice(
      0,
      MAX_LIST,
    ),
  }))
