import { expect, test } from './fixtures'

const names = (texts: readonly string[]): readonly string[] => texts.map((text) => text.trim())

test('the team can be searched, filtered, grouped and sorted', async ({ desk, page, simulator, t }) => {
  const { team, roster } = desk
  await expect(page.getByTestId('team-count')).toHaveText('18')
  await expect(desk.member('Rothé')).toBeVisible()

  // Searching does not care for case and accents.
  await desk.findMember.fill('aker')
  await expect(desk.members).toHaveCount(1)
  await expect(page.getByTestId('team-count')).toHaveText(t('ui.team.count', { shown: 1, total: 18 }))
  await desk.findMember.fill('nobody at all')
  await expect(team).toContainText(t('ui.team.noMatch', { text: 'nobody at all' }))
  await team.getByRole('button', { name: t('ui.team.clear') }).click()
  await expect(page.getByTestId('team-count')).toHaveText('18')

  // One state only.
  const truth = simulator.control.state().agents.filter(({ teamId }) => teamId === '5013')
  const ready = truth.filter(({ state }) => state === 'READY').length
  await team
    .getByRole('button', { name: t('ui.team.lookFilter', { state: t('look.ready'), count: ready }) })
    .click()
  await expect(desk.members).toHaveCount(ready)
  await team.getByRole('button', { name: t('ui.team.clear') }).click()

  // By name, in the order of the language; by time, the longest first.
  const order = async (label: string) => {
    await team.getByRole('button', { name: new RegExp(`^${t('ui.team.view')}`) }).click()
    await page.getByRole('menuitemradio', { name: label }).click()
  }
  await order(t('ui.team.byName'))
  await expect(roster.getByRole('row')).toHaveCount(18)
  const byName = names(await roster.locator('[id^="member-"] .name').allInnerTexts())
  expect(byName).toEqual([...byName].sort(new Intl.Collator('en').compare))
  expect(byName).toHaveLength(18)
  await order(t('ui.team.byTime'))
  await expect
    .poll(async () => names(await roster.locator('[id^="member-"] .name').allInnerTexts()))
    .not.toEqual(byName)
  await order(t('ui.team.grouped'))
  await expect(roster.locator('[id^="group-"]').first()).toBeVisible()

  // A colleague moves: the row follows at once, with the reason.
  simulator.control.setAgentState('1004', 'NOT_READY', 'Training')
  await desk.findMember.fill('rothe')
  await expect(desk.member('Rothé')).toContainText('Training')
})

for (const agents of [2_000, 10_000]) {
  test.describe(`a team of ${agents}`, () => {
    test.use({ simulatorOptions: { agents } })

    test('is shown whole and costs few elements', async ({ desk, page }) => {
      await expect(page.getByTestId('team-count')).toHaveText(new RegExp(`^${String(agents)[0]}\\D?\\d`), {
        timeout: 15_000,
      })
      const elements = () => page.evaluate<number>('document.querySelectorAll("*").length')
      expect(await elements()).toBeLessThanOrEqual(600)
      await desk.roster.focus()
      await page.keyboard.press('End')
      await expect(desk.members.last()).toBeVisible()
      expect(await page.evaluate<number>(`document.querySelector('[role=grid]').scrollTop`)).toBeGreaterThan(
        10_000,
      )
      expect(await elements()).toBeLessThanOrEqual(600)
    })
  })
}

test.describe('a server that opens the team only to supervisors', () => {
  test.use({ simulatorOptions: { agentMayReadTeam: false } })

  test('says so, and the rest works', async ({ desk, t }) => {
    await expect(desk.team).toContainText(t('ui.team.forbidden'))
    await desk.choose(t('state.READY'))
    await desk.shows('state.READY')
  })
})

test('rows are marked as old while the connection is lost, and fresh again afterwards', async ({
  desk,
  page,
  simulator,
  t,
}) => {
  await expect(desk.member('Rothé')).toBeVisible()
  const { control } = simulator
  control.setFault({ name: 'refuseUpgrade', status: 503 })
  control.setFault({ name: 'resetSocket' })
  await expect(desk.team).toContainText(t('ui.team.stale'))
  await expect(desk.member('Rothé')).toBeVisible()
  control.setAgentState('1004', 'NOT_READY', 'Training')
  control.clearFault()
  await page
    .getByTestId('banner-recovering')
    .getByRole('button', { name: t('ui.pill.reconnectNow') })
    .click()
  await expect(desk.team).not.toContainText(t('ui.team.stale'))
  await desk.findMember.fill('rothe')
  await expect(desk.member('Rothé')).toContainText('Training')
})
