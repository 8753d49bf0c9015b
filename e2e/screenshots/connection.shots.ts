import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, test } from '../fixtures'
import { connectionPage } from '../pages/connectionPage'
import { ask } from '../support/ask'
import { openFrom } from '../support/dialogs'
import { resizeWindow } from '../support/shell'
import { badDayBundle } from './badDay'
import { take as takeAt } from './take'

/** Between the tabs and the buttons of the bar, with and without the desk around. */
const QUIET = [560, 30] as const
const take = (...[app, page, name]: Parameters<typeof takeAt>) => takeAt(app, page, name, QUIET)

for (const theme of ['light', 'dark'] as const) {
  test.describe(theme, () => {
    test.use({ settings: { theme } })

    test('connection: what breaks a sign-in', async ({ app, form, page, simulator, t }) => {
      const { agent, address, control } = simulator
      const view = connectionPage(page, t)
      const { id: loginId, extension, password } = agent
      const fail = async (name: string): Promise<void> => {
        await form.signIn({ server: address, loginId, extension, password })
        await page.getByTestId('open-connection').click()
        await view.admin.waitFor()
        await take(app, page, `connection-${name}-${theme}`)
        await view.back.click()
      }
      for (const node of ['A', 'B'] as const) await control.setCertificate(node, 'expired')
      await fail('tls')
      for (const node of ['A', 'B'] as const) await control.setCertificate(node, 'good')
      control.setFault({ name: 'rejectAuth' })
      await fail('auth')
      control.clearFault()
    })

    test.describe('with pinned certificates', () => {
      test.use({ trustSimulator: 'pins' })

      test('connection: self-test', async ({ app, form, page, simulator, t }) => {
        const view = connectionPage(page, t)
        await form.fill({ server: simulator.address })
        await page.getByTestId('open-self-test').click()
        await view.selfTest.getByTestId('self-test-start').click()
        await expect(view.result).toHaveAttribute('data-result', 'ok', { timeout: 15_000 })
        await take(app, page, `connection-self-test-${theme}`)
      })
    })

    test('connection: a session', async ({ app, desk, page, simulator, t }) => {
      const { agent, control } = simulator
      const view = connectionPage(page, t)
      await expect(desk.pill).toContainText(/\d ms/)
      control.setAgentState(agent.id, 'READY')
      await desk.shows('state.READY')
      control.ringAgent(agent.id, { from: '+447700900142', queue: 'Sales' })
      await desk.shows('state.RESERVED')
      control.answer(agent.id)
      await desk.shows('state.TALKING')
      await view.open()
      await view.stage('tls').click()
      await view.chain.waitFor()
      await take(app, page, `connection-healthy-${theme}`)
      await resizeWindow(app, [480, 320])
      await take(app, page, `connection-small-${theme}`)
      await view.detail.getByTestId('detail-back').click()
      await take(app, page, `connection-small-list-${theme}`)
      await resizeWindow(app, [960, 640])
      await view.tab('trace').click()
      await view.traceRows.filter({ hasText: '/Dialogs' }).first().click()
      await view.traceDetail.getByText('fromAddress').first().waitFor()
      await take(app, page, `connection-trace-${theme}`)
      await page.getByTestId('bundle-start').click()
      await view.bundleFiles.filter({ hasText: 'attempts.json' }).click()
      await view.bundle.getByText('"stage"').first().waitFor()
      await take(app, page, `connection-bundle-${theme}`)
    })

    test.describe('with a team that may not be watched', () => {
      test.use({ simulatorOptions: { faults: [{ name: 'subscribeForbidden', path: '/Team/' }] } })

      test('connection: degraded', async ({ app, desk, page, t }) => {
        const view = connectionPage(page, t)
        await expect(desk.pill).toContainText(/\d ms/)
        await view.open()
        await view.stage('subscribeTeam').click()
        await view.admin.waitFor()
        await take(app, page, `connection-team-${theme}`)
      })
    })

    test.describe('with two servers', () => {
      test.use({ simulatorOptions: { proxied: true } })

      test('connection: during a failover', async ({ app, desk, page, simulator, t }) => {
        const { control } = simulator
        const view = connectionPage(page, t)
        await expect(desk.pill).toContainText(/\d ms/)
        // The other one is there and mute: the attempt is under way while the picture is taken.
        control.setFault({ name: 'bindUnanswered', node: 'B' })
        await control.killNode('A')
        const underWay = async () =>
          (await ask(page, 'inspector.attempts', { source: 'live' })).some(
            ({ outcome }) => outcome === 'running' || outcome === 'live',
          )
        await expect.poll(underWay).toBe(false)
        await page
          .getByTestId('banner-recovering')
          .getByRole('button', { name: t('ui.pill.reconnectNow') })
          .click()
        await view.open()
        await expect(view.stage('bind')).toHaveAttribute('data-status', 'running', { timeout: 15_000 })
        await take(app, page, `connection-failover-${theme}`)
      })
    })

    test('connection: history of a bad day', async ({ app, page, t }) => {
      test.setTimeout(120_000)
      const undo: (() => Promise<void> | void)[] = []
      const path = await badDayBundle((one) => void undo.push(one))
      try {
        const view = connectionPage(page, t)
        await openFrom(app, path)
        await page.getByTestId('open-self-test').click()
        await page.getByTestId('bundle-open').click()
        await view.bundleBar.waitFor()
        await view.attempts
          .filter({ hasText: /403|upgrade|WebSocket/i })
          .first()
          .click()
        await view.admin.waitFor()
        await take(app, page, `connection-history-${theme}`)
        await view.tab('health').click()
        await view.disconnects.first().waitFor()
        await take(app, page, `connection-health-${theme}`)
      } finally {
        for (const one of undo.reverse()) await one()
        rmSync(dirname(path), { recursive: true, force: true })
      }
    })
  })
}
