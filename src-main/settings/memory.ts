import type { SessionMemory } from '../session/ports'
import { MAX_LIST, MAX_PARTNER_LIST } from './schema'
import type { StoredPartner, StoredPin } from './schema'
import type { SettingsStore } from './store'

/**
 * What the session remembers between runs, kept in the settings file. `isLasting`: not the simulator, whose ports are
 * others each time and would push out the partners of real servers.
 */
export const createSessionMemory = (
  store: SettingsStore,
  isLasting: (server: string) => boolean = () => true,
): SessionMemory => ({
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
  partner: (server) => {
    const entry = store.get().partners.find((one) => one.server === server)
    return entry ? { name: entry.name, address: { host: entry.host, port: entry.port } } : null
  },
  rememberPartner: (server, partner) =>
    store.update((settings) => {
      if (!isLasting(server)) return settings
      const [newest] = settings.partners
      const others = settings.partners.filter((one) => one.server !== server)
      const entry = partner && { server, name: partner.name, ...partner.address }
      const known = entry === null ? others.length === settings.partners.length : isSame(newest, entry)
      // Told at every sign-in: nothing new is no reason to write.
      if (known) return settings
      return { ...settings, partners: [...(entry ? [entry] : []), ...others].slice(0, MAX_PARTNER_LIST) }
    }),
})

const isSame = (one: StoredPartner | undefined, other: StoredPartner): boolean =>
  one !== undefined &&
  one.server === other.server &&
  one.name === other.name &&
  one.host === other.host &&
  one.port === other.port

/** One pin per host and port: a new one replaces the old. */
export const rememberPin = (store: SettingsStore, pin: StoredPin): void =>
  store.update((settings) => ({
    ...settings,
    pins: [pin, ...settings.pins.filter((entry) => entry.host !== pin.host || entry.port !== pin.port)].slice(
      0,
      MAX_LIST,
    ),
  }))
