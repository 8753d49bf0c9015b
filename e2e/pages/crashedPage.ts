import type { ElectronApplication } from 'playwright/test'

/** Ends the page's process, as a crash does, and waits until the page has been loaded again. */
export const crashPage = (app: ElectronApplication): Promise<void> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('There is no window')
    const loaded = new Promise<void>((resolve) => contents.once('did-finish-load', resolve))
    contents.forcefullyCrashRenderer()
    await loaded
  })

/** The same for a page that is not going to be loaded again by itself. */
export const crashPageForGood = (app: ElectronApplication): Promise<void> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents) throw new Error('There is no window')
    const gone = new Promise<void>((resolve) => contents.once('render-process-gone', () => resolve()))
    contents.forcefullyCrashRenderer()
    await gone
  })

/** What the page shows. Playwright's own page does not survive a crash; main asks the new one. */
export const shownText = (app: ElectronApplication): Promise<string> =>
  app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (!contents || contents.isCrashed() || contents.isLoadingMainFrame()) return ''
    return (await contents.executeJavaScript('document.body.innerText')) as string
  })

/** How many listeners the window's contents, the channels and the application have. */
export const listenerCounts = (app: ElectronApplication): Promise<readonly number[]> =>
  app.evaluate(({ webContents, ipcMain, app: running }) => {
    const count = (emitter: NodeJS.EventEmitter | undefined): number =>
      emitter?.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0) ?? 0
    return [count(webContents.getAllWebContents()[0]), count(ipcMain), count(running)]
  })
