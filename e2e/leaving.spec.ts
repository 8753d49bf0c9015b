import { expect, test } from './fixtures'
import type { Control } from '../simulator'

type XmppLog = ReturnType<Control['xmppLog']>

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

const saidSince = (log: XmppLog, at: number): XmppLog =>
  log.filter((entry) => entry.direction === 'in' && entry.at >= at)

const kinds = (log: XmppLog): readonly string[] =>
  log.flatMap(({ text }) =>
    text.includes('<unsubscribe')
      ? ['unsubscribe']
      : text.startsWith('<presence') && text.includes('unavailable')
        ? ['unavailable']
        : text.startsWith('<close')
          ? ['close']
          : [],
  )

for (const signal of SIGNALS)
  test(`T7: ${signal} while signed in: unsubscribed, presence unavailable, gone within a second`, async ({
    desk,
    launched,
    simulator,
    t,
  }) => {
    const { agent, control } = simulator
    await expect(desk.pill).toContainText(t('ui.pill.live'))
    await control.waitForSubscriber('/finesse/api/Team/5013/Users')
    const began = Date.now()
    launched.electron.process().kill(signal)
    expect(await launched.exited).toBe(0)
    const ms = Date.now() - began
    const said = saidSince(control.xmppLog(), began)
    expect(new Set(kinds(said))).toEqual(new Set(['unsubscribe', 'unavailable', 'close']))
    expect(kinds(said).slice(-2)).toEqual(['unavailable', 'close'])
    expect(said.some(({ text }) => text.includes('<unsubscribe') && text.includes('/Team/'))).toBe(true)
    const unavailable = said.find(({ text }) => text.includes('unavailable'))
    const saidMs = (unavailable?.at ?? 0) - began
    test.info().annotations.push({ type: 'left', description: `said ${saidMs} ms, gone ${ms} ms` })
    // Generous: the machine may be busy. What is measured stands in the annotation.
    expect(saidMs).toBeLessThan(1_000)
    expect(ms).toBeLessThan(2_500)
    expect(control.sessions()).toEqual([])
    // A shutdown is no wish to be signed out.
    expect(control.agent(agent.id).state).toBe('NOT_READY')
  })

for (const system of ['Linux and macOS', 'Windows'] as const)
  test(`T7: a shutdown of the machine as ${system} tells it is held up for the good-bye`, async ({
    app,
    desk,
    launched,
    simulator,
    t,
  }) => {
    const { control } = simulator
    await expect(desk.pill).toContainText(t('ui.pill.live'))
    const began = Date.now()
    const delayed = await app.evaluate(({ powerMonitor, BrowserWindow }, windows) => {
      let held = false
      const event = { preventDefault: () => (held = true) }
      if (windows) BrowserWindow.getAllWindows()[0]?.emit('query-session-end', event)
      else powerMonitor.emit('shutdown', event)
      return held
    }, system === 'Windows')
    expect(delayed).toBe(true)
    expect(await launched.exited).toBe(0)
    expect(kinds(saidSince(control.xmppLog(), began)).slice(-2)).toEqual(['unavailable', 'close'])
  })

test.describe('behind a proxy', () => {
  test.use({ simulatorOptions: { proxied: true } })

  for (const mode of ['blackhole', 'rst', 'refuse'] as const)
    test(`T7: with a dead server (${mode}) it is gone within 2.5 s`, async ({
      desk,
      launched,
      simulator,
      t,
    }) => {
      const { control } = simulator
      await expect(desk.pill).toContainText(t('ui.pill.live'))
      await Promise.all([control.proxy('A', mode), control.proxy('B', mode)])
      const began = Date.now()
      launched.electron.process().kill('SIGTERM')
      expect(await launched.exited).toBe(0)
      const ms = Date.now() - began
      test.info().annotations.push({ type: 'left', description: `gone ${ms} ms` })
      expect(ms).toBeLessThan(2_500)
    })
})

test('T7: a page that hangs holds nothing up', async ({ desk, launched, page, simulator, t }) => {
  const { control } = simulator
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined)
  const began = Date.now()
  launched.electron.process().kill('SIGTERM')
  expect(await launched.exited).toBe(0)
  expect(Date.now() - began).toBeLessThan(4_000)
  expect(kinds(saidSince(control.xmppLog(), began)).slice(-2)).toEqual(['unavailable', 'close'])
})
