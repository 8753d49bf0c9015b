import type { BrowserWindow } from 'electron'
import { createCrashBudget } from '../app/crashBudget'
import { watchPage } from '../app/pageWatch'
import { systemClock } from '../platform/clock'
import type { Log } from '../session/ports'

const RELOADS = 3
const WINDOW_MS = 5 * 60_000

/**
 * A page that dies is loaded again; its first answer from main makes it right (fault P1). One that hangs cannot be
 * asked: its process is ended, which makes it the first case. `giveUp` gets the way to try once more.
 */
export const reviveCrashedPage = (options: {
  readonly window: BrowserWindow
  readonly log: Log
  readonly monotonic: () => number
  readonly giveUp: (again: () => void) => void
}): void => {
  const { window, log, monotonic } = options
  const { webContents } = window
  let allowed = createCrashBudget(RELOADS, WINDOW_MS)

  const isHeld = (): boolean => window.isDestroyed() || webContents.isDevToolsOpened()
  const end = (silentMs: number | null): void => {
    if (isHeld()) return
    log.error('pageHangs', { silentMs })
    webContents.forcefullyCrashRenderer()
  }
  const watch = watchPage({
    clock: { monotonic, after: systemClock.after },
    ask: async () => webContents.mainFrame.executeJavaScript('0'),
    mayAsk: () => !isHeld(),
    hangs: end,
  })
  const again = (): void => {
    if (window.isDestroyed()) return
    allowed = createCrashBudget(RELOADS, WINDOW_MS)
    webContents.reload()
  }

  // As soon as the document is there: its script may hang before it has loaded.
  webContents.on('did-navigate', () => watch.restart())
  webContents.on('render-process-gone', (_event, details) => {
    watch.stop()
    if (details.reason === 'clean-exit') return
    log.error('pageCrashed', { reason: details.reason, exitCode: details.exitCode })
    if (allowed(monotonic())) webContents.reload()
    else options.giveUp(again)
  })
  // Sooner than the watch, while somebody types.
  window.on('unresponsive', () => end(null))
  window.on('closed', () => watch.stop())
}
