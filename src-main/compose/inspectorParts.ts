import type { BrowserWindow } from 'electron'
import { app } from 'electron'
import type { CommandHandlers } from '../../src-contract/commands'
import type { InspectorState } from '../../src-contract/inspector'
import type { inspectorCommands } from '../../src-contract/inspectorCommands'
import type { Translate } from '../../src-contract/messages/translate'
import type { FinesseClock } from '../finesse/notifications/types'
import type { ProxyFor } from '../finesse/transport/proxyRoute'
import type { Redactor } from '../platform/redact'
import type { TrustBook } from '../platform/trustBook'
import type { HeldPasswords } from '../platform/vault'
import type { Log, Vault } from '../session/ports'
import type { SessionRuntime } from '../session/runtime'
import type { SettingsStore } from '../settings/store'
import { createBundleCommands } from './bundles'
import { sendToFinesse } from './clientLog'
import type { Environment } from './environment'
import type { Inspection } from './inspection'
import { createInspectorCommands } from './inspectorCommands'
import { createSelfTestCommands } from './selfTest'
import { settingsReport } from './settingsReport'
import type { ShellState } from './shellState'

export type InspectorHandlers = Pick<CommandHandlers, keyof typeof inspectorCommands>

export interface InspectorPartsOptions {
  readonly window: BrowserWindow
  readonly clock: FinesseClock
  readonly inspection: Inspection
  readonly session: SessionRuntime
  readonly shell: ShellState
  readonly settings: SettingsStore
  readonly environment: Environment
  readonly trust: TrustBook
  readonly proxyFor: ProxyFor
  readonly redactor: Redactor
  readonly held: HeldPasswords
  readonly vault: Vault
  readonly log: Log
  readonly translate: () => Translate
}

/** Everything behind the commands of the inspector. Loaded when the first of them is given. */
export const createInspectorParts = (
  options: InspectorPartsOptions,
): { readonly handlers: InspectorHandlers; readonly close: () => Promise<void> } => {
  const { window, clock, inspection, session, shell, environment, redactor, translate, trust, proxyFor } =
    options
  const show = (change: Partial<InspectorState>): void =>
    shell.set({ inspector: { ...shell.get().inspector, ...change } })
  const version = app.getVersion()
  const server = (): string => {
    const { session: now } = session.view().slices
    return 'identity' in now ? now.identity.server : shell.get().signIn.server
  }
  const bundles = createBundleCommands({
    window,
    inspection,
    redactor,
    profile: app.getPath('userData'),
    version,
    server,
    settings: () =>
      settingsReport(
        shell.get().settings,
        shell.get().signIn,
        options.settings.get(),
        environment,
        app.isPackaged,
      ),
    locale: app.getLocale(),
    translate,
    now: clock.now,
    send: (contents) =>
      sendToFinesse({ clock, session, trust, proxyFor, vault: options.vault, redactor }, contents),
    show: (opened) => show({ opened }),
  })
  const selfTest = createSelfTestCommands({
    clock,
    serverNow: session.serverNow,
    trust,
    proxyFor,
    redactor,
    held: options.held,
    log: options.log,
    show: (state) => show({ selfTest: state }),
  })
  return {
    handlers: {
      ...createInspectorCommands({
        window,
        inspection,
        bundle: bundles.source,
        redactor,
        version,
        translate,
      }),
      ...bundles.commands,
      ...selfTest.commands,
    },
    close: async () => {
      selfTest.stop()
      await bundles.close()
    },
  }
}
