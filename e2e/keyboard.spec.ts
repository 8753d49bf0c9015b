import { expect, test } from './fixtures'
import { desk as deskOf } from './pages/desk'
import { quitDialog } from './pages/quitDialog'
import { settingsPage } from './pages/settingsPage'

test('a whole shift without a mouse', async ({ app, form, page, simulator, t }) => {
  const { agent, address, control } = simulator
  const { keyboard } = page
  // The cursor waits in the first empty field.
  await expect(form.server).toBeFocused()
  await keyboard.type(address)
  const goTo = async (field: typeof form.server) => {
    for (let steps = 0; steps < 8; steps++) {
      if (
        await field.evaluate(
          (element) => element === (element.ownerDocument as { activeElement: unknown }).activeElement,
        )
      )
        return
      await keyboard.press('Tab')
    }
    await expect(field).toBeFocused()
  }
  await goTo(form.loginId)
  await keyboard.type(agent.id)
  await goTo(form.extension)
  await keyboard.type(agent.extension)
  await goTo(form.password)
  await keyboard.type(agent.password)
  await keyboard.press('Enter')
  const desk = deskOf(page, t)
  await desk.shows('state.NOT_READY', 15_000)

  await keyboard.press('Control+Shift+KeyA')
  await desk.shows('state.READY')
  await keyboard.press('Control+KeyK')
  await expect(desk.statePanel).toBeVisible()
  await keyboard.type('lun')
  await keyboard.press('Enter')
  await expect(desk.stateControl).toContainText('Lunch')
  await expect(desk.stateControl).toBeFocused()

  await keyboard.press('Control+KeyK')
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowUp')
  await keyboard.press('Escape')
  await expect(desk.statePanel).toBeHidden()

  await keyboard.press('Control+KeyF')
  await expect(desk.findMember).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(desk.roster).toBeFocused()
  await keyboard.press('End')

  await keyboard.press('Control+Comma')
  await expect(settingsPage(page, t).title).toBeVisible()
  await keyboard.press('Control+Digit1')
  await expect(desk.feed).toBeVisible()

  await app.evaluate(({ app: running }) => {
    running.quit()
  })
  const quit = quitDialog(page, t)
  await expect(quit.dialog).toBeVisible()
  await expect(quit.dialog.locator(':focus')).toHaveCount(1)
  await keyboard.press('Escape')
  await expect(quit.dialog).toBeHidden()

  await keyboard.press('Control+Shift+KeyO')
  await expect(page.getByRole('group', { name: t('ui.state.signOutTitle') })).toBeVisible()
  await keyboard.press('Enter')
  await expect(form.submit).toBeVisible()
  expect(control.agent(agent.id)).toMatchObject({ state: 'LOGOUT', reason: { category: 'LOGOUT' } })
})
