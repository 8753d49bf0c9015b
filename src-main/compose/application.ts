import { app, net, powerMonitor, screen, session as browserSession } from 'electron'
import type { BrowserWindow } from 'electron'
import { createLifecycle } from '../app/lifecycle'
import { showWindow } from '../app/windows'
import { systemClock } from '../platform/clock'
import type { FaultTrap } from '../platform/faultTrap'
import { newId } from '../platform/ids'
import { createRedactor } from '../platform/redact'
import { createSimulatorProcess } from '../platform/simulatorProcess'
import { createTrustBook } from '../platform/trustBook'
import { createHeldPasswords, createVault } from '../platform/vault'
import { hasSession } from '../projections/shown'
import { createSessionMemory } from '../settings/memory'
import { appInfo } from './appInfo'
import { createBackend } from './backend'
import { reviveCrashedPage } from './crashes'
import { createDesktop } from './desktop'
import { answerFaults } from './faults'
import { createPageFailed } from './pageFailed'
import type { Environment } from './environment'
import { createInspection } from './inspection'
import { createLazyInspector } from './lazyInspector'
import { keepPlacement } from './placement'
import { createQuitAnswer } from './quit'
import { NO_INSPECTION } from '../../src-contract/inspector'
import type { CommandHandlers } from '../../src-contract/commands'
import { createSessionCommands } from '../session/commands'
import { createSessionRuntime } from '../session/runtime'
import { replicate } from './replication'
import { keepPreferences } from './preferences'
import { guardSessionCommands } from './sessionCommands'
import { tellTrouble } from './trouble'
import { settingsSlice } from './settingsCommand'
import { createShellCommands } from './shellCommands'
import { createShellState } from './shellState'
import { rememberedForm } from './signInForm'
import { createEmbeddedSimulator } from './simulator'
import { openStorage } from './storage'
import { watchSurroundings } from './surroundings'

export interface ApplicationOptions {
  readonly window: BrowserWindow
  readonly faults: FaultTrap
  readonly environment: Environment
  /** Origins whose pages may call us. */
  readonly origins: readonly string[]
  readonly simulatorEntry: string
  readonly icon: string
}

/** A good-bye to the server may take this long when the app leaves (fault T7). */
const FAREWELL_MS = 1000

const AFTER_CLICK_MS = 50
/** The first frames belong to the page: it has to take the focus before tray and menu are drawn. */
const AFTER_PAINT_MS = 250
/** Nobody signs in sooner; reading the XMPP code blocks this process for a tenth of a second. */
const IDLE_MS = 700

/** The system's proxy settings, as Chromium reads them; this machine itself is always reached directly. */
const proxyFor = (host: string, port: number): Promise<string> =>
  browserSession.defaultSession.resolveProxy(`https://${host}:${String(port)}`)

/** Electron passes an event that its types leave out; preventing it gives us the time to say good-bye. */
const delayShutdown = (event: unknown): void => {
  const isEvent = (value: unknown): value is Pick<Electron.Event, 'preventDefault'> =>
    typeof value === 'object' && value !== null && 'preventDefault' in value
  if (isEvent(event)) event.preventDefault()
}

