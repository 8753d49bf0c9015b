import type { Locator, Page } from 'playwright/test'
import type { MessageKey, Translate } from '../../src-contract/messages/translate'
import { anyOf } from '../support/words'

export interface Desk {
  /** The large button with the state, its reason and its timer. */
  readonly stateControl: Locator
  readonly stateTimer: Locator
  /** What is on its way beside the control: asked, accepted, checking, or what follows the call. */
  readonly note: Locator
  readonly statePanel: Locator
  readonly findReason: Locator
  readonly choices: Locator
  readonly choice: (label: string | RegExp) => Locator
  readonly openPanel: () => Promise<void>
  readonly choose: (label: string | RegExp) => Promise<void>
  readonly pill: Locator
  readonly connection: Locator
  readonly stages: Locator
  readonly team: Locator
  readonly roster: Locator
  readonly members: Locator
  readonly member: (name: string) => Locator
  readonly findMember: Locator
  readonly feed: Locator
  readonly feedRows: Locator
  readonly calls: Locator
  readonly call: (remote: string) => Locator
  readonly settings: Locator
  /** Waits for the state's word on the control. */
  readonly shows: (state: MessageKey, timeoutMs?: number) => Promise<void>
}

export const desk = (page: Page, t: Translate): Desk => {
  const stateControl = page.getByRole('button', { name: anyOf(t, 'ui.state.control', ['state']) })
  const statePanel = page
    .getByRole('dialog')
    .filter({ has: page.getByRole('listbox', { name: t('ui.state.panel') }) })
  const choices = statePanel.getByRole('option')
  const choice = (label: string | RegExp) =>
    statePanel
      .getByRole('option')
      .filter({ has: page.locator('bdi').getByText(label, { exact: typeof label === 'string' }) })
  const pill = page.getByRole('button', { name: anyOf(t, 'ui.pill.label', ['state']) })
  const connection = page
    .getByRole('dialog')
    .filter({ has: page.getByRole('list', { name: t('ui.stages.title') }) })
  const team = page.getByRole('region', { name: t('ui.team.title'), exact: true })
  const roster = team.getByRole('grid', { name: t('ui.team.members') })
  const feed = page.getByRole('region', { name: t('ui.feed.title') })
  const calls = page.getByRole('region', { name: t('ui.calls.title') })
  const openPanel = async (): Promise<void> => {
    if (await statePanel.isVisible()) return
    await stateControl.click()
    await statePanel.waitFor()
  }
  return {
    stateControl,
    stateTimer: stateControl.getByRole('timer'),
    note: page.getByTestId('state-note'),
    statePanel,
    findReason: statePanel.getByRole('combobox', { name: t('ui.state.find') }),
    choices,
    choice,
    openPanel,
    choose: async (label) => {
      await openPanel()
      await choice(label).click()
    },
    pill,
    connection,
    stages: connection.getByRole('list', { name: t('ui.stages.title') }).getByRole('listitem'),
    team,
    roster,
    members: roster.locator('[id^="member-"]'),
    member: (name) => roster.getByRole('row').filter({ hasText: name }),
    findMember: team.getByRole('searchbox'),
    feed,
    feedRows: feed.getByRole('listitem'),
    calls,
    call: (remote) => calls.getByRole('listitem').filter({ hasText: remote }),
    settings: page.getByRole('button', { name: t('ui.nav.settings'), exact: true }),
    shows: async (state, timeoutMs = 5_000) => {
      await stateControl.getByText(t(state), { exact: true }).waitFor({ timeout: timeoutMs })
    },
  }
}
