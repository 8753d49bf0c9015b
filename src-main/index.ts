import { join } from 'node:path'
import { app, Menu, protocol, session } from 'electron'
import { openLink } from './app/links'
import { serveApp } from './app/protocol'
import { APP_ORIGIN, APP_PAGE, registerAppScheme } from './app/scheme'
import { allowOnly, denyPermissions, guardContents } from './app/security'
import { createMainWindow, preloadFile } from './app/windows'
import { readEnvironment } from './compose/environment'
import { installFaultTrap } from './platform/faultTrap'

const faults = installFaultTrap(process)
const environment = readEnvironment(process.env, process.argv, app.isPackaged)
const outFolder = join(import.meta.dirname, '..')
const icon = join(outFolder, '..', 'resources', 'icon.png')

const start = (): void => {
  registerAppScheme()
  // Windows shows notifications only for an application it knows by this name.
  app.setAppUserModelId('org.sidetone.Sidetone')
  // Electron would build its default menu, with reload and developer tools, before the first window.
  Menu.setApplicationMenu(null)
  const origins = [APP_ORIGIN, ...(environment.rendererUrl ? [new URL(environment.rendererUrl).origin] : [])]
  const refusals: string[] = []
  let refused = (what: string): void => void refusals.push(what)
  guardContents(app, {
    allowed: allowOnly(origins),
    openLink: (url) =>
      void openLink(url).then((opened) => {
        if (!opened.ok) refused(`link: ${opened.error}`)
      }),
    refused: (what) => refused(what),
  })
  void app.whenReady().then(() => {
    const window = createMainWindow({
      preload: preloadFile(outFolder),
      title: 'Sidetone',
      devTools: !app.isPackaged,
    })
    denyPermissions(session.defaultSession)
    // Everything else loads while the window's process starts.
    const ready = import('./compose/application').then(({ startApplication }) => {
      const application = startApplication({
        window,
        faults,
        environment,
        origins,
        icon,
        simulatorEntry: join(outFolder, 'main', 'simulator.js'),
      })
      refused = application.refused
      for (const what of refusals.splice(0)) refused(what)
    })
    serveApp(protocol, join(outFolder, 'renderer'), ready)
    const address = environment.rendererUrl
    if (address === null) void window.loadURL(APP_PAGE)
    // Vite answers at once: the page may only come when its calls have handlers.
    else void ready.then(() => window.loadURL(address))
  })
}

const probeAt = process.argv.indexOf('--probe')
// Electron waits for this module before it looks for a display, and the probe needs none: it ends the process here.
if (probeAt > 0) await import('./compose/probe').then(({ probeInApp }) => probeInApp(probeAt))

if (environment.profile !== null) app.setPath('userData', environment.profile)
if (app.requestSingleInstanceLock()) start()
// Leaving before Electron is ready hangs or ends with 1 now and then.
else void app.whenReady().then(() => app.exit(0))
