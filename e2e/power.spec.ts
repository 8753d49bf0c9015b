import type { ElectronApplication } from 'playwright/test'
import { expect, test } from './fixtures'

test.use({ simulatorOptions: { proxied: true } })

const emit = (app: ElectronApplication, ...events: readonly string[]): Promise<void> =>
  app.evaluate(({ powerMonitor }, names) => {
    for (const name of names) powerMonitor.emit(name)
  }, events)

test('T3: after sleep a living connection is proved and kept', async ({ app, desk, simulator, t }) => {
  const { control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  const sessions = control.sessions()
  const pings = () =>
    control.xmppLog().filter(({ direction, text }) => direction === 'in' && text.includes('<ping'))
  const before = pings().length
  await emit(app, 'suspend', 'resume')
  await expect.poll(() => pings().length, { timeout: 2_000 }).toBeGreaterThan(before)
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  expect(control.sessions()).toEqual(sessions)
})

test('T3: after sleep a dead connection is found within seconds, not by the next pings', async ({
  app,
  desk,
  page,
  simulator,
  t,
}) => {
  const { control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await emit(app, 'suspend')
  await control.proxy('A', 'blackhole')
  const began = Date.now()
  await emit(app, 'resume')
  await expect(page.getByTestId('banner-recovering')).toBeVisible({ timeout: 6_000 })
  test.info().annotations.push({ type: 'noticed', description: `${Date.now() - began} ms` })
  // Where the network no longer leads to A, B is one try away.
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 30_000 })
  expect(control.sessions().map(({ node }) => node)).toContain('B')
})

test('T4: another network makes it look after its connection at once', async ({
  app,
  desk,
  page,
  profile,
  simulator,
  t,
}) => {
  const { control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await control.proxy('A', 'blackhole')
  const began = Date.now()
  await app.evaluate(({ net }) => {
    net.isOnline = () => false
  })
  await expect(page.getByTestId('banner-recovering')).toBeVisible({ timeout: 8_000 })
  test.info().annotations.push({ type: 'noticed', description: `${Date.now() - began} ms` })
  await expect.poll(() => profile.log()).toContain('networkChanged')
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 30_000 })
})

test('T6: locking the screen changes nothing, and unlocking neither', async ({ app, desk, simulator, t }) => {
  const { agent, control } = simulator
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  const sessions = control.sessions()
  const requests = control.requests().length
  await emit(app, 'lock-screen', 'user-did-resign-active')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(control.requests().length).toBe(requests)
  await emit(app, 'user-did-become-active', 'unlock-screen')
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  await desk.shows('state.READY')
  expect(control.agent(agent.id).state).toBe('READY')
  expect(control.sessions()).toEqual(sessions)
  expect(control.requests().filter(({ method }) => method !== 'GET').length).toBe(
    control
      .requests()
      .slice(0, requests)
      .filter(({ method }) => method !== 'GET').length,
  )
})
