import { describe, expect, it } from 'vitest'
import { faultTest } from '../testing/faultTest'
import { createSessionMemory, rememberPin } from './memory'
import { defaultSettings, settingsSchema } from './schema'
import type { StoredSettings } from './schema'
import { createSettingsStore } from './store'

const open = (write: (content: string) => Promise<void>) => {
  let failures = 0
  const store = createSettingsStore({
    initial: defaultSettings('sidetone-0000'),
    write,
    onWriteFailed: () => {
      failures += 1
    },
  })
  return { store, failures: () => failures }
}

const theme = (value: StoredSettings['theme']) => (settings: StoredSettings) => ({
  ...settings,
  theme: value,
})

describe('settings store', () => {
  it('makes one write of changes made together, and it holds the last', async () => {
    const written: string[] = []
    const { store } = open((content) => {
      written.push(content)
      return Promise.resolve()
    })
    store.update(theme('dark'))
    store.update(theme('light'))
    await store.flush()
    expect(written).toHaveLength(1)
    expect(written[0]).toContain('"theme": "light"')
  })

  it('writes again what changed while a write was under way', async () => {
    const written: string[] = []
    let release = (): void => undefined
    const { store } = open((content) => {
      written.push(content)
      return written.length === 1 ? new Promise((done) => (release = () => done())) : Promise.resolve()
    })
    store.update(theme('dark'))
    await Promise.resolve()
    await Promise.resolve()
    store.update(theme('light'))
    release()
    await store.flush()
    expect(written).toHaveLength(2)
    expect(written[1]).toContain('"theme": "light"')
  })

  faultTest('D1', 'goes on with a full disk and complains once', async (t) => {
    t.watch()
    const { store, failures } = open(() => Promise.reject(new Error('ENOSPC')))
    store.update(theme('dark'))
    await store.flush()
    store.update(theme('light'))
    await store.flush()
    expect(store.get().theme).toBe('light')
    expect(failures()).toBe(1)
  })

  it('keeps favourites per server and agent', () => {
    const { store } = open(() => Promise.resolve())
    const memory = createSessionMemory(store)
    memory.rememberFavourites('a', '1', ['x', 'y', 'z', 'too many'])
    memory.rememberFavourites('b', '1', ['q'])
    expect(memory.favourites('a', '1')).toEqual(['x', 'y', 'z'])
    expect(memory.favourites('b', '1')).toEqual(['q'])
    expect(memory.favourites('a', '2')).toEqual([])
  })

  it('keeps the partner of each server, the last twenty, and writes only what is new', async () => {
    let writes = 0
    const { store } = open(() => {
      writes += 1
      return Promise.resolve()
    })
    const memory = createSessionMemory(store)
    const partner = { name: 'B', address: { host: 'fin-b', port: 8445 } } as const
    expect(memory.partner('fin-a:8445')).toBeNull()
    memory.rememberPartner('fin-a:8445', partner)
    memory.rememberPartner('__proto__', { ...partner, name: 'A' })
    expect(memory.partner('fin-a:8445')).toEqual(partner)
    expect(memory.partner('__proto__')).toMatchObject({ name: 'A' })
    await store.flush()
    expect(writes).toBe(1)
    memory.rememberPartner('__proto__', { ...partner, name: 'A' })
    memory.rememberPartner('unknown', null)
    await store.flush()
    expect(writes).toBe(1)
    memory.rememberPartner('fin-a:8445', null)
    expect(memory.partner('fin-a:8445')).toBeNull()
    for (let server = 0; server < 30; server += 1) memory.rememberPartner(String(server), partner)
    expect(store.get().partners.map((one) => one.server)).toEqual(
      Array.from({ length: 20 }, (_, index) => String(29 - index)),
    )
    expect(settingsSchema.safeParse(store.get()).success).toBe(true)
  })

  it('keeps no partner of a server that does not last', () => {
    const { store } = open(() => Promise.resolve())
    const memory = createSessionMemory(store, (server) => server !== 'localhost:40001')
    for (const server of ['localhost:40001', 'fin-a:8445'])
      memory.rememberPartner(server, { name: 'B', address: { host: 'fin-b', port: 8445 } })
    expect(store.get().partners.map((one) => one.server)).toEqual(['fin-a:8445'])
  })

  it('keeps one pin for a host and port', () => {
    const { store } = open(() => Promise.resolve())
    const pin = { host: 'a', port: 443, fingerprint256: 'AA', pem: 'one' }
    rememberPin(store, pin)
    rememberPin(store, { ...pin, port: 8445 })
    rememberPin(store, { ...pin, pem: 'two' })
    expect(
      createSessionMemory(store)
        .pins()
        .map((entry) => [entry.port, entry.pem]),
    ).toEqual([
      [443, 'two'],
      [8445, 'one'],
    ])
  })
})
