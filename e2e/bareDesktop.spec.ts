import { expect, test } from './fixtures'
import { closeWindow, windowFacts } from './support/shell'

// A desktop without a session bus: no tray, no notification service, no keyring.
test.use({ appEnvironment: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', XDG_CURRENT_DESKTOP: '' } })

test('T8: works without tray, notifications and keyring; the window stays reachable, no password is kept', async ({
  app,
  desk,
  desktop,
  profile,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  control.ringAgent(agent.id, { from: '+4477001234', queue: 'Support' })
  await expect(desk.call('+4477001234')).toBeVisible()
  expect(desktop.notifications).toEqual([])
  await closeWindow(app)
  await expect.poll(() => windowFacts(app)).toMatchObject({ minimised: true })
  expect(control.sessions()).toHaveLength(1)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.restore())
  await expect(desk.call('+4477001234')).toBeVisible()
  for (const { path, bytes } of profile.files())
    expect(bytes.includes(agent.password), `the password is in ${path}`).toBe(false)
})
