import dbus from 'dbus-next'
import { call, ownName, plain, type Bus } from './bus'
import { readIcon, type TrayIcon } from './trayIcon'
import { clickMenuItem, readMenu, type MenuItem } from './trayMenu'

const NAME = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'
const ITEM = 'org.kde.StatusNotifierItem'

type ItemAddress = { readonly destination: string; readonly path: string }

/** The part of a panel that apps announce their tray icons to. */
class StatusNotifierWatcher extends dbus.interface.Interface {
  items: readonly ItemAddress[] = []
  // An app falls back to the old X11 tray unless a host is there to show its icon.
  readonly IsStatusNotifierHostRegistered = true
  readonly ProtocolVersion = 0

  constructor() {
    super(NAME)
  }

  get RegisteredStatusNotifierItems(): string[] {
    return this.items.map(({ destination, path }) => destination + path)
  }

  /** @param service a bus name, or (from others than Chromium) an object path */
  RegisterStatusNotifierItem(service: string): void {
    this.items = [...this.items, { destination: service, path: '/StatusNotifierItem' }]
    this.StatusNotifierItemRegistered(service)
  }

  RegisterStatusNotifierHost(_service: string): void {
    this.StatusNotifierHostRegistered()
  }

  StatusNotifierItemRegistered(service: string): string {
    return service
  }

  StatusNotifierItemUnregistered(service: string): string {
    return service
  }

  StatusNotifierHostRegistered(): unknown[] {
    return []
  }
}

StatusNotifierWatcher.configureMembers({
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: dbus.interface.ACCESS_READ },
    IsStatusNotifierHostRegistered: { signature: 'b', access: dbus.interface.ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: dbus.interface.ACCESS_READ },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's' },
    RegisterStatusNotifierHost: { inSignature: 's' },
  },
  signals: {
    StatusNotifierItemRegistered: { signature: 's' },
    StatusNotifierItemUnregistered: { signature: 's' },
    StatusNotifierHostRegistered: { signature: '' },
  },
})

/** The tray as a person at the desktop sees it. Every call speaks of the icon that was registered last. */
export type Tray = {
  readonly waitForItem: (timeoutMs?: number) => Promise<void>
  /** How many icons are there whose app still runs. */
  readonly itemCount: () => Promise<number>
  readonly icon: () => Promise<TrayIcon | null>
  readonly tooltip: () => Promise<string>
  readonly menu: () => Promise<readonly MenuItem[]>
  /** @throws when there is no such item, or it is disabled */
  readonly clickMenu: (labelPath: readonly string[]) => Promise<void>
  /** A click on the icon itself. */
  readonly activate: () => Promise<void>
}

export async function startTray(bus: Bus): Promise<Tray> {
  const watcher = new StatusNotifierWatcher()
  bus.export(PATH, watcher)
  await ownName(bus, NAME)

  const alive = async () => {
    const [names] = await call(bus, busItself, 'ListNames')
    const connected = new Set(names as readonly string[])
    return watcher.items.filter(({ destination }) => connected.has(destination))
  }
  const current = async () => {
    const item = (await alive()).at(-1)
    if (!item) throw new Error('There is no tray icon')
    return item
  }
  const properties = async (item: ItemAddress) => {
    const address = { ...item, iface: 'org.freedesktop.DBus.Properties' }
    const [all] = await call(bus, address, 'GetAll', 's', [ITEM])
    return plain(all) as Readonly<Record<string, unknown>>
  }
  const menuAddress = async () => {
    const item = await current()
    return { destination: item.destination, path: String((await properties(item)).Menu) }
  }

  return {
    waitForItem: async (timeoutMs = 10_000) => {
      const deadline = Date.now() + timeoutMs
      while ((await alive()).length === 0) {
        if (Date.now() > deadline) throw new Error(`No tray icon within ${timeoutMs} ms`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    itemCount: async () => (await alive()).length,
    icon: async () => readIcon((await properties(await current())).IconPixmap),
    tooltip: async () => {
      // (icon name, pictures, title, text): Chromium fills the title.
      const tooltip = (await properties(await current())).ToolTip as readonly unknown[] | undefined
      return typeof tooltip?.[2] === 'string' ? tooltip[2] : ''
    },
    menu: async () => readMenu(bus, await menuAddress()),
    clickMenu: async (labelPath) => clickMenuItem(bus, await menuAddress(), labelPath),
    activate: async () => {
      await call(bus, { ...(await current()), iface: ITEM }, 'Activate', 'ii', [0, 0])
    },
  }
}

const busItself = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  iface: 'org.freedesktop.DBus',
}
