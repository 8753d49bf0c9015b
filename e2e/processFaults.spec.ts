import { expect, test } from './fixtures'

test('P6: an uncaught exception and an unhandled rejection are logged, told once, and the session restarts', async ({
  app,
  desk,
  desktop,
  forgive,
  profile,
  simulator,
  t,
}) => {
  forgive.push(/uncaughtException/, /unhandledRejection/)
  const { control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await app.evaluate(({ dialog }) => {
    Object.assign(globalThis, { boxesByTest: 0 })
    const count = () => {
      const held = globalThis as unknown as { boxesByTest: number }
      held.boxesByTest += 1
    }
    dialog.showErrorBox = count
    dialog.showMessageBoxSync = () => {
      count()
      return 0
    }
  })
  const [first] = control.sessions()
  await app.evaluate(() => {
    setTimeout(() => {
      throw new Error('made by a test')
    }, 0)
  })
  await desktop.waitForNotification({ summary: t('shell.fault.title') })
  await expect.poll(() => profile.log()).toContain('uncaughtException')
  const renewed = () => control.sessions().every(({ number }) => number > (first?.number ?? 0))
  await expect.poll(() => control.sessions().length === 1 && renewed(), { timeout: 15_000 }).toBe(true)
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 15_000 })

  await app.evaluate(() => {
    setTimeout(() => void Promise.reject(new Error('made by a test')), 0)
  })
  await expect.poll(() => profile.log()).toContain('unhandledRejection')
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 15_000 })
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  expect(desktop.notifications.filter(({ summary }) => summary === t('shell.fault.title'))).toHaveLength(1)
  expect(await app.evaluate(() => (globalThis as unknown as { boxesByTest: number }).boxesByTest)).toBe(0)
})

test('P7: a main loop blocked for two seconds is written down with its length; the connection is kept', async ({
  app,
  desk,
  profile,
  simulator,
  t,
}) => {
  const { control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  const sessions = control.sessions()
  await app.evaluate(() => {
    const until = performance.now() + 2_100
    while (performance.now() < until);
  })
  await expect.poll(() => profile.log()).toContain('mainBlocked')
  const line = profile
    .log()
    .split('\n')
    .find((one) => one.includes('mainBlocked'))
  expect(line).toMatch(/"ms":(1[0-9]|2[0-9])\d\d/)
  await pastThePing()
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  expect(control.sessions()).toEqual(sessions)
})

/** Longer than a ping and the time for its answer, so that a verdict would have fallen. */
const pastThePing = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 7_000))
