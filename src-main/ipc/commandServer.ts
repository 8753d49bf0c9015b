import { CHANNELS } from '../../src-contract/channels'
import { commands, isCommandName, type CommandHandlers, type CommandName } from '../../src-contract/commands'
import type { Snapshot } from '../../src-contract/patch'
import { problem, type Problem } from '../../src-contract/problem'
import { err, type Result } from '../../src-contract/result'
import type { Log } from '../session/ports'

/** What Electron's `ipcMain` gives us; nothing else of it is used. */
export interface InvokeRegistry {
  handle(channel: string, listener: (event: InvokeEvent, ...args: unknown[]) => unknown): void
  removeHandler(channel: string): void
}

export interface Sender {
  readonly id: number
}

export interface SenderFrame {
  readonly url: string
  /** Electron 33 has `parent`: null for a main frame. */
  readonly parent: unknown
}

export interface InvokeEvent {
  readonly sender: Sender
  /** Null when the frame is gone or has navigated. */
  readonly senderFrame: SenderFrame | null
}

export interface SenderRules {
  /** Ids of the webContents we made. */
  readonly contents: (id: number) => boolean
  /** Origins of our own pages, for example `app://sidetone`. */
  readonly origins: readonly string[]
}

/** `new URL(...).origin` is "null" for schemes that are not special, `app:` among them. */
const originOf = (url: string): string | null => {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}`
  } catch {
    return null
  }
}

/** Only the main frame of our own window, showing our own page, may speak. */
export const createSenderCheck =
  ({ contents, origins }: SenderRules) =>
  (event: InvokeEvent): boolean => {
    const { sender, senderFrame } = event
    if (senderFrame === null || senderFrame.parent != null) return false
    const origin = originOf(senderFrame.url)
    return contents(sender.id) && origin !== null && origins.includes(origin)
  }

export interface CommandServerOptions<S extends Sender> {
  readonly ipcMain: InvokeRegistry
  readonly isAllowed: (event: InvokeEvent) => boolean
  readonly handlers: CommandHandlers
  readonly log: Log
  /** Snapshot for a window; called for allowed senders only. */
  readonly subscribe: (sender: S) => Snapshot
}

const REFUSED = 'The sender may not use this channel.'

const isResult = (value: unknown): value is Result<unknown, Problem> =>
  typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'

/**
 * Runs one command: known name, fitting input, handler. Never throws; what a bug throws is logged without its
 * message's data reaching the window.
 */
export async function runCommand(
  handlers: CommandHandlers,
  log: Log,
  name: unknown,
  input: unknown,
): Promise<Result<unknown, Problem>> {
  if (!isCommandName(name)) {
    log.warn('command.unknown')
    return err(problem('internal', { message: 'unknown command' }))
  }
  const parsed = commands[name].input.safeParse(input)
  if (!parsed.success) {
    // Paths and codes only: values may be passwords.
    const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}:${issue.code}`).join(' ')
    log.warn('command.badInput', { command: name, issues })
    return err(problem('internal', { message: 'input does not fit', path: issues }))
  }
  try {
    const answer: unknown = await handle(handlers, name, parsed.data)
    if (isResult(answer)) return answer
    log.error('command.noResult', { command: name })
  } catch (error) {
    log.error('command.failed', { command: name, error: error instanceof Error ? error.name : 'error' })
  }
  return err(problem('internal', { message: name }))
}

/** The schema just proved that the input is this handler's: the table ties both by name. */
const handle = (handlers: CommandHandlers, name: CommandName, input: unknown): unknown =>
  (handlers[name] as (input: unknown) => unknown)(input)

/** Registers both invoke channels. Returns the function that removes them. */
export function registerCommands<S extends Sender>(options: CommandServerOptions<S>): () => void {
  const { ipcMain, isAllowed, handlers, log, subscribe } = options
  const guard = (event: InvokeEvent, channel: string): boolean => {
    const allowed = isAllowed(event)
    if (!allowed) log.warn('ipc.refused', { channel, sender: event.sender.id })
    return allowed
  }
  // The sender is checked before anything it sent is looked at.
  ipcMain.handle(CHANNELS.command, (event, name, input) =>
    guard(event, CHANNELS.command)
      ? runCommand(handlers, log, name, input)
      : Promise.resolve(err(problem('internal', { message: REFUSED }))),
  )
  ipcMain.handle(CHANNELS.subscribe, (event) => {
    if (!guard(event, CHANNELS.subscribe)) throw new Error(REFUSED)
    return subscribe(event.sender as S)
  })
  return () => {
    ipcMain.removeHandler(CHANNELS.command)
    ipcMain.removeHandler(CHANNELS.subscribe)
  }
}
