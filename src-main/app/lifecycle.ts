import type { App, BrowserWindow } from 'electron'
import { showWindow } from './windows'

export interface LifecycleOptions {
  readonly app: App
  readonly window: BrowserWindow
  /** Somebody is signed in: leaving has consequences. */
  readonly hasSession: () => boolean
  readonly hasTray: () => boolean
  /** Puts the question into the window. */
  readonly ask: () => void
  /** Says good-bye to the server and writes what is to be kept; bounded in time by itself. */
  readonly farewell: () => Promise<void>
}

export interface Lifecycle {
  /** A person wants to quit: asks when there is a session. */
  requestQuit(): void
  /** Leaves without asking; the agent stays signed in at Finesse as far as Finesse allows. */
  leave(): Promise<void>
}

/** The good-bye bounds itself; this bounds a disk or a network drive that does not answer (fault T7). */
const FAREWELL_LIMIT_MS = 2_000
/** Quitting takes a few milliseconds, unless a process of ours hangs. */
const QUIT_LIMIT_MS = 400

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

const limit = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What closing, quitting and a shutdown of the machine mean. Call after `ready`. */
export const createLifecycle = (options: LifecycleOptions): Lifecycle => {
  const { app, window } = options
  let leaving: Promise<void> | null = null

  const leave = (): Promise<void> =>
    (leaving ??= Promise.race([options.farewell().catch(() => undefined), limit(FAREWELL_LIMIT_MS)]).then(
      () => {
        // A page that hangs must not keep the app alive.
        if (!window.isDestroyed()) window.destroy()
        app.quit()
        void limit(QUIT_LIMIT_MS).then(() => app.exit(0))
      },
    ))

  const requestQuit = (): void => {
    if (leaving) return
    // A page that has crashed for good cannot ask.
    if (!options.hasSession() || window.webContents.isCrashed()) return void leave()
    showWindow(window)
    options.ask()
  }

  window.on('close', (event) => {
    if (leaving) return
    event.preventDefault()
    if (options.hasTray()) window.hide()
    else if (options.hasSession()) window.minimize()
    else requestQuit()
  })
  app.on('before-quit', (event) => {
    if (leaving) return
    event.preventDefault()
    requestQuit()
  })
  app.on('second-instance', () => showWindow(window))
  app.on('activate', () => showWindow(window))
  // The default would quit; only `leave` does.
  app.on('window-all-closed', () => undefined)
  // Set after `ready`, else Electron's own handlers, which ask first, replace them.
  for (const signal of SIGNALS) process.on(signal, () => void leave())
  // Linux and macOS tell through the power monitor (see the composition). Windows asks first, and gives as long as we
  // need when we object; Electron 33 does not declare that event. After `session-end` it waits for nobody.
  const events: NodeJS.EventEmitter = window
  events.on('query-session-end', (event: Electron.Event) => {
    event.preventDefault()
    void leave()
  })
  window.on('session-end', () => void leave())
  return { requestQuit, leave }
}