/** Builds everything and connects it. Called once, after `ready`, while the window's process starts. */
export const startApplication = (options: ApplicationOptions) => {
  const { window } = options
  const clock = systemClock
  const redactor = createRedactor()
  const storage = openStorage(app.getPath('userData'), redactor, () =>
    desktop.tell({
      id: 'settings',
      title: desktop.translate()('shell.settings.notSavedTitle'),
      body: desktop.translate()('shell.settings.notSavedBody', { file: storage.file }),
    }),
  )
  const { log, settings } = storage
  const systemLanguages = app.getPreferredSystemLanguages()
  const shell = createShellState({
    app: appInfo(app, true),
    settings: settingsSlice(settings.get(), systemLanguages),
    signIn: rememberedForm(settings.get()),
    prompt: null,
    inspector: NO_INSPECTION,
  })
  const vault = createVault(redactor)
  const held = createHeldPasswords(redactor)
  const trust = createTrustBook(() => settings.get().pins)
  // The simulator's ports are others at the next start.
  const memory = createSessionMemory(settings, (server) => !simulator.serves(server))
  const inspection = createInspection({
    clock,
    redactor,
    log,
    session: () => session,
    show: (state) => shell.set({ inspector: { ...shell.get().inspector, ...state } }),
  })
  const backend = createBackend({ clock, log, vault, trust, memory, proxyFor, inspection })
  const session = createSessionRuntime(backend.ports)

  const simulator = createEmbeddedSimulator({
    process: () => simulatorProcess,
    shell,
    held,
    trust,
  })
  const simulatorProcess = createSimulatorProcess({
    entry: options.simulatorEntry,
    log,
    onExit: () => simulator.exited(),
  })
  const signOut = async (reasonCodeId: string | null) => commands['session.signOut']({ reasonCodeId })
  const desktop = createDesktop({
    window,
    shell,
    view: session.view,
    serverNow: session.serverNow,
    devTools: !app.isPackaged,
    icon: options.icon,
    run: (action) => {
      switch (action.kind) {
        case 'open':
          return showWindow(window)
        case 'quit':
          // Leaving destroys the tray, and the desktop still waits for its answer to this very click.
          return void clock.after(AFTER_CLICK_MS, lifecycle.requestQuit)
        case 'setState':
          return void commands['agent.setState'](action)
        case 'signOut':
          return void signOut(action.reasonCodeId)
      }
    },
  })
  let stopWatching = (): void => undefined
  /** Asking the system about power takes longer than the first frame has; nobody is signed in before it. */
  const watchMachine = (): void => {
    stopWatching = watchSurroundings({
      clock,
      log,
      powerMonitor,
      isOnline: () => net.isOnline(),
      dispatch: session.dispatch,
    })
    powerMonitor.on('shutdown', (...args: readonly unknown[]) => {
      delayShutdown(args[0])
      void lifecycle.leave()
    })
  }
  const inspector = createLazyInspector({
    window,
    clock,
    inspection,
    session,
    shell,
    settings,
    environment: options.environment,
    trust,
    proxyFor,
    redactor,
    held,
    vault,
    log,
    translate: desktop.translate,
  })
  const farewell = async (): Promise<void> => {
    stopWatching()
    desktop.close()
    await session.stop(FAREWELL_MS)
    simulatorProcess.stop()
    await Promise.all([settings.flush(), storage.logFiles.flush(), inspector.close()])
  }
  const lifecycle = createLifecycle({
    app,
    window,
    hasSession: () => hasSession(session.view().slices),
    hasTray: desktop.hasTray,
    ask: () => shell.set({ prompt: { kind: 'quit' } }),
    farewell,
  })
  /** By consent a bundle may hold customers' numbers: after a crash its preview must not lie around for good. */
  const removeLeftovers = async (): Promise<void> => {
    const { previewFolder, removePreviews } = await import('../support/bundle/leftovers')
    await removePreviews(previewFolder(app.getPath('userData'))).catch(() => undefined)
  }
  const maySignIn = (): boolean => {
    const { phase } = session.view().slices.session
    return phase === 'signedOut' || phase === 'blocked'
  }
  const resume = (): void => {
    session.dispatch({ type: 'resumeRequested' })
    session.dispatch({ type: 'trustChanged' })
  }
  const inner = createSessionCommands(session, backend.ports)
  const commands: CommandHandlers = {
    ...inspector.handlers,
    ...inner,
    ...guardSessionCommands(inner, { redactor, trust, held, settings, shell, simulator, maySignIn, resume }),
    ...createShellCommands({
      window,
      shell,
      settings,
      systemLanguages,
      simulator,
      translate: desktop.translate,
      answerQuit: createQuitAnswer({
        clock,
        view: session.view,
        onChange: session.onChange,
        signOut,
        close: () => shell.set({ prompt: null }),
        leave: lifecycle.leave,
      }),
    }),
  }
  replicate({ window, origins: options.origins, epoch: newId(), session, shell, handlers: commands, log })
  session.onChange(desktop.sessionChanged)
  keepPreferences(shell, session.dispatch)
  session.onChange((_prev, next) => {
    if (shell.get().prompt !== null && !hasSession(next.slices)) shell.set({ prompt: null })
  })
  answerFaults({
    faults: options.faults,
    log,
    monotonic: clock.monotonic,
    dropConnections: backend.dropConnections,
    tell: () =>
      desktop.tell({
        id: 'fault',
        title: desktop.translate()('shell.fault.title'),
        body: desktop.translate()('shell.fault.body'),
      }),
  })
  reviveCrashedPage({
    window,
    log,
    monotonic: clock.monotonic,
    giveUp: createPageFailed({
      window,
      translate: desktop.translate,
      tell: desktop.tell,
      leave: () => void lifecycle.leave(),
    }),
  })
  keepPlacement(window, screen, settings, clock)
  window.once('ready-to-show', () => {
    window.show()
    clock.after(AFTER_PAINT_MS, () => {
      if (window.isDestroyed()) return
      desktop.firstPaint()
      watchMachine()
      tellTrouble(desktop, storage.trouble)
      if (!storage.stored) settings.save()
      if (options.environment.simulatorAtStart) void simulator.start()
    })
    clock.after(IDLE_MS, () => {
      void backend.preload()
      void removeLeftovers()
    })
  })
  log.info('started', {
    version: app.getVersion(),
    electron: process.versions.electron,
    packaged: app.isPackaged,
  })
  return { refused: (what: string) => log.warn('refused', { what }) }
}
