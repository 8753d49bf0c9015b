import { online } from '../simulator/testing'
import type { Desktop } from './desktop/desktop'
import { expect, test } from './fixtures'

const count = (desktop: Desktop, title: string): number =>
  desktop.notifications.filter(({ summary }) => summary === title).length

test('a lost connection is said once, comes back with everything read anew, and is said once', async ({
  desk,
  desktop,
  page,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  control.setFault({ name: 'refuseUpgrade', status: 503 })
  control.setFault({ name: 'resetSocket' })
  await expect(desk.pill).toContainText(t('ui.pill.recovering'))
  await expect(page.getByTestId('banner-recovering')).toBeVisible()
  await desktop.waitForNotification({ summary: t('shell.notify.lostTitle') })
  const reads = control.requests().length

  // Two more tries fail; meanwhile a supervisor acts.
  const retry = page.getByTestId('banner-recovering').getByRole('button', { name: t('ui.pill.reconnectNow') })
  await retry.click()
  control.supervisorForces(agent.id, 'READY')
  await expect.poll(() => control.requests().length).toBeGreaterThan(reads)
  control.clearFault()
  // Unless the try under way has just succeeded: then there is nothing left to click.
  await retry.click({ timeout: 2_000 }).catch(() => undefined)
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 15_000 })
  await desk.shows('state.READY')
  await expect(page.getByTestId('banner-recovering')).toBeHidden()
  await desktop.waitForNotification({ summary: t('shell.notify.restoredTitle') })
  const paths = control
    .requests()
    .slice(reads)
    .filter(({ status }) => status === 200)
    .map(({ path }) => path)
  for (const part of [`/User/${agent.id}`, '/Dialogs', '/Team/']) expect(paths.join(' ')).toContain(part)
  expect(count(desktop, t('shell.notify.lostTitle'))).toBe(1)
  expect(count(desktop, t('shell.notify.restoredTitle'))).toBe(1)
  await expect(desk.feed).toContainText(t('feed.stateChangedMeanwhile', { state: t('state.READY') }))
})

test('the first node dies: the second one takes over', async ({ desk, page, simulator, t }) => {
  const { control, nodes } = simulator
  await control.killNode('A')
  const retry = page.getByTestId('banner-recovering').getByRole('button', { name: t('ui.pill.reconnectNow') })
  await expect(page.getByTestId('banner-recovering')).toBeVisible()
  await expect(async () => {
    if (await retry.isVisible()) await retry.click()
    await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  await desk.pill.click()
  await expect(desk.connection).toContainText(`${nodes[1].host}:${nodes[1].port}`)
  await page.keyboard.press('Escape')
  await desk.choose(t('state.READY'))
  await desk.shows('state.READY')
})

test('another desktop under my ID: a clear stop without a fight, and the way back', async ({
  desk,
  desktop,
  page,
  simulator,
  t,
}) => {
  const { agent, control, info, nodes } = simulator
  const sessions = () => control.sessions().map(({ number }) => number)
  const [mine] = sessions()
  const other = await online(
    { info, node: nodes[0], other: nodes[1], agent } as Parameters<typeof online>[0],
    agent,
    { resource: 'desktop' },
  )
  const banner = page.getByTestId('banner-blocked')
  await expect(banner).toContainText(t('problem.signedInElsewhere.what'))
  await expect(desk.pill).toContainText(t('ui.pill.stopped'))
  await desktop.waitForNotification({ summary: t('shell.notify.blockedTitle') })
  await page.waitForTimeout(3_000)
  expect(sessions()).toHaveLength(1)
  expect(sessions()).not.toContain(mine)
  expect(other.closeCode).toBeNull()

  await banner.getByRole('button', { name: t('ui.banner.conflictTakeOver') }).click()
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 15_000 })
  await other.closed()
  expect(sessions()).toHaveLength(1)
})

test('Finesse signs me out: said with the reason, and one click signs in again', async ({
  desk,
  desktop,
  page,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  control.supervisorForces(agent.id, 'LOGOUT')
  const banner = page.getByTestId('banner-signed-out')
  await expect(banner).toContainText(t('systemReason.ucceLogout.c999.why'))
  await desktop.waitForNotification({ summary: t('shell.notify.stateTitle', { state: t('state.LOGOUT') }) })
  await page.waitForTimeout(1_000)
  expect(control.agent(agent.id).state).toBe('LOGOUT')
  await banner.getByRole('button', { name: t('ui.banner.signInAgain') }).click()
  await desk.shows('state.NOT_READY')
  await expect(banner).toBeHidden()
})

test('a password changed in mid-shift is asked for, once, with the desk still there', async ({
  desk,
  page,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  control.changePassword(agent.id, 'a new one')
  const attempts = () =>
    control.xmppLog().filter(({ direction, text }) => direction === 'in' && text.startsWith('<auth')).length
  const before = attempts()
  control.setFault({ name: 'resetSocket' })
  const recovering = page
    .getByTestId('banner-recovering')
    .getByRole('button', { name: t('ui.pill.reconnectNow') })
  await recovering.click()
  const banner = page.getByTestId('banner-blocked')
  await expect(banner).toContainText(t('problem.passwordWrong.what'))
  await expect(desk.member('Rothé')).toBeVisible()
  await page.waitForTimeout(1_500)
  expect(attempts()).toBe(before + 1)
  await banner.getByLabel(t('ui.banner.passwordAgain')).fill('a new one')
  await banner.getByRole('button', { name: t('ui.banner.passwordSend') }).click()
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 15_000 })
})
