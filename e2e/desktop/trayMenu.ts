import { call, plain, variant, type Bus } from './bus'

export type MenuItem = {
  readonly id: number
  /** without its access-key mark */
  readonly label: string
  readonly enabled: boolean
  /** null: not something that can be ticked */
  readonly checked: boolean | null
  readonly type: 'item' | 'separator' | 'checkbox' | 'radio'
  readonly children: readonly MenuItem[]
}

type Layout = readonly [number, Readonly<Record<string, unknown>>, readonly Layout[]]

export type MenuAddress = { readonly destination: string; readonly path: string }

/** Reads the whole menu (com.canonical.dbusmenu). Its ids hold only until the app builds it anew. */
export async function readMenu(bus: Bus, address: MenuAddress): Promise<readonly MenuItem[]> {
  const [, layout] = await call(bus, dbusMenu(address), 'GetLayout', 'iias', [0, -1, []])
  return menuItem(plain(layout) as Layout).children
}

/**
 * Clicks one item, found by the labels on the way to it.
 * @throws when there is no such item, or it is disabled
 */
export async function clickMenuItem(
  bus: Bus,
  address: MenuAddress,
  labels: readonly string[],
): Promise<void> {
  const item = findItem(await readMenu(bus, address), labels)
  if (!item.enabled) throw new Error(`"${item.label}" is disabled`)
  const now = Math.floor(Date.now() / 1000)
  await call(bus, dbusMenu(address), 'Event', 'isvu', [item.id, 'clicked', variant('i', 0), now])
}

function findItem(items: readonly MenuItem[], [label, ...deeper]: readonly string[]): MenuItem {
  const item = items.find((one) => one.label === label)
  if (!item) {
    const there = items.filter(({ type }) => type !== 'separator').map((one) => `"${one.label}"`)
    throw new Error(`There is no "${label ?? ''}" in the tray menu, only ${there.join(', ') || 'nothing'}`)
  }
  return deeper.length === 0 ? item : findItem(item.children, deeper)
}

function menuItem([id, properties, children]: Layout): MenuItem {
  const toggle = properties['toggle-type']
  return {
    id,
    label: withoutAccessKey(typeof properties.label === 'string' ? properties.label : ''),
    enabled: properties.enabled !== false,
    checked: toggle === 'checkmark' || toggle === 'radio' ? properties['toggle-state'] === 1 : null,
    type: itemType(properties),
    children: children.filter(([, { visible }]) => visible !== false).map(menuItem),
  }
}

function itemType(properties: Readonly<Record<string, unknown>>): MenuItem['type'] {
  if (properties.type === 'separator') return 'separator'
  if (properties['toggle-type'] === 'checkmark') return 'checkbox'
  return properties['toggle-type'] === 'radio' ? 'radio' : 'item'
}

/** An underscore marks the access key; a doubled one is an underscore. */
function withoutAccessKey(label: string): string {
  return label.replaceAll(/_(.)/g, '$1')
}

function dbusMenu({ destination, path }: MenuAddress) {
  return { destination, path, iface: 'com.canonical.dbusmenu' }
}
