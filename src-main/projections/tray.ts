import type { MenuItemConstructorOptions, NativeImage } from 'electron'
import { Menu, Tray, nativeImage } from 'electron'
import type { Translate } from '../../src-contract/messages/translate'
import type { Look, ServerMs } from '../../src-contract/model'
import type { SessionSlices } from '../session/view'
import { drawLook } from './lookBitmap'
import { isConnectionLost, shownLook } from './shown'
import { trayTooltip } from './tooltip'
import type { TrayAction, TrayItem } from './trayMenu'
import { trayMenu } from './trayMenu'

/** Linux panels draw 22 px, the others 16 DIP. */
const baseSize = (platform: NodeJS.Platform): number => (platform === 'linux' ? 22 : 16)

const lookImage = (look: Look, badge: boolean, base: number): NativeImage => {
  const image = nativeImage.createFromBitmap(drawLook(look, badge, base), { width: base, height: base })
  for (const scaleFactor of [1.5, 2, 3]) {
    const size = Math.round(base * scaleFactor)
    image.addRepresentation({ scaleFactor, width: size, height: size, buffer: drawLook(look, badge, size) })
  }
  return image
}

const template = (
  items: readonly TrayItem[],
  run: (item: Extract<TrayItem, { kind: 'item' }>) => void,
): MenuItemConstructorOptions[] =>
  items.map((entry) => {
    switch (entry.kind) {
      case 'separator':
        return { type: 'separator' }
      case 'submenu':
        return { label: entry.label, enabled: entry.enabled, submenu: template(entry.items, run) }
      case 'item':
        return {
          // `&` marks an access key in menus.
          label: entry.label.replaceAll('&', '&&'),
          enabled: entry.enabled,
          ...(entry.checked ? { type: 'checkbox' as const, checked: true } : {}),
          click: () => run(entry),
        }
    }
  })

/** Electron never lets go of a menu once shown: a state that comes back gets the menu it had (a shift has thousands). */
const MENUS_KEPT = 60

export interface TrayProjection {
  show(t: Translate, slices: SessionSlices, now: ServerMs): void
  destroy(): void
}

/** Null where the desktop has no tray at all. */
export const createTray = (
  platform: NodeJS.Platform,
  run: (action: TrayAction) => void,
): TrayProjection | null => {
  const base = baseSize(platform)
  const images = new Map<string, NativeImage>()
  const imageOf = (look: Look, badge: boolean): NativeImage => {
    const key = `${look}${badge ? '!' : ''}`
    const image = images.get(key) ?? lookImage(look, badge, base)
    images.set(key, image)
    return image
  }
  let tray: Tray
  try {
    tray = new Tray(imageOf('signedOut', false))
  } catch {
    return null
  }
  let shown = { icon: '', tooltip: '', menu: '' }
  tray.on('click', () => run({ kind: 'open' }))
  const menus = new Map<string, Menu>()
  const build = (key: string, items: readonly TrayItem[]): Menu => {
    const menu = Menu.buildFromTemplate(
      template(items, (item) => {
        run(item.action)
        // A click has turned the mark over; the state decides about marks, and it may not change at all.
        if (!item.checked) return
        menus.delete(key)
        tray.setContextMenu(menuOf(key, items))
      }),
    )
    menus.set(key, menu)
    const [oldest] = menus.keys()
    if (menus.size > MENUS_KEPT && oldest !== undefined) menus.delete(oldest)
    return menu
  }
  const menuOf = (key: string, items: readonly TrayItem[]): Menu => menus.get(key) ?? build(key, items)

  return {
    show: (t, slices, now) => {
      const look = shownLook(slices)
      // The struck ring says it already.
      const badge = look !== 'lost' && isConnectionLost(slices)
      const tooltip = trayTooltip(t, slices, now)
      const items = trayMenu(t, slices)
      const next = { icon: `${look}${badge ? '!' : ''}`, tooltip, menu: JSON.stringify(items) }
      if (next.icon !== shown.icon) tray.setImage(imageOf(look, badge))
      if (next.tooltip !== shown.tooltip) tray.setToolTip(tooltip)
      if (next.menu !== shown.menu) tray.setContextMenu(menuOf(next.menu, items))
      shown = next
    },
    destroy: () => tray.destroy(),
  }
}
