import { desk } from './pages/desk'
import { expect, test } from './fixtures'

test.use({ embeddedSimulator: true })

test('the first start offers a simulated agent: one click and the desk lives', async ({ page, form, t }) => {
  await expect(form.server).toHaveValue(/^localhost:\d+$/, { timeout: 15_000 })
  await expect(form.loginId).toHaveValue('1001')
  await expect(form.extension).toHaveValue('2001')
  await expect(form.password).toHaveValue('')
  await expect(page.getByText(t('ui.signIn.simulatorRunning'))).toBeVisible()
  await form.submit.click()

  const shown = desk(page, t)
  await shown.shows('state.NOT_READY', 15_000)
  await expect(shown.members.first()).toBeVisible()
  await expect(page.getByTestId('team-count')).toHaveText('18')
  await expect(shown.feedRows.first()).toBeVisible()
  await shown.pill.click()
  await expect(shown.stages).toHaveCount(11)
  for (const stage of await shown.stages.all()) {
    await expect(stage).toContainText(t('ui.stages.ok'))
    await expect(stage).toContainText(/(<?\d+) ms/)
  }
})
