import type { Desktop } from './desktop/desktop'
import { expect, test } from './fixtures'
import { closeWindow, windowFacts } from './support/shell'

const CALLER = '+4477001234'
const titled = (desktop: Desktop, title: string) =>
  desktop.notifications.filter(({ summary }) => summary === title)

test.describe('a call from a queue', () => {
  test('rings everywhere: notification, card, tray, feed; a click on the notification brings the window', async ({
    app,
    desk,
    desktop,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    await closeWindow(app)
    await expect.poll(async () => (await windowFacts(app)).visible).toBe(false)

    control.ringAgent(agent.id, { from: CALLER, queue: 'Support' })
    const shown = await desktop.waitForNotification({ summary: t('shell.notify.callTitle') })
    expect(shown.body).toBe(t('shell.notify.callFromQueue', { remote: CALLER, queue: 'Support' }))
    expect(shown.urgency).toBe('critical')
    await expect.poll(async () => (await desktop.tray.icon())?.colours[0]?.hex).toBe('#0d9488')

    desktop.click(shown.id)
    await expect.poll(() => windowFacts(app)).toMatchObject({ visible: true, focused: true })
    await expect(desk.call(CALLER)).toContainText(t('ui.calls.ringing'))
    await expect(desk.call(CALLER)).toContainText('Support')
    await expect(
      desk.feedRows.filter({ hasText: t('feed.callArrivedQueue', { remote: CALLER, queue: 'Support' }) }),
    ).toHaveCount(1)
    expect(titled(desktop, t('shell.notify.callTitle'))).toHaveLength(1)
  })

  test('ends when the customer hangs up: the card goes and the notification closes', async ({
    desk,
    desktop,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    control.ringAgent(agent.id, { from: CALLER, queue: 'Support' })
    const shown = await desktop.waitForNotification({ summary: t('shell.notify.callTitle') })
    await expect(desk.call(CALLER)).toBeVisible()
    control.customerHangsUp(agent.id)
    await expect(desk.call(CALLER)).toHaveCount(0)
    await expect(desk.calls).toContainText(t('ui.calls.none'))
    await expect.poll(() => shown.closed).toBe('byTheApp')
  })

  test('answered on the phone it becomes a call with a timer, on hold shows both times', async ({
    desk,
    desktop,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    control.ringAgent(agent.id, { from: CALLER, queue: 'Support' })
    const shown = await desktop.waitForNotification({ summary: t('shell.notify.callTitle') })
    control.answer(agent.id)
    await desk.shows('state.TALKING')
    await expect.poll(() => shown.closed).toBe('byTheApp')
    await expect(desk.call(CALLER)).toContainText(t('ui.calls.total'))
    control.act(agent.id, 'HOLD')
    await desk.shows('state.HOLD')
    await expect(desk.call(CALLER)).toContainText(t('ui.calls.hold'))
  })

  test('still ringing after a reconnect, it is not announced again', async ({
    desk,
    desktop,
    page,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    control.ringAgent(agent.id, { from: CALLER, queue: 'Support' })
    await desktop.waitForNotification({ summary: t('shell.notify.callTitle') })
    control.setFault({ name: 'resetSocket' })
    await page
      .getByTestId('banner-recovering')
      .getByRole('button', { name: t('ui.pill.reconnectNow') })
      .click()
    await desktop.waitForNotification({ summary: t('shell.notify.restoredTitle') })
    await expect(desk.call(CALLER)).toContainText(t('ui.calls.ringing'))
    control.setFault({ name: 'duplicateEvent' })
    control.answer(agent.id)
    await desk.shows('state.TALKING')
    expect(titled(desktop, t('shell.notify.callTitle'))).toHaveLength(1)
    expect(titled(desktop, t('shell.notify.lostTitle'))).toHaveLength(1)
    expect(titled(desktop, t('shell.notify.restoredTitle'))).toHaveLength(1)
    await expect(
      desk.feedRows.filter({ hasText: t('feed.callArrivedQueue', { remote: CALLER, queue: 'Support' }) }),
    ).toHaveCount(1)
  })
})

test.describe('a phone that rings for 1.5 s', () => {
  test.use({ simulatorOptions: { rules: { ringMs: 1_500 } } })

  test('not answered: Not Ready, with the reason in words, told once', async ({
    desk,
    desktop,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    control.ringAgent(agent.id, { from: CALLER, queue: 'Support' })
    const told = await desktop.waitForNotification({
      summary: t('shell.notify.stateTitle', { state: t('state.NOT_READY') }),
    })
    expect(told.body).toContain(t('systemReason.ucceNotReady.c32767.why'))
    expect(told.body).toContain('32767')
    await desk.shows('state.NOT_READY')
    await expect(desk.stateControl).toContainText(/call not answered/i)
    await expect(desk.feed).toContainText(t('feed.callMissedQueue', { remote: CALLER, queue: 'Support' }))
    control.setFault({ name: 'malformedFrame' })
    await desktop.waitForNotification({ summary: t('shell.notify.restoredTitle') })
    expect(titled(desktop, told.summary)).toHaveLength(1)
  })
})

test('a supervisor who sets me Not Ready is named in the notification', async ({
  desk,
  desktop,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  control.supervisorForces(agent.id, 'NOT_READY')
  const told = await desktop.waitForNotification({
    summary: t('shell.notify.stateTitle', { state: t('state.NOT_READY') }),
  })
  expect(told.body).toContain(t('shell.notify.stateBySupervisor'))
  await expect(desk.feedRows.first()).toContainText(t('actor.supervisor'))
})
