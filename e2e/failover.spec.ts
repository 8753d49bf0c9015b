import { expect, test } from './fixtures'

const CALLER = '+4477001234'

test.use({ simulatorOptions: { proxied: true } })

test('F1: node A dies during a call: the call stays on screen, node B takes over by itself, the call is there', async ({
  desk,
  desktop,
  page,
  simulator,
  t,
}, info) => {
  const { agent, control, nodes } = simulator
  const shot = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
  control.setAgentState(agent.id, 'READY')
  await desk.shows('state.READY')
  control.ringAgent(agent.id, { from: CALLER, queue: 'Support' })
  control.answer(agent.id)
  await desk.shows('state.TALKING')
  await expect(desk.call(CALLER)).toBeVisible()
  await shot('1-talking')

  const began = Date.now()
  await control.killNode('A')
  await expect(page.getByTestId('banner-recovering')).toBeVisible()
  await expect(desk.call(CALLER)).toBeVisible()
  // The pill counts down to the moment Finesse signs the agent out.
  await expect(desk.pill).toContainText(/0:[45]\d/)
  await expect(page.getByTestId('calls-stale')).toBeVisible()
  await shot('2-recovering')
  info.annotations.push({ type: 'noticed', description: `${Date.now() - began} ms` })

  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 50_000 })
  info.annotations.push({ type: 'live again', description: `${Date.now() - began} ms` })
  await expect(page.getByTestId('banner-recovering')).toBeHidden()
  await expect(desk.call(CALLER)).toBeVisible()
  await desk.shows('state.TALKING')
  await shot('3-live-on-B')
  await desk.pill.click()
  await expect(desk.connection).toContainText(`${nodes[1].host}:${nodes[1].port}`)
  await page.keyboard.press('Escape')

  control.customerHangsUp(agent.id)
  await expect(desk.call(CALLER)).toHaveCount(0)
  const told = (title: string) => desktop.notifications.filter(({ summary }) => summary === title)
  expect(told(t('shell.notify.lostTitle'))).toHaveLength(1)
  expect(told(t('shell.notify.restoredTitle'))).toHaveLength(1)
  expect(told(t('shell.notify.callTitle'))).toHaveLength(1)
})
