import type { Page } from 'playwright/test'
import { catalogues } from '../src-contract/messages/translate'
import { wordCause } from '../src-contract/causes/words'
import { STAGES } from '../src-contract/connection'
import { inspectorCatalogues } from '../src-contract/messages/inspector'
import { expect, test } from './fixtures'
import { connectionPage, TABS } from './pages/connectionPage'
import { settingsPage } from './pages/settingsPage'
import { ask } from './support/ask'

const sections = Object.keys(catalogues.en).join('|')
/** `ui.signIn.title` on the screen means that a message is missing. */
const rawKey = new RegExp(String.raw`\b(${sections})\.[a-zA-Z0-9]+(\.[a-zA-Z0-9]+)*\b`)

/** Without what crossed the wire: that has no language of ours. */
const words = (page: Page): Promise<string> =>
  page.evaluate<string>(`[...document.querySelectorAll(':not(pre, pre *)')].flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent),
    element.getAttribute('aria-label'), element.getAttribute('title'), element.getAttribute('placeholder'),
  ]).filter(Boolean).join('\\n')`)

/** Every message of a catalogue with its key. */
const leaves = (part: object, path = ''): readonly (readonly [key: string, text: string])[] =>
  Object.entries(part).flatMap(([name, value]: [string, unknown]) => {
    const key = path === '' ? name : `${path}.${name}`
    if (typeof value === 'string') return [[key, value] as const]
    return typeof value === 'object' && value !== null ? leaves(value, key) : []
  })

const inspectorKeys = leaves(inspectorCatalogues.en).map(([key]) => key)
const dutch = new Set([...leaves(inspectorCatalogues.nl), ...leaves(catalogues.nl)].map(([, text]) => text))
/** Said in English and in no place of the Dutch catalogues: on a Dutch screen something was left out. */
const onlyEnglish = new Set(
  [...leaves(inspectorCatalogues.en), ...leaves(catalogues.en)]
    .map(([, text]) => text)
    .filter((text) => !dutch.has(text) && !text.includes('{')),
)

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

    test('the connection view speaks it throughout', async ({ form, page, simulator, t }) => {
      const { agent, address, control } = simulator
      const view = connectionPage(page, t)
      const { words: say } = view
      const clean = async (where: string) => {
        const text = await words(page)
        const lines = text.split('\n').map((line) => line.trim())
        const keys = inspectorKeys.filter((key) =>
          new RegExp(String.raw`(?<![\w.])${key}(?![\w.])`).test(text),
        )
        const english = language === 'en' ? [] : lines.filter((line) => onlyEnglish.has(line))
        expect([where, ...keys, ...english, /undefined|\[object|NaN/.exec(text)?.[0]]).toEqual([
          where,
          undefined,
        ])
      }
      const { id: loginId, extension, password } = agent
      control.setFault({ name: 'refuseUpgrade', status: 404 })
      await form.signIn({ server: address, loginId, extension, password })
      await page.getByTestId('open-connection').click()
      await expect(view.admin).toContainText(say('stages.checks'))
      const [failed] = (await ask(page, 'inspector.attempts', { source: 'live' })).slice(-1)
      if (!failed?.cause) throw new Error('There is no cause')
      await expect(view.title).toHaveText(wordCause(language, failed.cause).title)
      await clean('a failed stage')
      await view.tab('selfTest').click()
      await clean('self-test, empty')
      await view.selfTest.getByTestId('self-test-account').check()
      await view.selfTest.getByTestId('self-test-account').uncheck()
      await view.selfTest.getByTestId('self-test-start').click()
      await expect(view.result).not.toHaveAttribute('data-result', 'running', { timeout: 15_000 })
      await clean('self-test, done')
      control.clearFault()
      await view.back.click()
      await form.submit.click()
      await expect(page.getByTestId('nav-connection')).toBeVisible({ timeout: 15_000 })
      await view.open()
      for (const stage of STAGES) {
        await view.stage(stage).click()
        await expect(view.detail).toContainText(say(`stages.means.${stage}`))
        await clean(stage)
      }
      await view.calls.first().click()
      await clean('a REST call')
      for (const tab of TABS) {
        await view.tab(tab).click()
        await expect(view.tab(tab)).toHaveText(say(`view.${tab}`))
        await clean(tab)
      }
      await view.tab('trace').click()
      await view.traceRows.first().click()
      await clean('an entry of the trace')
      await view.tab('health').click()
      control.setFault({ name: 'resetSocket' })
      await expect(view.disconnects).toHaveCount(1)
      await clean('health')
      await view.view.getByText(say('health.asTable'), { exact: true }).click()
      await clean('health as a table')
      await page.getByTestId('bundle-start').click()
      await expect(view.bundleFiles.first()).toBeVisible()
      await clean('bundle')
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
