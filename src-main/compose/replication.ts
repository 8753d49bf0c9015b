import type { BrowserWindow, WebContents } from 'electron'
import { ipcMain } from 'electron'
import { CHANNELS } from '../../src-contract/channels'
import type { CommandHandlers } from '../../src-contract/commands'
import { createSenderCheck, registerCommands } from '../ipc/commandServer'
import type { PatchTarget } from '../ipc/publisher'
import { createPublisher } from '../ipc/publisher'
import type { Log } from '../session/ports'
import type { SessionRuntime } from '../session/runtime'
import type { ShellState } from './shellState'

/** Gives the window its snapshot and patches, and its commands their handlers. */
export const replicate = (options: {
  readonly window: BrowserWindow
  readonly origins: readonly string[]
  readonly epoch: string
  readonly session: SessionRuntime
  readonly shell: ShellState
  readonly handlers: CommandHandlers
  readonly log: Log
}): void => {
  const { window, session, shell, log } = options
  const publisher = createPublisher({
    epoch: options.epoch,
    serverNow: () => session.serverNow(),
    slices: () => ({ ...shell.get(), ...session.view().slices }),
    collections: () => session.view().collections,
    schedule: (run, ms) => setTimeout(run, ms),
    failed: () => log.warn('patchNotSent'),
  })
  const { webContents } = window
  const contentsId = webContents.id
  const target: PatchTarget = {
    send: (patch) => {
      webContents.send(CHANNELS.patch, patch)
    },
  }
  registerCommands<WebContents>({
    ipcMain,
    isAllowed: createSenderCheck({ contents: (id) => id === contentsId, origins: options.origins }),
    handlers: options.handlers,
    log,
    subscribe: () => publisher.subscribe(target),
  })
  session.onChange(() => publisher.changed())
  shell.onChange(() => publisher.changed())
  // A page that died asks again when it is back.
  webContents.on('render-process-gone', () => publisher.detach(target))
  window.on('closed', () => publisher.detach(target))
}
