import type { BrowserWindow } from 'electron'
import { app, nativeImage, nativeTheme } from 'electron'
import { createTranslator } from '../../src-contract/messages/translate'
import type { Translate } from '../../src-contract/messages/translate'
import { applyMenu } from '../app/menu'
import { backgroundColour, showWindow } from '../app/windows'
import { systemClock } from '../platform/clock'
import { hasTrayHost } from '../platform/trayHost'
import { createNotifications } from '../projections/notifications'
import { nextCountdownMs, windowTitle } from '../projections/tooltip'
import type { TrayProjection } from '../projections/tray'
import { createTray } from '../projections/tray'
import type { TrayAction } from '../projections/trayMenu'
import type { SessionView } from '../session/view'
import type { ShellState } from './shellState'
import { menuWords } from './menuWords'

export interface DesktopOptions {
  readonly window: BrowserWindow
  readonly shell: ShellState
  readonly view: () => SessionView
  readonly devTools: boolean
  readonly icon: string
  readonly run: (action: TrayAction) => void
  /** Epoch ms. */
  readonly serverNow: () => number
}

/** Pixels. The whole image would hold this process up for 30 ms on X11. */
const WINDOW_ICON_SIZE = 128

/** All that the desktop shows of us beside the page: title, menu, tray, notifications, theme. */
export const createDesktop = (options: DesktopOptions) => {
  const { window, shell, view, serverNow } = options
  let t: Translate = createTranslator(shell.get().settings.effectiveLocale)
  let tray: TrayProjection | null = null
  let painted = false
  const notifications = createNotifications(process.platform, () => showWindow(window))

  let hosted = true
  const setTray = (): void => {
    const shown = tray !== null && hosted
    if (shell.get().app.tray !== shown) shell.set({ app: { ...shell.get().app, tray: shown } })
  }
  /** Without a host the icon is nowhere: a window that hides would be gone. Panels come late and restart. */
  const lookForHost = async (): Promise<void> => {
    hosted = await hasTrayHost(process.platform)
    setTray()
  }

  let cancelCountdown = (): void => undefined
  const show = (): void => {
    if (!painted || window.isDestroyed()) return
    const { slices } = view()
    const now = serverNow()
    tray?.show(t, slices, now)
    cancelCountdown()
    const changesIn = tray === null ? null : nextCountdownMs(slices, now)
    if (changesIn !== null) cancelCountdown = systemClock.after(changesIn, show)
    const title = windowTitle(t, slices)
    if (window.getTitle() !== title) window.setTitle(title)
  }
  const applyLocale = (): void => {
    t = createTranslator(shell.get().settings.effectiveLocale)
    if (!painted) return
    applyMenu({
      words: menuWords(t),
      platform: process.platform,
      devTools: options.devTools,
      onQuit: () => options.run({ kind: 'quit' }),
    })
    show()
  }
  const applyTheme = (): void => {
    nativeTheme.themeSource = shell.get().settings.theme
  }

  applyTheme()
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(backgroundColour())
  })
  shell.onChange((prev, next) => {
    if (prev.settings.effectiveLocale !== next.settings.effectiveLocale) applyLocale()
    if (prev.settings.theme !== next.settings.theme) applyTheme()
  })

  return {
    translate: () => t,
    tell: notifications.tell,
    sessionChanged: (prev: SessionView, next: SessionView): void => {
      notifications.changed(t, shell.get().settings.notifications, prev, next)
      show()
    },
    /** Menu and tray cost time that belongs to the first paint. */
    firstPaint: (): void => {
      painted = true
      const { name, version, electron, chrome } = shell.get().app
      app.setAboutPanelOptions({
        applicationName: name,
        applicationVersion: version,
        version: `Electron ${electron}, Chromium ${chrome}`,
        iconPath: options.icon,
      })
      // Elsewhere it comes with the package.
      if (process.platform === 'linux')
        window.setIcon(nativeImage.createFromPath(options.icon).resize({ width: WINDOW_ICON_SIZE }))
      tray = createTray(process.platform, options.run)
      setTray()
      void lookForHost()
      applyLocale()
    },
    hasTray: (): boolean => {
      const shown = tray !== null && hosted
      if (!shown) void lookForHost()
      return shown
    },
    close: (): void => {
      cancelCountdown()
      notifications.closeAll()
      tray?.destroy()
      tray = null
    },
  }
}

export type Desktop = ReturnType<typeof createDesktop>
