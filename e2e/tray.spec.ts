import type { TrayIcon } from './desktop/trayIcon'
import type { MenuItem } from './desktop/trayMenu'
import { expect, test } from './fixtures'
import { anyOf } from './support/words'

/** Is the icon filled at this place? In parts of its size, y down. */
const filledAt = (icon: TrayIcon | null, x: number, y: number): boolean => {
  if (!icon) throw new Error('The tray has no icon')
  const at = Math.floor(y * icon.height) * icon.width + Math.floor(x * icon.width)
  return (icon.argb[at * 4] ?? 0) > 127
}

const MIDDLE = [0.5, 0.5] as const
const LEFT = [0.2, 0.5] as const
const UPPER_LEFT = [0.25, 0.22] as const
const LOWER_LEFT = [0.2, 0.86] as const
const shape = (icon: TrayIcon | null): string =>
  [MIDDLE, LEFT, UPPER_LEFT, LOWER_LEFT].map(([x, y]) => (filledAt(icon, x, y) ? '#' : '.')).join('')

const labels = (items: readonly MenuItem[]): readonly string[] =>
  items.filter(({ type }) => type !== 'separator').map(({ label }) => label)

test('the icon shows the state by colour and shape, and the tooltip in words', async ({
  app,
  desktop,
  form,
  simulator,
  t,
}) => {
  await desktop.tray.waitForItem()
  const looks = async () => {
    const icon = await desktop.tray.icon()
    return { colour: icon?.colours[0]?.hex ?? '', shape: shape(icon) }
  }
  expect(app.windows()).toHaveLength(1)
  await expect.poll(looks).toEqual({ colour: '#808992', shape: '.##.' })
  await expect.poll(() => desktop.tray.tooltip()).toBe(t('shell.tray.signedOut'))

  const { agent, control, address } = simulator
  await form.signIn({
    server: address,
    loginId: agent.id,
    extension: agent.extension,
    password: agent.password,
  })
  await expect.poll(looks, { timeout: 15_000 }).toEqual({ colour: '#d97706', shape: '.###' })
  control.setAgentState(agent.id, 'READY')
  await expect.poll(looks).toEqual({ colour: '#1f9d55', shape: '###.' })
  await expect
    .poll(() => desktop.tray.tooltip())
    .toContain(t('shell.tray.state', { state: t('state.READY') }))
  control.ringAgent(agent.id)
  await expect.poll(looks).toEqual({ colour: '#0d9488', shape: '#..#' })
  control.answer(agent.id)
  await expect.poll(looks).toEqual({ colour: '#2f7cf6', shape: '##..' })
  control.act(agent.id, 'HOLD')
  await expect.poll(looks).toEqual({ colour: '#2f7cf6', shape: '.#..' })

  // Connection lost: the state stays, with a mark.
  control.setFault({ name: 'refuseUpgrade' })
  control.setFault({ name: 'resetSocket' })
  await expect
    .poll(async () => (await desktop.tray.icon())?.colours.map(({ hex }) => hex))
    .toEqual(expect.arrayContaining(['#2f7cf6', '#e13b57']))
  await expect.poll(() => desktop.tray.tooltip()).toContain(t('shell.tray.lost'))
})

test('the menu changes the state, and what cannot be chosen says why', async ({
  desk,
  desktop,
  simulator,
  t,
}) => {
  const { agent, control } = simulator
  const { tray } = desktop
  await tray.clickMenu([t('shell.tray.ready')])
  await desk.shows('state.READY')
  const inReady = await tray.menu()
  expect(inReady.find(({ label }) => label.startsWith(t('shell.tray.ready')))).toMatchObject({
    checked: true,
    enabled: false,
  })

  await tray.clickMenu([t('shell.tray.notReady'), 'Coaching & feedback'])
  await desk.shows('state.NOT_READY')
  await expect(desk.stateControl).toContainText('Coaching & feedback')
  expect(control.agent(agent.id).reason).toMatchObject({ id: '53' })
  const inNotReady = await tray.menu()
  const reasons = inNotReady.find(({ label }) => label === t('shell.tray.notReady'))?.children ?? []
  expect(reasons.filter(({ checked }) => checked === true).map(({ label }) => label)).toEqual([
    'Coaching & feedback',
  ])

  await tray.clickMenu([t('shell.tray.ready')])
  await desk.shows('state.READY')
  control.ringAgent(agent.id)
  await desk.shows('state.RESERVED')
  const whyNot = (choice: string) => t('shell.tray.notNow', { choice, why: t('whyNot.reserved') })
  await expect
    .poll(async () => labels((await tray.menu()).filter(({ enabled }) => !enabled)))
    .toEqual(expect.arrayContaining([whyNot(t('shell.tray.notReady'))]))
})

test('signed out, the menu offers to open and to quit; quitting ends the app', async ({
  desktop,
  launched,
  t,
}) => {
  await desktop.tray.waitForItem()
  await expect
    .poll(async () => labels(await desktop.tray.menu()))
    .toEqual([t('shell.tray.open'), t('shell.tray.quit')])
  // The app may be gone before it has answered the click.
  await desktop.tray.clickMenu([t('shell.tray.quit')]).catch(() => undefined)
  expect(await launched.exited).toBe(0)
})

test('while the connection is lost the tray counts down to the sign-out by Finesse, and says so once', async ({
  desk,
  desktop,
  simulator,
  t,
}) => {
  const { control } = simulator
  const { tray } = desktop
  await expect(desk.pill).toContainText(t('ui.pill.live'))
  control.setFault({ name: 'refuseUpgrade' })
  control.setFault({ name: 'resetSocket' })
  const lost = await desktop.waitForNotification({ summary: t('shell.notify.lostTitle') })
  expect(lost.body).toContain(t('shell.notify.lostUntil', { time: '\0' }).split('\0')[0])

  const left = async (): Promise<number> => {
    const [, minutes, seconds] =
      / in (\d):(\d\d) at /.exec((await tray.tooltip()).split('\n').at(-1) ?? '') ?? []
    return minutes === undefined || seconds === undefined
      ? Number.NaN
      : Number(minutes) * 60 + Number(seconds)
  }
  await expect.poll(left).toBeGreaterThan(40)
  const first = await left()
  expect(first).toBeLessThanOrEqual(60)
  const menu = labels(await tray.menu())
  expect(menu[0]).toMatch(anyOf(t, 'shell.tray.lostMenuUntil', ['time']))
  // Second by second, whatever else happens.
  const seen = new Set<number>()
  const until = Date.now() + 5_000
  while (Date.now() < until) {
    seen.add(await left())
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  expect(seen.size).toBeGreaterThanOrEqual(5)
  // The menu stands still under the mouse.
  expect(labels(await tray.menu())).toEqual(menu)

  control.clearFault()
  await desktop.waitForNotification({ summary: t('shell.notify.restoredTitle') }, 20_000)
  await expect.poll(left).toBeNaN()
  expect(labels(await tray.menu())).not.toContain(menu[0])
  const told = (title: string) => desktop.notifications.filter(({ summary }) => summary === title)
  expect(told(t('shell.notify.lostTitle'))).toHaveLength(1)
  expect(told(t('shell.notify.restoredTitle'))).toHaveLength(1)
})
