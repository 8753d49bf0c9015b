import { expect, test } from './fixtures'
import { quitDialog } from './pages/quitDialog'
import { connectionPage } from './pages/connectionPage'
import { settingsPage } from './pages/settingsPage'
import { axeProblems as problems } from './support/axe'
import { resizeWindow } from './support/shell'

const SIZES = [
  [960, 640],
  [500, 400],
] as const

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ settings: { theme } })

    test('the sign-in page, whatever it shows', async ({ app, form, page, simulator, t }) => {
      test.setTimeout(90_000)
      const found: string[] = []
      const check = async (view: string) => {
        for (const size of SIZES) {
          await resizeWindow(app, size)
          found.push(...(await problems(page, `${view} ${size.join('x')}`)))
        }
      }
      const { agent, address, control } = simulator
      await expect(form.submit).toBeVisible()
      await check('empty')
      await form.submit.click()
      await check('fields missing')
      control.setFault({ name: 'silent', scope: 'xmpp' })
      await form.signIn({
        server: address,
        loginId: agent.id,
        extension: agent.extension,
        password: agent.password,
      })
      await expect(form.stages.filter({ hasText: t('stage.tls') })).toContainText(t('ui.stages.ok'))
      await check('progress')
      await form.cancel.click()
      await form.signIn({ server: 'localhost:1', password: 'x' })
      await expect(page.getByText(/refuses connections/).first()).toBeVisible()
      await check('problem')
      expect(found).toEqual([])
    })

    test('the desk, empty and busy, lost and stopped', async ({ app, desk, page, simulator, t }) => {
      test.setTimeout(120_000)
      const found: string[] = []
      const check = async (view: string) => {
        for (const size of SIZES) {
          await resizeWindow(app, size)
          found.push(...(await problems(page, `${view} ${size.join('x')}`)))
        }
        await resizeWindow(app, SIZES[0])
      }
      const { agent, control } = simulator
      await expect(desk.member('Rothé')).toBeVisible()
      await check('desk')
      await desk.openPanel()
      await check('state panel')
      await page.keyboard.press('Escape')
      await desk.pill.click()
      await check('connection')
      await page.keyboard.press('Escape')
      control.setAgentState(agent.id, 'READY')
      await desk.shows('state.READY')
      control.ringAgent(agent.id)
      await desk.shows('state.RESERVED')
      await check('ringing')
      control.answer(agent.id)
      await desk.shows('state.TALKING')
      await check('on a call')
      await app.evaluate(({ app: running }) => {
        running.emit('before-quit', { preventDefault: () => undefined })
      })
      await expect(quitDialog(page, t).dialog).toBeVisible()
      await check('quit')
      await quitDialog(page, t).cancel.click()
      await desk.settings.click()
      await expect(settingsPage(page, t).title).toBeVisible()
      await check('settings')
      await page.keyboard.press('Control+Digit1')
      control.setFault({ name: 'refuseUpgrade' })
      control.setFault({ name: 'resetSocket' })
      await expect(page.getByTestId('banner-recovering')).toBeVisible()
      await check('recovering')
      control.clearFault()
      await page.getByTestId('banner-recovering').getByRole('button').click()
      await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 15_000 })
      control.setFault({ name: 'conflict' })
      await expect(page.getByTestId('banner-blocked')).toBeVisible()
      await check('stopped')
      expect(found).toEqual([])
    })

    test('the connection view, whatever it shows', async ({ app, form, page, simulator, t }) => {
      test.setTimeout(90_000)
      const found: string[] = []
      const check = async (view: string) => {
        // Where nothing reacts to it: which row it would be on depends on the moment.
        await page.mouse.move(560, 30)
        for (const size of SIZES) {
          await resizeWindow(app, size)
          found.push(...(await problems(page, `${view} ${size.join('x')}`)))
        }
        await resizeWindow(app, SIZES[0])
      }
      const { agent, address, control } = simulator
      const view = connectionPage(page, t)
      const { id: loginId, extension, password } = agent
      control.setFault({ name: 'refuseUpgrade', status: 404 })
      await form.signIn({ server: address, loginId, extension, password })
      await page.getByTestId('open-connection').click()
      await expect(view.admin).toBeVisible()
      await check('a failed stage')
      await view.tab('selfTest').click()
      await check('self-test, empty')
      control.clearFault()
      await view.selfTest.getByTestId('self-test-start').click()
      await expect(view.result).toHaveAttribute('data-result', 'ok', { timeout: 15_000 })
      await check('self-test, done')
      await view.back.click()
      await form.submit.click()
      await expect(page.getByTestId('nav-connection')).toBeVisible({ timeout: 15_000 })
      await view.open()
      await view.stage('tls').click()
      await check('certificates')
      await view.calls.first().click()
      await check('a REST call')
      await view.tab('trace').click()
      await view.traceRows.first().click()
      await check('trace')
      await view.tab('health').click()
      control.setFault({ name: 'resetSocket' })
      await expect(view.disconnects).toHaveCount(1)
      await check('health')
      await view.view.getByText(view.words('health.asTable'), { exact: true }).click()
      await check('health as a table')
      await page.getByTestId('bundle-start').click()
      await view.bundleFiles.first().click()
      await check('bundle')
      expect(found).toEqual([])
    })

    test.describe('with an untrusted certificate', () => {
      test.use({ trustSimulator: 'no' })

      test('the question about it', async ({ app, form, page, simulator }) => {
        const { agent, address } = simulator
        await form.signIn({
          server: address,
          loginId: agent.id,
          extension: agent.extension,
          password: agent.password,
        })
        await expect(form.certificate).toBeVisible()
        const found: string[] = []
        for (const size of SIZES) {
          await resizeWindow(app, size)
          found.push(...(await problems(page, `certificate ${size.join('x')}`)))
        }
        expect(found).toEqual([])
      })
    })
  })
}

test('changes are announced: my state politely, a call and a loss at once', async ({
  desk,
  page,
  simulator,
  t,
}) => {
  await expect(desk.stateControl).toBeVisible()
  const { agent, control } = simulator
  const polite = page.getByTestId('announce-polite')
  const urgent = page.getByTestId('announce-urgent')
  control.setAgentState(agent.id, 'READY')
  await expect(polite).toHaveText(t('ui.announce.state', { state: t('state.READY') }))
  control.ringAgent(agent.id, { from: '+4477001234', queue: 'Support' })
  await expect(urgent).toHaveText(t('ui.announce.callQueue', { remote: '+4477001234', queue: 'Support' }))
  control.setFault({ name: 'resetSocket' })
  await expect(urgent).toHaveText(t('ui.announce.lost'))
})
