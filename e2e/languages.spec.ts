import type { Page } from 'playwright/test'
import { catalogues } from '../src-contract/messages/translate'
import { expect, test } from './fixtures'
import { settingsPage } from './pages/settingsPage'

const sections = Object.keys(catalogues.en).join('|')
/** `ui.signIn.title` on the screen means that a message is missing. */
const rawKey = new RegExp(String.raw`\b(${sections})\.[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)*\b`)

const words = (page: Page): Promise<string> =>
  page.evaluate<string>(`[...document.querySelectorAll('*')].flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent),
    element.getAttribute('aria-label'), element.getAttribute('title'), element.getAttribute('placeholder'),
  ]).filter(Boolean).join('\\n')`)

for (const language of ['en', 'nl'] as const) {
  test.describe(language, () => {
    test.use({ language })

    test('the main flow speaks it throughout', async ({ desktop, desk, form, page, simulator, t }) => {
      const { agent, control } = simulator
      await expect(page.locator('html')).toHaveAttribute('lang', language)
      const clean = async () => {
        expect((await words(page)).match(rawKey)?.[0]).toBeUndefined()
        expect(await words(page)).not.toMatch(/\{[a-zA-Z]+\}|undefined|\[object/)
      }
      await clean()
      await expect(desk.stateControl).toContainText(t('state.NOT_READY'))
      await desk.choose(t('state.READY'))
      await desk.shows('state.READY')
      control.ringAgent(agent.id, { from: '+4477001234', queue: 'Support' })
      const call = await desktop.waitForNotification({ summary: t('shell.notify.callTitle') })
      expect(call.body).toBe(t('shell.notify.callFromQueue', { remote: '+4477001234', queue: 'Support' }))
      await expect(desk.call('+4477001234')).toContainText(t('ui.calls.ringing'))
      await expect.poll(() => desktop.tray.tooltip()).toContain(t('state.RESERVED'))
      await clean()
      control.customerHangsUp(agent.id)
      await desk.choose('Lunch')
      await expect(desk.stateControl).toContainText('Lunch')
      await desk.openPanel()
      await clean()
      await page.keyboard.press('Escape')
      await desk.settings.click()
      await expect(settingsPage(page, t).title).toBeVisible()
      await clean()
      await page.keyboard.press('Control+Digit1')
      await desk.choose(t('ui.state.signOut'))
      await page
        .getByRole('group', { name: t('ui.state.signOutTitle') })
        .getByRole('button', { name: 'End of shift' })
        .click()
      await expect(form.submit).toBeVisible()
      await clean()
      await form.signIn({ server: 'localhost:1', password: 'x' })
      await expect(
        page.getByText(t('problem.connectionRefused.what', { host: 'localhost', port: 1 })).first(),
      ).toBeVisible()
      await clean()
    })
  })
}

test('the language and the theme change at once and stay', async ({ desk, page, profile, t }) => {
  await desk.settings.click()
  await page
    .getByRole('radiogroup', { name: t('ui.settings.language') })
    .getByRole('radio', { name: 'Nederlands' })
    .click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl')
  await expect(page.getByRole('heading', { name: catalogues.nl.ui.settings.title })).toBeVisible()
  await page
    .getByRole('radiogroup', { name: catalogues.nl.ui.settings.theme })
    .getByRole('radio', { name: catalogues.nl.ui.settings.themeDark })
    .click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect.poll(() => profile.settings()).toMatchObject({ locale: 'nl', theme: 'dark' })
})
