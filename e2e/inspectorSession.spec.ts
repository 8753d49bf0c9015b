import { wordCause } from '../src-contract/causes/words'
import { STAGES, type Stage } from '../src-contract/connection'
import type { Snapshot } from '../src-contract/patch'
import { wordStage } from '../src-contract/words/state'
import { expect, test } from './fixtures'
import { connectionPage } from './pages/connectionPage'
import { ask } from './support/ask'

test.use({ simulatorOptions: { proxied: true } })

/** What has to stand in the raw exchange of a stage. DNS, TCP and TLS have none: they are bytes, not texts. */
const EXCHANGED: Readonly<Partial<Record<Stage, readonly [sent: RegExp, received: RegExp]>>> = {
  upgrade: [/GET \/ws\/ HTTP\/1\.1[^]*Sec-WebSocket-Protocol: xmpp/i, /HTTP\/1\.1 101 Switching Protocols/],
  open: [/<open /, /<stream:features/],
  auth: [/<auth [^>]*mechanism="PLAIN">\[redacted\]<\/auth>/, /<success/],
  bind: [/<resource>desktop<\/resource>/, /<jid>1001@fin-a\.localhost\/desktop<\/jid>/],
  presence: [/<presence/, /from="finesse@fin-a\.localhost/],
  subscribeUser: [/node="\/finesse\/api\/User\/1001"/, /subscription="subscribed"/],
  subscribeTeam: [/node="\/finesse\/api\/Team\/5013\/Users"/, /subscription="subscribed"/],
  live: [/<ping /, /type="result"/],
}

test('a session: eleven stages with what crossed the wire, whom TLS trusts, REST beside them', async ({
  desk,
  page,
  simulator,
  t,
}) => {
  const { agent, nodes } = simulator
  const view = connectionPage(page, t)
  const { words } = view
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await view.open()
  await expect(view.attempts).toHaveCount(1)
  await expect(view.view).toContainText(
    words('stages.heading', { node: 'A', endpoint: `${nodes[0].host}:${nodes[0].port}` }),
  )
  for (const stage of STAGES) {
    await expect(view.stage(stage)).toHaveAttribute('data-status', 'ok')
    await expect(view.stage(stage)).toContainText(wordStage(t, stage))
    await expect(view.stage(stage)).toContainText(/(\d|<1)\s?ms/)
    await view.stage(stage).click()
    await expect(view.detail).toContainText(words(`stages.means.${stage}`))
    const [sent, received] = EXCHANGED[stage] ?? []
    if (sent && received) {
      await expect(view.sent.filter({ hasText: sent })).not.toHaveCount(0)
      await expect(view.received.filter({ hasText: received })).not.toHaveCount(0)
    }
    expect(await view.detail.innerText()).not.toContain(agent.password)
  }

  await view.stage('dns').click()
  await expect(view.detail).toContainText('127.0.0.1')
  await view.stage('tls').click()
  await expect(view.detail).toContainText(/TLSv1\.[23]/)
  await expect(view.chain.getByRole('listitem')).toHaveCount(2)
  await expect(view.chain).toContainText('Simulator throw-away CA')
  await expect(view.chain).toContainText('fin-a.localhost')
  await expect(view.chain).toContainText('localhost, 127.0.0.1')
  await expect(view.chain).toContainText(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
  await expect(view.chain).toContainText(words('stages.chain.trustedBy.extraCa'))
  await view.stage('bind').click()
  await expect(view.detail).toContainText('1001@fin-a.localhost/desktop')

  // On the same list and the same axis.
  const info = view.calls.filter({ hasText: '/SystemInfo' }).first()
  await expect(info).toContainText('GET 200')
  await info.click()
  await expect(view.title).toContainText('GET /finesse/api/SystemInfo')
  for (const part of ['dns', 'tcp', 'tls', 'wait'] as const)
    await expect(view.detail).toContainText(words(`stages.call.${part}`))
  await expect(view.sent).toContainText('GET /finesse/api/SystemInfo')
  // Laid out to be read.
  expect(await view.received.innerText()).toMatch(/\n +<status>IN_SERVICE<\/status>\n/)
  const signOn = view.calls.filter({ hasText: 'PUT 202' })
  await signOn.click()
  await expect(view.sent).toContainText('<state>LOGIN</state>')
  await expect(view.sent).toContainText(/authorization: \[redacted\]/i)
})

test('after a failover: the lost attempt with its cause, the new one, and one disconnect in the health', async ({
  desk,
  page,
  simulator,
  t,
}) => {
  const { control, nodes } = simulator
  const view = connectionPage(page, t)
  const { words } = view
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await view.open('health')
  await expect(view.view).toContainText(words('health.noDisconnects'))
  await control.killNode('A')
  const retry = page.getByTestId('banner-recovering').getByRole('button', { name: t('ui.pill.reconnectNow') })
  await page.keyboard.press('Control+Digit1')
  await expect(page.getByTestId('banner-recovering')).toBeVisible()
  await view.open('health')
  await expect(view.disconnects).toContainText(words('health.goingOn'))
  await page.keyboard.press('Control+Digit1')
  await retry.click()
  await expect(desk.pill).toContainText(t('ui.pill.live'), { timeout: 20_000 })

  await desk.pill.click()
  await page.getByTestId('pill-inspect').click()
  await view.tab('health').click()
  await expect(view.disconnects).toHaveCount(1)
  const { slices } = await page.evaluate<Snapshot>('window.sidetone.subscribe()')
  expect(slices.inspector.disconnects).toBe(1)
  await expect(view.disconnects).toContainText(words('health.moved', { from: 'A', to: 'B' }))
  await expect(view.view.getByTestId('health-chart')).toBeVisible()
  await view.view.getByText(words('health.asTable'), { exact: true }).click()
  const table = view.view.getByTestId('health-table')
  await expect(table.getByRole('row').filter({ has: page.getByRole('cell', { name: '1' }) })).not.toHaveCount(
    0,
  )

  await view.tab('stages').click()
  const [lost] = await ask(page, 'inspector.attempts', { source: 'live' })
  if (!lost?.cause) throw new Error('The lost attempt has no cause')
  const said = wordCause('en', lost.cause)
  const place = (node: 'A' | 'B') => {
    const { host, port } = nodes[node === 'A' ? 0 : 1]
    return words('stages.heading', { node, endpoint: `${host}:${port}` })
  }
  await expect(view.attempts.first()).toHaveAttribute('data-outcome', 'live')
  await expect(view.view).toContainText(place('B'))
  await expect(view.stage('live')).toHaveAttribute('data-status', 'ok')
  await view.attempts.last().click()
  await expect(view.attempts.last()).toContainText(said.title)
  await expect(view.view).toContainText(place('A'))
  await expect(view.title).toHaveText(said.title)
  await expect(view.admin).toContainText(said.expected)
  await view.attempts.first().click()
  await expect(view.view).toContainText(place('B'))
})

test('trace: filtered, paused, copied; numbers only by consent', async ({
  app,
  desk,
  page,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  const view = connectionPage(page, t)
  const { words } = view
  const [masked, plain, again] = ['+447700900142', '+447700900155', '+447700900168']
  const tool = (name: string) => view.view.getByTestId(`trace-${name}`)
  const ring = async (from: string): Promise<void> => {
    control.ringAgent(agent.id, { from, queue: null })
    await control.waitForSubscriber(`/finesse/api/User/${agent.id}`)
    await expect.poll(() => replicaCalls()).toBe(1)
    control.customerHangsUp(agent.id)
    await expect.poll(() => replicaCalls()).toBe(0)
  }
  /** How many entries hold this text anywhere. */
  const holding = async (text: string): Promise<number> => {
    const filter = { kinds: [], text, failedOnly: false }
    const found = await ask(page, 'trace.page', { source: 'live', filter, from: null, count: 1 })
    return found.end - found.first
  }
  const replicaCalls = () => control.agent(agent.id).callIds.length
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  await ring(masked)
  await view.open('trace')
  await expect.poll(() => holding('[number 1]')).toBeGreaterThan(0)
  expect(await holding('447700900142')).toBe(0)

  await test.step('filter', async () => {
    await tool('kind-rest').click()
    await expect(view.traceRows.first()).toContainText(words('trace.kind.rest'))
    for (const row of await view.traceRows.allInnerTexts()) expect(row).toContain('/finesse/api/')
    await tool('filter').fill('systeminfo')
    await expect(view.traceRows.filter({ hasNotText: 'SystemInfo' })).toHaveCount(0)
    await expect(view.traceRows.filter({ hasText: 'GET /finesse/api/SystemInfo 200' })).not.toHaveCount(0)
    await tool('failed').click()
    await expect(view.view).toContainText(words('trace.noMatch'))
    await view.view.getByRole('button', { name: words('trace.showAll') }).click()
    await expect(view.traceRows.nth(5)).toBeVisible()
  })

  await test.step('copy', async () => {
    await tool('filter').fill('<bind')
    await view.traceRows.filter({ hasText: 'sent' }).first().click()
    await expect(view.traceDetail).toContainText('<resource>desktop</resource>')
    await view.traceDetail.getByTestId('trace-copy').click()
    await expect(view.traceDetail).toContainText(words('view.copied'))
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
    expect(copied).toContain('<resource>desktop</resource>')
    await view.view.getByRole('button', { name: words('trace.closeDetail') }).click()
    await view.view.getByRole('button', { name: words('trace.showAll') }).click()
  })

  await test.step('pause', async () => {
    await tool('pause').click()
    await expect(view.view).toContainText(words('trace.paused'))
    const before = await holding('[number')
    await ring(masked)
    expect(await holding('[number')).toBe(before)
    await tool('pause').click()
    await expect(view.view).not.toContainText(words('trace.paused'))
    await ring(masked)
    await expect.poll(() => holding('[number')).toBeGreaterThan(before)
  })

  await test.step('consent', async () => {
    await tool('plain').check()
    await ring(plain)
    await expect.poll(() => holding(plain)).toBeGreaterThan(0)
    await tool('plain').uncheck()
    const before = await holding('[number')
    await ring(again)
    await expect.poll(() => holding('[number')).toBeGreaterThan(before)
    expect(await holding(again)).toBe(0)
    expect(await holding(masked)).toBe(0)
  })
})
