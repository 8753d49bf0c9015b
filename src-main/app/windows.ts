import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { MIN_SIZE, START_SIZE } from './bounds'

export interface WindowOptions {
  readonly preload: string
  readonly title: string
  readonly devTools: boolean
}

/** `--bg` of the design tokens, so that no white flash precedes the first paint. */
export const backgroundColour = (): string => (nativeTheme.shouldUseDarkColors ? '#0f1113' : '#f4f5f6')

/** Hidden until its page has painted. The page itself is loaded by the caller. */
export const createMainWindow = (options: WindowOptions): BrowserWindow => {
  const window = new BrowserWindow({
    ...START_SIZE,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: options.title,
    backgroundColor: backgroundColour(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      // What Inter lacks (names in other scripts); it would be Times New Roman.
      defaultFontFamily: { standard: 'Arial' },
      devTools: options.devTools,
    },
  })
  // The title is a projection of main; a page does not set it.
  window.on('page-title-updated', (event) => event.preventDefault())
  return window
}

/** Brings the window in front of whatever the person is doing, from the tray or minimised. */
export const showWindow = (window: BrowserWindow): void => {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

export const preloadFile = (outFolder: string): string => join(outFolder, 'preload', 'index.cjs')
