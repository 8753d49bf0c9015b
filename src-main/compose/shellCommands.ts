import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import type { CommandHandlers, CommandInput } from '../../src-contract/commands'
import type { Translate } from '../../src-contract/messages/translate'
import { ok } from '../../src-contract/result'
import { settingsSlice, withChoice } from './settingsCommand'
import type { SettingsStore } from '../settings/store'
import type { ShellState } from './shellState'
import type { EmbeddedSimulator } from './simulator'

type ShellCommand = 'simulator.start' | 'signIn.chooseCaFile' | 'settings.set' | 'app.answerQuit'

/** The commands that the shell answers; the rest are the session's. */
export const createShellCommands = (options: {
  readonly window: BrowserWindow
  readonly shell: ShellState
  readonly settings: SettingsStore
  readonly systemLanguages: readonly string[]
  readonly simulator: EmbeddedSimulator
  readonly translate: () => Translate
  readonly answerQuit: CommandHandlers['app.answerQuit']
}): Pick<CommandHandlers, ShellCommand> => {
  const { shell, settings } = options
  return {
    'simulator.start': () => options.simulator.start(),
    'signIn.chooseCaFile': async () => {
      const t = options.translate()
      const answer = await dialog.showOpenDialog(options.window, {
        title: t('shell.dialog.chooseCaFile'),
        properties: ['openFile'],
        filters: [
          { name: t('shell.dialog.caFiles'), extensions: ['pem', 'crt', 'cer'] },
          { name: t('shell.dialog.allFiles'), extensions: ['*'] },
        ],
      })
      return ok({ path: answer.canceled ? null : (answer.filePaths[0] ?? null) })
    },
    'settings.set': (choice: CommandInput<'settings.set'>) => {
      settings.update((stored) => withChoice(stored, choice))
      shell.set({ settings: settingsSlice(settings.get(), options.systemLanguages) })
      return ok(null)
    },
    'app.answerQuit': options.answerQuit,
  }
}
