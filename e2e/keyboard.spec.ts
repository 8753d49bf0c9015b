import { expect, test } from './fixtures'
import { STAGES } from '../src-contract/connection'
import { connectionPage, TABS } from './pages/connectionPage'
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

test('the connection view without a mouse', async ({ app, desk, page, t }) => {
  const { keyboard } = page
  const view = connectionPage(page, t)
  const { words } = view
  const tabTo = async (target: typeof view.view, key = 'Tab') => {
    for (let steps = 0; steps < 16; steps++) {
      if ((await target.and(page.locator(':focus')).count()) > 0) return
      await keyboard.press(key)
    }
    await expect(target).toBeFocused()
  }
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await keyboard.press('Control+Digit2')
  await expect(view.stage('live')).toHaveAttribute('data-status', 'ok')

  await test.step('the tabs', async () => {
    await tabTo(view.tab('stages'))
    for (const tab of [...TABS.slice(1), TABS[0]]) {
      await keyboard.press('ArrowRight')
      await expect(view.tab(tab)).toBeFocused()
      await expect(view.tab(tab)).toHaveAttribute('aria-selected', 'true')
    }
  })

  await test.step('stages and calls', async () => {
    const list = view.view.getByTestId('stage-list')
    await tabTo(list.locator('[tabindex="0"]'))
    await keyboard.press('Home')
    for (const stage of STAGES) {
      await expect(view.stage(stage)).toBeFocused()
      await expect(view.detail.getByTestId('stage-panel')).toHaveAttribute('data-stage', stage)
      await keyboard.press('ArrowDown')
    }
    await expect(view.calls.first()).toBeFocused()
    await expect(view.title).toContainText('/finesse/api/')
    await tabTo(view.detail.getByTestId('copy-line'))
    await keyboard.press('Enter')
    await expect(view.detail).toContainText(words('view.copied'))
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('/finesse/api/')
  })

  await test.step('the bundle', async () => {
    await tabTo(page.getByTestId('bundle-start'), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(view.bundle.locator(':focus')).toHaveCount(1)
    await expect(view.bundleFiles.first()).toBeVisible()
    await tabTo(view.bundleFiles.first())
    await keyboard.press('Enter')
    await expect(view.bundle.getByTestId('bundle-text')).toContainText('formatVersion')
    await keyboard.press('ArrowDown')
    await expect(view.bundle.getByTestId('bundle-text')).toContainText('electron')
    await keyboard.press('Escape')
    await expect(view.bundle).toBeHidden()
    await expect(page.getByTestId('bundle-start')).toBeFocused()
  })

  await test.step('the trace', async () => {
    await tabTo(view.tab('stages'), 'Shift+Tab')
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await tabTo(view.view.getByTestId('trace-filter'))
    await keyboard.type('<bind')
    await expect(view.traceRows).toHaveCount(3)
    await keyboard.press('ArrowDown')
    await expect(view.view.getByTestId('trace-list')).toBeFocused()
    await keyboard.press('Home')
    await keyboard.press('Enter')
    await expect(view.traceDetail).toContainText('<bind')
  })
  await keyboard.press('Control+Digit1')
  await expect(desk.feed).toBeVisible()
})
