import type { Page } from 'playwright/test'
import type { Snapshot } from '../src-contract/patch'
import type { CauseId } from '../src-contract/causes/ids'
import { wordCause } from '../src-contract/causes/words'
import { STAGES } from '../src-contract/connection'
import type { SelfTest } from '../src-contract/inspector'
import { wordStage } from '../src-contract/words/state'
import { expect, test, type RunningSimulator } from './fixtures'
import { connectionPage, type ConnectionPage } from './pages/connectionPage'

const LONGEST_MS = 15_000

const start = async (view: ConnectionPage, server: string): Promise<void> => {
  await view.selfTest.getByLabel(view.words('selfTest.server'), { exact: true }).fill(server)
  await view.selfTest.getByTestId('self-test-start').click()
}

const ended = (view: ConnectionPage, result: SelfTest['result']) =>
  expect(view.result).toHaveAttribute('data-result', String(result), { timeout: LONGEST_MS })

/** What happened at the server, whatever the window says. */
const expectNobodySignedIn = ({ control, agent }: RunningSimulator): void => {
  expect(control.agent(agent.id).state).toBe('LOGOUT')
  expect(control.requests().filter(({ method }) => method !== 'GET')).toEqual([])
}

/** The broken check stands open, with the name of the cause and its words. */
const expectCause = async (page: Page, view: ConnectionPage, id: CauseId): Promise<void> => {
  const { slices } = await page.evaluate<Snapshot>('window.sidetone.subscribe()')
  const broken = slices.inspector.selfTest?.checks.find(({ status }) => status === 'failed')
  expect(broken?.cause?.id).toBe(id)
  if (!broken?.cause) return
  const words = wordCause('en', broken.cause)
  const row = view.checks.filter({ hasText: words.title })
  await expect(row).toHaveAttribute('data-stage', broken.stage)
  await expect(row).toHaveAttribute('data-status', 'failed')
  for (const said of [words.agent, words.expected, words.came, ...words.checks])
    await expect(row).toContainText(said)
  await expect(view.result).toContainText(words.title)
}

test('self-test before a sign-in: both servers without a password, every stage with one, nobody is signed in', async ({
  form,
  page,
  simulator,
  t,
}) => {
  const { agent, address, control, nodes } = simulator
  const view = connectionPage(page, t)
  const { words } = view
  await form.fill({ server: address, loginId: agent.id })
  await page.getByTestId('open-self-test').click()
  await test.step('without', async () => {
    await expect(view.selfTest).toContainText(words('selfTest.idle'))
    await start(view, address)
    await ended(view, 'ok')
    await expect(view.result).toHaveText(words('selfTest.result.ok', { server: address }))
    for (const { host, port } of nodes) await expect(view.selfTest).toContainText(`${host}:${port}`)
    for (const stage of ['dns', 'tcp', 'tls', 'systemInfo', 'upgrade', 'clock'])
      await expect(view.checks.and(page.locator(`[data-stage=${stage}][data-status=ok]`))).not.toHaveCount(0)
    await expect(view.checks.and(page.locator('[data-status=failed], [data-status=degraded]'))).toHaveCount(0)
    expect(control.requests().filter(({ hasAuthorization }) => hasAuthorization)).toEqual([])
    expect(control.upgrades().filter(({ hasAuthorization }) => hasAuthorization)).toEqual([])
    expectNobodySignedIn(simulator)
  })
  await test.step('with', async () => {
    await view.selfTest.getByTestId('self-test-account').check()
    await expect(view.selfTest.getByLabel(words('selfTest.loginId'), { exact: true })).toHaveValue(agent.id)
    await view.selfTest.getByLabel(words('selfTest.password'), { exact: true }).fill(agent.password)
    await start(view, address)
    await ended(view, 'ok')
    for (const stage of STAGES)
      await expect(
        view.checks.and(page.locator(`[data-stage=${stage}][data-status=ok]`)).first(),
      ).toContainText(wordStage(t, stage))
    expectNobodySignedIn(simulator)
    await expect.poll(() => control.sessions()).toEqual([])
    expect(await page.evaluate<string>('window.sidetone.subscribe().then(JSON.stringify)')).not.toContain(
      agent.password,
    )
  })
  await test.step('a wrong port', async () => {
    await view.selfTest.getByTestId('self-test-account').uncheck()
    await start(view, 'localhost:1')
    await ended(view, 'failed')
    await expectCause(page, view, 'tcp.refused')
  })
  await view.back.click()
  await expect(form.server).toHaveValue(address)
})

test.describe('an untrusted certificate', () => {
  test.use({ trustSimulator: 'no' })

  test('is named, with the chain, before anything is sent', async ({ form, page, simulator, t }) => {
    const view = connectionPage(page, t)
    await form.fill({ server: simulator.address })
    await page.getByTestId('open-self-test').click()
    await start(view, simulator.address)
    await ended(view, 'failed')
    await expectCause(page, view, 'tls.incompleteChain')
    await expect(view.selfTest.getByTestId('chain').first()).toContainText('fin-a.localhost')
    expect(simulator.control.requests()).toEqual([])
    expectNobodySignedIn(simulator)
  })
})
