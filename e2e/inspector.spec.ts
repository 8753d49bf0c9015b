import type { Page } from 'playwright/test'
import type { Cause, CauseId } from '../src-contract/causes/ids'
import { wordCause } from '../src-contract/causes/words'
import type { Stage } from '../src-contract/connection'
import type { CertificateKind, Control, Fault } from '../simulator'
import { expect, test } from './fixtures'
import { connectionPage, type ConnectionPage } from './pages/connectionPage'
import { desk as deskOf } from './pages/desk'
import { ask } from './support/ask'

/** From the moment something breaks until its name stands in the window. */
const NAMED_WITHIN_MS = 10_000

/** The newest attempt with this cause, whether it failed of it or went on without what broke. */
const causeIn = async (page: Page, id: CauseId, stage: Stage): Promise<Cause | null> => {
  const attempts = await ask(page, 'inspector.attempts', { source: 'live' })
  for (const { id: attempt } of attempts.slice(-3).reverse()) {
    const detail = await ask(page, 'inspector.attempt', { source: 'live', id: attempt })
    const found = detail?.stages.find((each) => each.stage === stage)?.cause ?? null
    if (found?.id === id) return found
  }
  return null
}

interface Named {
  readonly cause: CauseId
  readonly stage: Stage
}

/** Waits for the name in the command's answer and for its words in the view; how long that took is noted. */
const expectNamed = async (
  page: Page,
  view: ConnectionPage,
  { cause, stage }: Named,
  began: number,
): Promise<void> => {
  const left = () => Math.max(1, began + NAMED_WITHIN_MS - Date.now())
  await expect
    .poll(async () => (await causeIn(page, cause, stage))?.id, { timeout: left(), intervals: [50] })
    .toBe(cause)
  const found = await causeIn(page, cause, stage)
  if (found === null) throw new Error(`${cause} was not named`)
  const words = wordCause('en', found)
  await expect(view.stage(stage)).toContainText(words.title, { timeout: left() })
  await view.stage(stage).click()
  await expect(view.title).toHaveText(words.title, { timeout: left() })
  await expect(view.admin).toContainText(words.expected, { timeout: left() })
  const ms = Date.now() - began
  await expect(view.admin).toContainText(words.came)
  for (const said of [...words.reasons, ...words.checks]) await expect(view.admin).toContainText(said)
  await expect(view.detail.getByTestId('cause-agent')).toHaveText(words.agent)
  test.info().annotations.push({ type: 'named', description: `${cause} ${ms} ms` })
  expect(ms).toBeLessThan(NAMED_WITHIN_MS)
}

interface Broken extends Named {
  readonly name: string
  /** Default: the simulator's first node. */
  readonly server?: string
  readonly certificate?: CertificateKind
  readonly fault?: Fault
}

const AT_SIGN_IN: readonly Broken[] = [
  { name: 'DNS', cause: 'dns.notFound', stage: 'dns', server: 'no-such-host.invalid' },
  { name: 'refused', cause: 'tcp.refused', stage: 'tcp', server: 'localhost:1' },
  { name: 'TLS name', cause: 'tls.wrongHost', stage: 'tls', certificate: 'wrongHost' },
  { name: 'TLS expired', cause: 'tls.expired', stage: 'tls', certificate: 'expired' },
  {
    name: '403',
    cause: 'upgrade.forbidden',
    stage: 'upgrade',
    fault: { name: 'refuseUpgrade', status: 403 },
  },
  { name: '404', cause: 'upgrade.notFound', stage: 'upgrade', fault: { name: 'refuseUpgrade', status: 404 } },
  {
    name: 'no 101',
    cause: 'upgrade.stripped',
    stage: 'upgrade',
    fault: { name: 'refuseUpgrade', status: 200 },
  },
  { name: 'bad SASL', cause: 'auth.wrongPassword', stage: 'auth', fault: { name: 'rejectAuth' } },
  { name: 'bind refused', cause: 'bind.refused', stage: 'bind', fault: { name: 'bindRefused' } },
]

const undo = async (control: Control): Promise<void> => {
  control.clearFault()
  await control.setCertificate('A', 'good')
}

test('what breaks a sign-in is named, with what was expected, what came and what to check', async ({
  form,
  page,
  simulator,
  t,
}) => {
  const { agent, address, control } = simulator
  const view = connectionPage(page, t)
  for (const { name, server = address, certificate, fault, ...named } of AT_SIGN_IN)
    await test.step(name, async () => {
      if (certificate) await control.setCertificate('A', certificate)
      if (fault) control.setFault(fault)
      const { id: loginId, extension, password } = agent
      const began = Date.now()
      await form.signIn({ server, loginId, extension, password })
      await page.getByTestId('open-connection').click({ timeout: NAMED_WITHIN_MS })
      await expectNamed(page, view, named, began)
      await view.back.click()
      await expect(form.server).toHaveValue(server)
      await undo(control)
    })
})

test('what breaks in mid-session is named: a forbidden team, a silent feed, a conflict', async ({
  form,
  page,
  simulator,
  t,
}) => {
  const { agent, address, control } = simulator
  const view = connectionPage(page, t)
  const desk = deskOf(page, t)
  await test.step('subscribe forbidden', async () => {
    control.setFault({ name: 'subscribeForbidden', path: '/Team/' })
    const { id: loginId, extension, password } = agent
    const began = Date.now()
    await form.signIn({ server: address, loginId, extension, password })
    await desk.shows('state.NOT_READY', NAMED_WITHIN_MS)
    await view.open()
    await expectNamed(page, view, { cause: 'subscribe.teamForbidden', stage: 'subscribeTeam' }, began)
    // Degraded, not lost.
    await expect(view.stage('live')).toHaveAttribute('data-status', 'ok')
  })
  await test.step('silent feed', async () => {
    control.setFault({ name: 'noEvents', node: 'A' })
    const began = Date.now()
    await page.keyboard.press('Control+Digit1')
    // A change of one's own that no event tells is confirmed by reading: stage 11 says so while the line lives.
    await desk.choose(t('state.READY'))
    await view.open()
    await expectNamed(page, view, { cause: 'live.silent', stage: 'live' }, began)
    await expect(view.stage('live')).toHaveAttribute('data-status', 'degraded')
    // The second one proves it: the connection is given up.
    await page.keyboard.press('Control+Digit1')
    await desk.choose('Lunch')
    await expect(page.getByTestId('banner-recovering')).toBeVisible({ timeout: 12_000 })
    control.clearFault()
  })
  await test.step('conflict', async () => {
    await page.keyboard.press('Control+Digit1')
    const retry = page.getByTestId('banner-recovering').getByRole('button')
    await retry.click({ timeout: 2_000 }).catch(() => undefined)
    await expect(desk.pill).toContainText(/\d ms/, { timeout: 15_000 })
    const began = Date.now()
    control.setFault({ name: 'conflict' })
    await expect(page.getByTestId('banner-blocked')).toBeVisible()
    await view.open()
    await expectNamed(page, view, { cause: 'live.conflict', stage: 'live' }, began)
  })
})
