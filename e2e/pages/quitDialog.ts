import type { Locator, Page } from 'playwright/test'
import type { Translate } from '../../src-contract/messages/translate'

export interface QuitDialog {
  readonly dialog: Locator
  readonly stay: Locator
  readonly signOut: Locator
  readonly cancel: Locator
}

export const quitDialog = (page: Page, t: Translate): QuitDialog => {
  const dialog = page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .filter({ hasText: t('ui.quit.title') })
  return {
    dialog,
    stay: dialog.getByRole('button', { name: t('ui.quit.stay') }),
    signOut: dialog.getByRole('button', { name: t('ui.quit.signOut') }),
    cancel: dialog.getByRole('button', { name: t('ui.quit.cancel') }),
  }
}
