import type { Locator, Page } from 'playwright/test'
import type { Translate } from '../../src-contract/messages/translate'

export interface Typed {
  readonly server: string
  readonly loginId: string
  readonly extension: string
  readonly password: string
}

export interface SignInPage {
  readonly server: Locator
  readonly loginId: Locator
  readonly extension: Locator
  readonly password: Locator
  readonly submit: Locator
  readonly cancel: Locator
  readonly beside: Locator
  /** The eleven stages beside the form. */
  readonly stages: Locator
  readonly certificate: Locator
  readonly trust: Locator
  readonly refuse: Locator
  readonly fill: (typed: Partial<Typed>) => Promise<void>
  readonly signIn: (typed: Partial<Typed>) => Promise<void>
}

export const signInPage = (page: Page, t: Translate): SignInPage => {
  const field = (name: 'server' | 'loginId' | 'extension' | 'password') =>
    page.getByLabel(t(`ui.signIn.${name}`), { exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const submit = button(t('ui.signIn.submit'))
  const fill = async (typed: Partial<Typed>): Promise<void> => {
    for (const name of ['server', 'loginId', 'extension', 'password'] as const) {
      const value = typed[name]
      if (value !== undefined) await field(name).fill(value)
    }
  }
  return {
    server: field('server'),
    loginId: field('loginId'),
    extension: field('extension'),
    password: field('password'),
    submit,
    cancel: button(t('ui.signIn.cancel')),
    beside: page.getByRole('radio', { name: t('ui.signIn.modeBeside') }),
    stages: page.getByRole('list', { name: t('ui.stages.title') }).getByRole('listitem'),
    certificate: page.getByRole('group', { name: t('ui.certificate.title') }),
    trust: button(t('ui.certificate.trust')),
    refuse: button(t('ui.certificate.refuse')),
    fill,
    signIn: async (typed) => {
      await fill(typed)
      await submit.click()
    },
  }
}
