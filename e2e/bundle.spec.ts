import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Har } from 'har-format'
import { STAGES } from '../src-contract/connection'
import type { AttemptDetail } from '../src-contract/inspector'
import { NUMBERS, VARIABLES } from '../src-main/testing/customers'
import { formsOf, SECRET_MARKER } from '../src-main/testing/secrets'
import { desk as deskOf } from './pages/desk'
import { connectionPage } from './pages/connectionPage'
import { expect, test } from './fixtures'
import { ask } from './support/ask'
import { openFrom, saveTo } from './support/dialogs'
import { unzipped } from './support/zip'

const PASSWORD = `${SECRET_MARKER}"'sécret`
const PLANTED = [
  ...formsOf(PASSWORD),
  ...NUMBERS,
  ...NUMBERS.map((number) => encodeURIComponent(number)),
  // The part that is the customer's own, without anything between the digits.
  ...NUMBERS.map((number) => number.replace(/\D/g, '').slice(-8)),
  ...VARIABLES,
]
const plantedIn = (text: string): readonly string[] => PLANTED.filter((one) => text.includes(one))

test('a support bundle: looked through, saved, free of secrets and customers, opened again, sent to Finesse', async ({
  app,
  form,
  page,
  profile,
  simulator,
  t,
}) => {
  const { agent, address, control } = simulator
  const view = connectionPage(page, t)
  const { words } = view
  const desk = deskOf(page, t)
  const folder = mkdtempSync(join(tmpdir(), 'sidetone-bundle-'))
  const path = join(folder, 'support.zip')

  await test.step('a shift with forty customers', async () => {
    control.changePassword(agent.id, PASSWORD)
    await form.signIn({
      server: address,
      loginId: agent.id,
      extension: agent.extension,
      password: 'wrong before',
    })
    await expect(form.password).toBeFocused()
    await form.signIn({ password: PASSWORD })
    await desk.shows('state.NOT_READY', 15_000)
    for (const [index, from] of NUMBERS.entries()) {
      const value = VARIABLES[index % VARIABLES.length] ?? ''
      control.ringAgent(agent.id, {
        from,
        queue: null,
        variables: [
          { name: 'callVariable1', value },
          { name: 'user.callback[0]', value: `call back ${NUMBERS[(index + 7) % NUMBERS.length] ?? ''}` },
        ],
      })
      control.customerHangsUp(agent.id)
    }
    const calls = { kinds: ['event' as const], text: 'fromAddress', failedOnly: false }
    await expect
      .poll(async () => {
        const found = await ask(page, 'trace.page', { source: 'live', filter: calls, from: null, count: 1 })
        return found.end - found.first
      })
      .toBeGreaterThanOrEqual(NUMBERS.length)
  })

  try {
    await test.step('looked through before it is saved', async () => {
      await view.open()
      await page.getByTestId('bundle-start').click()
      for (const name of ['manifest.json', 'attempts.json', 'health.json', 'settings.json', 'versions.json'])
        await expect(view.bundleFiles.filter({ hasText: name })).toHaveCount(1)
      await expect(view.bundleFiles.filter({ hasText: words('bundle.what.trace') })).not.toHaveCount(0)
      await expect(view.bundleFiles.filter({ hasText: words('bundle.what.log') })).not.toHaveCount(0)
      await expect(view.bundleFiles.filter({ hasText: words('bundle.what.har') })).not.toHaveCount(0)
      await expect(view.bundle.getByTestId('masked-secrets')).toContainText(/[1-9]/)
      await expect(view.bundle.getByTestId('masked-numbers')).toContainText(/\d{2,}/)
      await expect(view.bundle.getByTestId('masked-callVariables')).toContainText(/\d{2,}/)
      await view.bundleFiles.filter({ hasText: 'attempts.json' }).click()
      await expect(view.bundle.getByTestId('bundle-text')).toContainText('"subscribeTeam"')
    })

    const listed = await view.bundleFiles.count()
    await test.step('saved, with nothing in it that was planted', async () => {
      await saveTo(app, path)
      await view.bundle.getByTestId('bundle-save').click()
      await expect(view.bundle).toContainText(words('bundle.saved', { path }))
      const files = await unzipped(path)
      expect(files.size).toBe(listed)
      for (const [name, bytes] of files) expect([name, plantedIn(bytes.toString('utf8'))]).toEqual([name, []])
      const all = [...files.values()].map(String).join('\n')
      for (const mark of ['[redacted]', '[number 1]', '[variable 1]', 'callVariable1', address])
        expect(all).toContain(mark)
    })

    await test.step('sent to Finesse', async () => {
      await view.bundle.getByTestId('bundle-send').click()
      await expect(view.bundle).toContainText(words('bundle.sent'))
      const sent = await control.waitForRequest({ method: 'POST', path: `/User/${agent.id}/ClientLog` })
      expect(sent.status).toBe(202)
      expect(sent.bodyBytes).toBeGreaterThan(1_000)
      expect(sent.bodyBytes).toBeLessThan(1_048_576)
      await page.keyboard.press('Escape')
      await expect(view.bundle).toBeHidden()
    })

    await test.step('nothing in the trace, in the HAR, in the folder of the app', async () => {
      const everything = await page.evaluate<string>(`(async () => {
        const ask = async (name, input) => (await window.sidetone.command(name, input)).value
        const source = 'live'
        const filter = { kinds: [], text: '', failedOnly: false }
        const texts = []
        for (let from = 0; ; ) {
          const page = await ask('trace.page', { source, filter, from, count: 500 })
          for (const row of page.rows)
            texts.push(JSON.stringify(row), JSON.stringify(await ask('trace.entry', { source, seq: row.seq })))
          from = page.from + page.rows.length
          if (page.rows.length === 0 || from >= page.end) break
        }
        for (const { id } of await ask('inspector.attempts', { source }))
          texts.push(JSON.stringify(await ask('inspector.attempt', { source, id })))
        texts.push(JSON.stringify(await ask('inspector.health', { source, lastMs: null })))
        return texts.join('\\n')
      })()`)
      expect(everything.length).toBeGreaterThan(100_000)
      expect(plantedIn(everything)).toEqual([])

      const har = join(folder, 'attempt.har')
      await saveTo(app, har)
      await view.detail.getByTestId('save-har').click()
      await expect(view.detail).toContainText(words('view.saved', { path: har }))
      const text = readFileSync(har, 'utf8')
      const { log } = JSON.parse(text) as Har
      expect(log.version).toBe('1.2')
      expect(log.entries.map(({ request }) => request.url).join(' ')).toContain('/finesse/api/SystemInfo')
      expect(plantedIn(text)).toEqual([])
      for (const { path: file, bytes } of profile.files())
        expect([file, plantedIn(bytes.toString('utf8'))]).toEqual([file, []])
    })

    await test.step('what is no bundle, and half a bundle, are refused in words', async () => {
      const broken = join(folder, 'broken.zip')
      const said = view.view.getByRole('alert')
      const bytes = readFileSync(path)
      for (const [content, words] of [
        ['no zip at all', t('problem.notABundle.what', { path: 'broken.zip' })],
        [bytes.subarray(0, bytes.length / 2), /broken\.zip/],
      ] as const) {
        writeFileSync(broken, content)
        await openFrom(app, broken)
        await page.getByTestId('bundle-open').click()
        await expect(said).toContainText(words)
      }
      await expect(view.bundleBar).toBeHidden()
    })

    await test.step('opened again: the same attempt, read-only', async () => {
      const before = (await ask(page, 'inspector.attempts', { source: 'live' })).at(-1)
      if (!before) throw new Error('There is no attempt')
      const live = await ask(page, 'inspector.attempt', { source: 'live', id: before.id })
      await openFrom(app, path)
      await page.getByTestId('bundle-open').click()
      await expect(view.bundleBar).toContainText('support.zip')
      await expect(view.bundleBar).toContainText(address)
      await expect(view.tab('selfTest')).toHaveCount(0)
      await expect(page.getByTestId('bundle-start')).toHaveCount(0)
      await expect(view.attempts).toHaveCount(
        (await ask(page, 'inspector.attempts', { source: 'bundle' })).length,
      )
      const kept = await ask(page, 'inspector.attempt', { source: 'bundle', id: before.id })
      // A ping may have come since.
      const fixed = (attempt: AttemptDetail | null) => attempt?.stages.filter(({ stage }) => stage !== 'live')
      expect(fixed(kept)).toHaveLength(STAGES.length - 1)
      expect(fixed(kept)).toEqual(fixed(live))
      await view.stage('bind').click()
      await expect(view.detail).toContainText(`${agent.id}@fin-a.localhost/desktop`)
      await view.attempts.last().click()
      await expect(view.stage('auth')).toHaveAttribute('data-status', 'failed')
      await view.tab('trace').click()
      await expect(view.traceRows.first()).toBeVisible()
      await expect(view.view.getByTestId('trace-pause')).toHaveCount(0)
      await expect(view.view.getByTestId('trace-plain')).toHaveCount(0)
      await view.tab('health').click()
      await expect(view.view.getByTestId('health-view')).toBeVisible()
      await view.bundleBar.getByTestId('bundle-close').click()
      await expect(view.bundleBar).toBeHidden()
      await expect(view.tab('selfTest')).toBeVisible()
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
