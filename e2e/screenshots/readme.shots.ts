import type { Page } from 'playwright/test'
import { test } from '../fixtures'
import { settingsPage } from '../pages/settingsPage'
import { take } from './take'

const THEMES = ['light', 'dark'] as const

/** Closes what is open and leaves the focus where it does not show. */
const rest = async (page: Page): Promise<void> => {
  await page.mouse.click(300, 600)
  await page.mouse.click(300, 600)
}

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ settings: { theme }, trustSimulator: 'pins' })

    test('sign-in', async ({ app, form, page, simulator, t }) => {
      const { agent, address, control } = simulator
      await form.fill({
        server: address,
        loginId: agent.id,
        extension: agent.extension,
        password: agent.password,
      })
      await take(app, page, `sign-in-${theme}`)
      control.setFault({ name: 'silent', scope: 'xmpp' })
      await form.submit.click()
      await form.stages
        .filter({ hasText: t('stage.tls') })
        .filter({ hasText: t('ui.stages.ok') })
        .waitFor()
      await take(app, page, `sign-in-progress-${theme}`)
    })

    test('desk', async ({ app, desk, page, simulator, t }) => {
      test.setTimeout(120_000)
      const { agent, control } = simulator
      // Scripts that not every machine has a font for.
      for (const id of ['1014', '1016']) control.setAgentState(id, 'LOGOUT')
      const pause = (ms: number) => page.waitForTimeout(ms)
      control.setAgentState('1005', 'NOT_READY', 'Break')
      await desk.choose('Lunch')
      await desk.stateControl.getByText('Lunch').waitFor()
      await desk.choose(t('state.READY'))
      await desk.shows('state.READY')
      control.ringAgent(agent.id, { from: '+447700900142', queue: 'Sales' })
      control.answer(agent.id)
      await desk.shows('state.TALKING')
      await pause(2_000)
      control.customerHangsUp(agent.id)
      await desk.shows('state.READY')
      control.setAgentState('1006', 'READY')
      await take(app, page, `desk-${theme}`)

      await desk.openPanel()
      await take(app, page, `state-${theme}`)
      await rest(page)
      await desk.pill.click()
      await desk.connection.waitFor()
      await take(app, page, `connection-${theme}`)
      await rest(page)

      control.ringAgent(agent.id, { from: '+447700900115', queue: 'Support' })
      await desk.shows('state.RESERVED')
      await take(app, page, `ringing-${theme}`)
      control.answer(agent.id)
      await desk.shows('state.TALKING')
      await pause(3_000)
      await desk.choose('Break')
      await take(app, page, `call-${theme}`)

      await desk.settings.click()
      await settingsPage(page, t).title.waitFor()
      await take(app, page, `settings-${theme}`)
      await page.keyboard.press('Control+Digit1')
    })

    test.describe('a server dies during a call', () => {
      test.use({ simulatorOptions: { proxied: true }, trustSimulator: 'authority' })

      test('outage', async ({ app, desk, page, simulator, t }) => {
        test.setTimeout(180_000)
        const { agent, control } = simulator
        for (const id of ['1014', '1016']) control.setAgentState(id, 'LOGOUT')
        control.setAgentState(agent.id, 'READY')
        await desk.shows('state.READY')
        control.ringAgent(agent.id, { from: '+447700900115', queue: 'Support' })
        await desk.shows('state.RESERVED')
        control.answer(agent.id)
        await desk.shows('state.TALKING')
        await page.waitForTimeout(2_000)
        // Both gone: the countdown runs, and there is time to find out whose fault it is.
        await control.proxy('B', 'refuse')
        await control.killNode('A')
        await page.getByTestId('banner-recovering').waitFor()
        await page.getByTestId('evidence').waitFor({ timeout: 40_000 })
        await take(app, page, `recovering-${theme}`)
        await control.proxy('B', 'pass')
        await page.getByTestId('gap').waitFor({ timeout: 60_000 })
        await take(app, page, `restored-${theme}`)
        await desk.pill.click()
        await desk.connection.waitFor()
        await desk.connection.getByText(t('ui.pill.live')).first().waitFor()
        await take(app, page, `nodes-${theme}`)
      })
    })

    test.describe('an unknown certificate', () => {
      test.use({ trustSimulator: 'no' })

      test('question', async ({ app, form, page, simulator }) => {
        const { agent, address } = simulator
        await form.signIn({
          server: address,
          loginId: agent.id,
          extension: agent.extension,
          password: agent.password,
        })
        await form.certificate.waitFor()
        await take(app, page, `certificate-${theme}`)
      })
    })
  })
}
