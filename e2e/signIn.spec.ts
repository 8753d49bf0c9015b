import { STAGES } from '../src-contract/connection'
import { desk } from './pages/desk'
import { expect, test } from './fixtures'

const seconds = (timer: string): number => timer.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)

test.describe('a server whose clock is three minutes slow', () => {
  test.use({ simulatorOptions: { clockOffsetMs: -180_000 } })

  test('signing in by typing shows who I am, all eleven stages, and a timer that is right', async ({
    desk,
    page,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await expect(
      page.getByText(`${agent.firstName} ${agent.lastName}`, { exact: true }).first(),
    ).toBeVisible()
    await expect(
      page.getByText(t('ui.identity.lineTeam', { id: agent.id, extension: agent.extension, team: 'Blue' })),
    ).toBeVisible()

    await desk.pill.click()
    await expect(desk.stages).toHaveCount(STAGES.length)
    for (const [index, stage] of STAGES.entries()) {
      const row = desk.stages.nth(index)
      await expect(row).toContainText(t(`stage.${stage}`))
      await expect(row).toContainText(t('ui.stages.ok'))
      await expect(row).toContainText(/<?\d+ ms/)
    }
    await page.keyboard.press('Escape')

    // A new state: its timer starts at nought, runs, and agrees with the server's own clock.
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
    const readings: number[] = []
    for (let reading = 0; reading < 3; reading++) {
      const changed = control.agent(agent.id).stateChangeTime
      const shown = seconds(await desk.stateTimer.innerText())
      const expected = (Date.now() - (changed ?? 0)) / 1000
      expect(Math.abs(shown - expected)).toBeLessThan(2)
      readings.push(shown)
      await page.waitForTimeout(1_100)
    }
    expect(readings.every((reading) => reading >= 0)).toBe(true)
    expect(readings.at(-1)).toBeGreaterThan(readings[0] ?? 0)
  })
})

test('while it connects, the page shows each stage and can be cancelled', async ({
  form,
  page,
  simulator,
  t,
}) => {
  simulator.control.setFault({ name: 'silent', scope: 'xmpp' })
  const { agent, address } = simulator
  await form.signIn({
    server: address,
    loginId: agent.id,
    extension: agent.extension,
    password: agent.password,
  })
  await expect(form.stages.filter({ hasText: t('stage.tls') })).toContainText(t('ui.stages.ok'))
  await form.cancel.click()
  await expect(form.submit).toBeEnabled()
  await expect(form.server).toHaveValue(address)
  simulator.control.clearFault()
  await form.signIn({ password: agent.password })
  await desk(page, t).shows('state.NOT_READY', 15_000)
})

test('what was typed is remembered, except the password', async ({ desk: signedIn, profile, simulator }) => {
  await expect(signedIn.stateControl).toBeVisible()
  const { agent, address } = simulator
  await expect
    .poll(() => profile.settings().signIn)
    .toMatchObject({ server: address, loginId: agent.id, extension: agent.extension, mode: 'replace' })
  for (const { path, bytes } of profile.files())
    expect(bytes.includes(agent.password), `the password in ${path}`).toBe(false)
})

test('beside the browser desktop it takes a place of its own', async ({ form, page, simulator, t }) => {
  await form.beside.click()
  await expect(page.getByText(t('ui.signIn.modeBesideMeans'))).toBeVisible()
  const { agent, address } = simulator
  await form.signIn({
    server: address,
    loginId: agent.id,
    extension: agent.extension,
    password: agent.password,
  })
  await desk(page, t).shows('state.NOT_READY', 15_000)
  const jids = simulator.control.sessions().map(({ jid }) => jid)
  expect(jids).toEqual([expect.stringMatching(/\/sidetone-0e2e$/)])
})
