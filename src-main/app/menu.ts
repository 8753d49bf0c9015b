import type { MenuItemConstructorOptions } from 'electron'
import { Menu } from 'electron'

export interface MenuWords {
  readonly file: string
  readonly edit: string
  readonly view: string
  readonly help: string
  readonly about: string
  readonly quit: string
  readonly close: string
  readonly undo: string
  readonly redo: string
  readonly cut: string
  readonly copy: string
  readonly paste: string
  readonly selectAll: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly zoomReset: string
  readonly devTools: string
}

export interface MenuOptions {
  readonly words: MenuWords
  readonly platform: NodeJS.Platform
  /** Adds the developer tools; never in a packaged app (fault S34). No reload key: main owns the state anyway. */
  readonly devTools: boolean
  readonly onQuit: () => void
}

/** The menu as data. Its keys work on Linux and Windows although the bar hides until Alt is pressed. */
export const menuTemplate = (options: MenuOptions): MenuItemConstructorOptions[] => {
  const { words } = options
  const quit: MenuItemConstructorOptions = {
    label: words.quit,
    accelerator: 'CommandOrControl+Q',
    click: options.onQuit,
  }
  const about: MenuItemConstructorOptions = { role: 'about', label: words.about }
  const first: MenuItemConstructorOptions =
    options.platform === 'darwin'
      ? {
          role: 'appMenu',
          submenu: [
            about,
            { type: 'separator' },
            { role: 'hide' },
            { role: 'unhide' },
            { type: 'separator' },
            quit,
          ],
        }
      : { label: words.file, submenu: [{ role: 'close', label: words.close }, { type: 'separator' }, quit] }
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      { type: 'separator' },
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      { role: 'zoomIn', label: words.zoomIn },
      // The key people press, without Shift.
      { role: 'zoomIn', label: words.zoomIn, accelerator: 'CommandOrControl+=', visible: false },
      { role: 'zoomOut', label: words.zoomOut },
      { role: 'resetZoom', label: words.zoomReset },
      ...(options.devTools ? [{ role: 'toggleDevTools' as const, label: words.devTools }] : []),
    ],
  }
  const help: MenuItemConstructorOptions = { label: words.help, submenu: [about] }
  return options.platform === 'darwin' ? [first, edit, view] : [first, edit, view, help]
}

export const applyMenu = (options: MenuOptions): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
