import type { Locator, Page } from 'playwright/test'
import type { Translate } from '../../src-contract/messages/translate'

export interface SettingsPage {
  readonly title: Locator
  readonly theme: (theme: 'System' | 'Light' | 'Dark') => Locator
  readonly notifications: (value: 'on' | 'off') => Locator
}

export const settingsPage = (page: Page, t: Translate): SettingsPage => {
  const group = (name: string) => page.getByRole('radiogroup', { name })
  return {
    title: page.getByRole('heading', { name: t('ui.settings.title') }),
    theme: (theme) =>
      group(t('ui.settings.theme')).getByRole('radio', { name: t(`ui.settings.theme${theme}`), exact: true }),
    notifications: (value) =>
      group(t('ui.settings.notifications')).getByRole('radio', {
        name: t(`ui.settings.${value}`),
        exact: true,
      }),
  }
}
