import { expect, test } from './fixtures'

test.describe('a server that takes its time', () => {
  test.use({ simulatorOptions: { eventDelayMs: [1_500, 1_500] } })

  test('a change is shown as asked, then accepted, and as done only when Finesse says so', async ({
    desk,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    control.setFault({ name: 'slow', ms: 600 })
    await desk.choose(t('state.READY'))
    const state = t('state.READY')
    await expect(desk.note).toHaveText(t('ui.state.asked', { state }))
    await expect(desk.stateControl).toContainText(t('state.NOT_READY'))
    await expect(desk.note).toHaveText(t('ui.state.accepted', { state }))
    await expect(desk.stateControl).toContainText(t('state.NOT_READY'))
    await desk.shows('state.READY')
    await expect(desk.note).toBeHidden()
    await expect(desk.feedRows.first()).toContainText(t('actor.you'))
    expect(control.requests().filter(({ method }) => method === 'PUT')).toHaveLength(2)
    expect(control.agent(agent.id).state).toBe('READY')
  })
})

test('without an event the state is read back after 5 s', async ({ desk, simulator, t }) => {
  simulator.control.setFault({ name: 'noEvents' })
  await desk.choose(t('state.READY'))
  const asked = Date.now()
  await expect(desk.note).toHaveText(t('ui.state.accepted', { state: t('state.READY') }))
  await desk.shows('state.READY', 8_000)
  expect(Date.now() - asked).toBeGreaterThan(4_500)
})

test('Not Ready takes a reason: by list, by typing, and the last ones first', async ({
  desk,
  page,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  await desk.choose('Lunch')
  await expect(desk.stateControl).toContainText('Lunch')
  expect(control.agent(agent.id).reason).toMatchObject({ id: '49', code: 27 })

  await desk.openPanel()
  await expect(desk.choice('Lunch')).toContainText(t('ui.state.current'))
  await expect(desk.findReason).toBeFocused()
  await page.keyboard.type('coach')
  await expect(desk.choices).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(desk.stateControl).toContainText('Coaching & feedback')

  await desk.openPanel()
  await expect(desk.statePanel).toContainText(t('ui.state.favourites'))
  const labels = await desk.choices.locator('bdi').allInnerTexts()
  expect(labels.slice(0, 3)).toEqual([t('state.READY'), 'Coaching & feedback', 'Lunch'])
  await desk.findReason.fill('nothing like it')
  await expect(desk.statePanel).toContainText(t('ui.state.noMatch', { text: 'nothing like it' }))
})

test('a refused change says so in words and can be dismissed', async ({ desk, page, simulator, t }) => {
  simulator.control.setFault({ name: 'restStatus', status: 500, method: 'PUT', body: 'html' })
  await desk.choose(t('state.READY'))
  const banner = page.getByTestId('banner-refused')
  await expect(banner).toContainText(t('ui.state.refused', { state: t('state.READY') }))
  await expect(banner).toContainText('HTTP 500')
  await expect(desk.stateControl).toContainText(t('state.NOT_READY'))
  expect(simulator.control.requests().filter(({ status }) => status === 500)).toHaveLength(1)
  await banner.getByRole('button', { name: t('ui.state.dismiss') }).click()
  await expect(banner).toBeHidden()
})

test('during a call Not Ready is for afterwards, and signing out is off and says why', async ({
  desk,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  control.ringAgent(agent.id)
  await desk.shows('state.RESERVED')
  control.answer(agent.id)
  await desk.shows('state.TALKING')

  await desk.openPanel()
  const signOut = desk.choice(t('ui.state.signOut'))
  await expect(signOut).toHaveAttribute('aria-disabled', 'true')
  await expect(signOut).toContainText(t('whyNot.onCallSignOut'))
  await expect(desk.choice('Lunch')).toContainText(t('ui.state.afterCall'))
  await desk.choice('Lunch').click()
  await expect(desk.note).toContainText('Lunch')
  await expect(desk.stateControl).toContainText(t('state.TALKING'))
  control.customerHangsUp(agent.id)
  await desk.shows('state.NOT_READY')
  await expect(desk.stateControl).toContainText('Lunch')
})

test.describe('UCCX', () => {
  test.use({ simulatorOptions: { deployment: 'UCCX' } })

  test('during a call Ready is off and says why', async ({ desk, simulator, t }) => {
    const { agent, control } = simulator
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    control.ringAgent(agent.id)
    await desk.shows('state.RESERVED')
    control.answer(agent.id)
    await desk.shows('state.TALKING')
    await desk.openPanel()
    const ready = desk.choice(t('state.READY'))
    await expect(ready).toHaveAttribute('aria-disabled', 'true')
    await expect(ready).toContainText(t('whyNot.onCallUccx'))
  })
})

test('signing out asks why and ends at the sign-in page', async ({ desk, form, page, simulator, t }) => {
  const { agent, control } = simulator
  await desk.choose(t('ui.state.signOut'))
  await page
    .getByRole('group', { name: t('ui.state.signOutTitle') })
    .getByRole('button', { name: 'End of shift' })
    .click()
  await expect(form.submit).toBeVisible()
  expect(control.agent(agent.id)).toMatchObject({ state: 'LOGOUT', reason: { id: '61' } })
  await expect.poll(() => control.sessions()).toEqual([])
  await expect(form.loginId).toHaveValue(agent.id)
})

test('chosen with the mouse, no hint is left lying over the call', async ({ desk, page, t }) => {
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
  await page.mouse.move(300, 600)
  await page.waitForTimeout(700)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
})
