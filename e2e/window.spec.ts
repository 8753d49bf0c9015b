import { spawn } from 'node:child_process'
import { expect, test } from './fixtures'
import { listenerCounts } from './pages/crashedPage'
import { desk as deskOf } from './pages/desk'
import { quitDialog } from './pages/quitDialog'
import { appFolder, electronExecutable, environment } from './support/launch'
import { closeWindow, windowFacts } from './support/shell'

test('closing the window keeps the session in the tray; a click there brings it back', async ({
  app,
  desk,
  desktop,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  await closeWindow(app)
  await expect.poll(() => windowFacts(app)).toMatchObject({ visible: false })
  expect(control.sessions()).toHaveLength(1)
  control.setAgentState(agent.id, 'READY')
  await expect.poll(() => desktop.tray.tooltip()).toContain(t('state.READY'))
  await desktop.tray.activate()
  await expect.poll(() => windowFacts(app)).toMatchObject({ visible: true, focused: true })
  await desk.shows('state.READY')
  expect((await windowFacts(app)).title).toBe(
    t('shell.title.agent', { state: t('state.READY'), name: `${agent.firstName} ${agent.lastName}` }),
  )
})

test('quitting asks first; cancelled, everything goes on', async ({ desk, desktop, page, simulator, t }) => {
  const quit = quitDialog(page, t)
  await desktop.tray.clickMenu([t('shell.tray.quit')])
  await expect(quit.dialog).toBeVisible()
  await quit.cancel.click()
  await expect(quit.dialog).toBeHidden()
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  expect(simulator.control.sessions()).toHaveLength(1)
  await desktop.tray.clickMenu([t('shell.tray.quit')])
  await expect(quit.dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(quit.dialog).toBeHidden()
})

test('quitting with a reason signs out with that reason', async ({
  desk,
  desktop,
  launched,
  page,
  simulator,
  t,
}) => {
  await expect(desk.stateControl).toBeVisible()
  const { agent, control } = simulator
  const quit = quitDialog(page, t)
  await desktop.tray.clickMenu([t('shell.tray.quit')])
  await quit.dialog.getByRole('button', { name: new RegExp(`^${t('ui.quit.reason')}`) }).click()
  await page.getByRole('menuitemradio', { name: 'Unwell' }).click()
  await quit.signOut.click()
  expect(await launched.exited).toBe(0)
  expect(control.agent(agent.id)).toMatchObject({ state: 'LOGOUT', reason: { label: 'Unwell' } })
  expect(control.sessions()).toEqual([])
})

test('quitting without signing out leaves the agent signed in at Finesse', async ({
  desk,
  desktop,
  launched,
  page,
  simulator,
  t,
}) => {
  await expect(desk.stateControl).toBeVisible()
  const { agent, control } = simulator
  await desktop.tray.clickMenu([t('shell.tray.quit')])
  await quitDialog(page, t).stay.click()
  expect(await launched.exited).toBe(0)
  expect(control.agent(agent.id).state).toBe('NOT_READY')
  await expect.poll(() => control.sessions()).toEqual([])
})

test('P5: a second start shows the first window and leaves at once, whatever it was given', async ({
  app,
  desk,
  profile,
}) => {
  await expect(desk.stateControl).toBeVisible()
  await closeWindow(app)
  await expect.poll(() => windowFacts(app)).toMatchObject({ visible: false })
  const began = Date.now()
  // As Playwright starts the first: it must not matter here whether this machine allows a sandbox.
  const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : []
  const given = ['https://evil.example/', '--remote-debugging-port=0', '/etc/passwd', '']
  const second = spawn(electronExecutable, [...sandbox, appFolder, ...given], {
    env: environment({ profile: profile.folder }),
    stdio: 'ignore',
  })
  const code = await new Promise<number | null>((resolve) => second.once('exit', resolve))
  expect(code).toBe(0)
  expect(Date.now() - began).toBeLessThan(2_000)
  await expect.poll(() => windowFacts(app)).toMatchObject({ visible: true, focused: true })
  expect(app.windows()).toHaveLength(1)
})

test('P2: a reload in the middle of a call shows the right state at once and listens once', async ({
  app,
  desk,
  desktop,
  page,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  control.setAgentState(agent.id, 'READY')
  await desk.shows('state.READY')
  control.ringAgent(agent.id, { from: '+4477001234', queue: 'Support' })
  control.answer(agent.id)
  await desk.shows('state.TALKING')
  const listeners = () => listenerCounts(app)
  const before = await listeners()
  const sessions = control.sessions()
  for (let time = 0; time < 3; time++) {
    await page.reload()
    const shown = deskOf(page, t)
    await shown.shows('state.TALKING', 2_000)
    await expect(shown.call('+4477001234')).toBeVisible()
    await expect(shown.member('Rothé')).toBeVisible()
  }
  expect(await listeners()).toEqual(before)
  expect(control.sessions()).toEqual(sessions)
  control.customerHangsUp(agent.id)
  await desk.shows('state.READY')
  await expect(desk.feedRows.filter({ hasText: /Call with .* ended/ })).toHaveCount(1)
  expect(desktop.notifications.filter(({ summary }) => summary === t('shell.notify.callTitle'))).toHaveLength(
    1,
  )
})
