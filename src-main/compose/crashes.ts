import type { BrowserWindow } from 'electron'
import { createCrashBudget } from '../app/crashBudget'
import type { Log } from '../session/ports'

const RELOADS = 3
const WINDOW_MS = 5 * 60_000

/** A page that dies is loaded again; its first answer from main makes it right (fault P1). */
export const reviveCrashedPage = (options: {
  readonly window: BrowserWindow
  readonly log: Log
  readonly monotonic: () => number
  readonly giveUp: () => void
}): void => {
  const { window, log } = options
  const allowed = createCrashBudget(RELOADS, WINDOW_MS)
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return
    log.error('pageCrashed', { reason: details.reason, exitCode: details.exitCode })
    if (allowed(options.monotonic())) window.webContents.reload()
    else options.giveUp()
  })
  // A page that hangs cannot be asked; ending its process makes it the case above.
  window.on('unresponsive', () => {
    log.error('pageHangs')
    window.webContents.forcefullyCrashRenderer()
  })
}
