import type { BrowserWindow } from 'electron'
import { dialog } from 'electron'
import type { Translate } from '../../src-contract/messages/translate'
import type { Desktop } from './desktop'

const SEEN = ['show', 'restore', 'focus'] as const

/**
 * The page has failed too often to be loaded again without being asked (fault P1): said by a notification, and with
 * the ways out in a box of the window, which blocks nothing but the dead page. A hidden window asks when it is shown.
 */
export const createPageFailed = (options: {
  readonly window: BrowserWindow
  readonly translate: () => Translate
  readonly tell: Desktop['tell']
  readonly leave: () => void
}) => {
  const { window } = options
  const events: NodeJS.EventEmitter = window

  const ask = async (again: () => void): Promise<void> => {
    const t = options.translate()
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: t('shell.page.crashedTitle'),
      detail: t('shell.page.crashedBody'),
      buttons: [t('shell.page.again'), t('shell.page.quit')],
      defaultId: 0,
      // Escape is no dead end.
      cancelId: 0,
      noLink: true,
    })
    if (response === 1) options.leave()
    else again()
  }

  return (again: () => void): void => {
    const t = options.translate()
    options.tell({ id: 'page', title: t('shell.page.crashedTitle'), body: t('shell.page.crashedBody') })
    if (window.isVisible() && !window.isMinimized()) return void ask(again)
    const seen = (): void => {
      for (const event of SEEN) events.off(event, seen)
      void ask(again)
    }
    for (const event of SEEN) events.on(event, seen)
  }
}
