import type { Translate } from '../src-contract/messages/translate'
import type { Control } from '../simulator'
import { expect, test } from './fixtures'
import type { Desk } from './pages/desk'
import { crashPage, crashPageForGood, listenerCounts, shownText } from './pages/crashedPage'

const CALLER = '+4477001234'

const onCall = async (control: Control, agentId: string, desk: Desk): Promise<void> => {
  control.setAgentState(agentId, 'READY')
  await desk.shows('state.READY')
  control.ringAgent(agentId, { from: CALLER, queue: 'Support' })
  control.answer(agentId)
  await desk.shows('state.TALKING')
}

const theCall = (t: Translate) => (text: string) => text.includes(t('state.TALKING')) && text.includes(CALLER)

test('P1: a page that crashes during a call comes back with the call; the session never noticed', async ({
  app,
  desk,
  forgive,
  simulator,
  t,
}) => {
  forgive.push(/pageCrashed/)
  const { agent, control } = simulator
  await onCall(control, agent.id, desk)
  const sessions = control.sessions()
  const requests = control.requests().length
  const listeners = await listenerCounts(app)
  for (let time = 0; time < 3; time += 1) {
    const began = performance.now()
    await crashPage(app)
    await expect.poll(async () => theCall(t)(await shownText(app)), { intervals: [20] }).toBe(true)
    test.info().annotations.push({ type: 'revived', description: `${performance.now() - began} ms` })
  }
  expect(await shownText(app)).toContain(agent.firstName)
  expect(await listenerCounts(app)).toEqual(listeners)
  expect(control.sessions()).toEqual(sessions)
  expect(control.requests().length).toBe(requests)
})

test('P1: a page that hangs in the tray is found, one that is only not looked at is left alone', async ({
  app,
  desk,
  forgive,
  page,
  profile,
  simulator,
  t,
}) => {
  test.setTimeout(90_000)
  forgive.push(/pageHangs/, /pageCrashed/)
  const { agent, control } = simulator
  await onCall(control, agent.id, desk)
  const sessions = control.sessions()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  await new Promise((resolve) => setTimeout(resolve, 11_000))
  const began = performance.now()
  page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => undefined)
  await expect.poll(() => profile.log(), { timeout: 45_000 }).toContain('pageHangs')
  // Counted from here: it answered while it was only hidden.
  expect(performance.now() - began).toBeGreaterThan(18_000)
  await expect.poll(async () => theCall(t)(await shownText(app))).toBe(true)
  test.info().annotations.push({ type: 'revived', description: `${performance.now() - began} ms` })
  expect(profile.log().match(/pageHangs/g)).toHaveLength(1)
  expect(control.sessions()).toEqual(sessions)
})

test('P1: the fourth crash within five minutes is said, with a way out, and the session lives on', async ({
  app,
  desk,
  desktop,
  forgive,
  simulator,
  t,
}) => {
  forgive.push(/pageCrashed/)
  const { agent, control } = simulator
  await desk.shows('state.NOT_READY')
  const sessions = control.sessions()
  // Nobody is here to click: the box waits until the test does.
  await app.evaluate(({ dialog }) => {
    const asked: unknown[] = []
    const answer = new Promise<Electron.MessageBoxReturnValue>((resolve) => {
      Object.assign(globalThis, {
        askedByTest: asked,
        answerByTest: () => resolve({ response: 0, checkboxChecked: false }),
      })
    })
    dialog.showMessageBox = (...given: readonly unknown[]) => {
      asked.push(given.at(-1))
      return answer
    }
  })
  for (let time = 0; time < 3; time += 1) await crashPage(app)
  await crashPageForGood(app)
  await desktop.waitForNotification({ summary: t('shell.page.crashedTitle') })
  const asked = () => app.evaluate(() => (globalThis as unknown as { askedByTest: unknown[] }).askedByTest)
  await expect.poll(async () => (await asked()).length).toBe(1)
  expect((await asked())[0]).toMatchObject({
    message: t('shell.page.crashedTitle'),
    buttons: [t('shell.page.again'), t('shell.page.quit')],
  })
  expect(await shownText(app)).toBe('')

  // The tray still works.
  await desktop.tray.clickMenu([t('shell.tray.ready')])
  await expect.poll(() => control.agent(agent.id).state).toBe('READY')
  await app.evaluate(() => (globalThis as unknown as { answerByTest: () => void }).answerByTest())
  await expect.poll(() => shownText(app)).toContain(t('state.READY'))
  expect(control.sessions()).toEqual(sessions)
})
