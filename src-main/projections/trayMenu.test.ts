import { describe, expect, it } from 'vitest'
import { createTranslator } from '../../src-contract/messages/translate'
import { problem } from '../../src-contract/problem'
import type { ForcedSignOut } from '../../src-contract/state'
import { isConnectionLost, shownLook } from './shown'
import { nextCountdownMs, trayTooltip, windowTitle } from './tooltip'
import type { TrayItem } from './trayMenu'
import { trayMenu } from './trayMenu'
import { agent, online, reason, recovering, signedOut, viewOf } from './testing/views'

const t = createTranslator('en')
const lunch = reason('3', 'Lunch')
const desk = viewOf(online, {
  slices: {
    agent: agent('notReady', 'NOT_READY', lunch),
    reasons: { status: 'ready', notReady: [reason('2', 'Break'), lunch], signOut: [], favourites: [] },
  },
})

const shape = (items: readonly TrayItem[]): readonly unknown[] =>
  items.map((item) => {
    switch (item.kind) {
      case 'separator':
        return '-'
      case 'submenu':
        return [item.label, shape(item.items)]
      case 'item':
        return `${item.checked ? '*' : ''}${item.label}${item.enabled ? '' : ' (off)'}`
    }
  })

describe('tray menu', () => {
  it('offers the states with their reasons', () => {
    expect(shape(trayMenu(t, desk.slices))).toEqual([
      'Ready',
      ['Not Ready', ['Without a reason', 'Break', '*Lunch']],
      '-',
      'Sign out',
      '-',
      'Open Sidetone',
      'Quit Sidetone',
    ])
  })

  it('carries the id of the reason in its action', () => {
    const menu = trayMenu(t, desk.slices)[1]
    const item = menu?.kind === 'submenu' ? menu.items[1] : undefined
    expect(item?.kind === 'item' && item.action).toEqual({
      kind: 'setState',
      state: 'NOT_READY',
      reasonCodeId: '2',
    })
  })

  it('leaves out the choice without a reason where Finesse wants one', () => {
    const choices = { ...desk.slices.choices, notReadyReasonRequired: true, signOutReasonRequired: true }
    expect(shape(trayMenu(t, { ...desk.slices, choices })).slice(0, 4)).toEqual([
      'Ready',
      ['Not Ready', ['Break', '*Lunch']],
      '-',
      'Sign out (The reasons could not be loaded) (off)',
    ])
  })

  it('keeps what is impossible and says why', () => {
    const no = { allowed: false, why: 'onCallSignOut' } as const
    const choices = {
      ...desk.slices.choices,
      ready: { allowed: true, afterCall: true } as const,
      signOut: no,
    }
    expect(shape(trayMenu(t, { ...desk.slices, choices })).slice(0, 4)).toEqual([
      'Ready (after the call)',
      expect.anything(),
      '-',
      'Sign out (Not during a call) (off)',
    ])
  })

  it('has no states while signed out', () => {
    expect(shape(trayMenu(t, viewOf(signedOut).slices))).toEqual(['Open Sidetone', 'Quit Sidetone'])
  })

  it('cuts and cleans what the server calls its reasons', () => {
    const hostile = reason('9', `a\u202eb\n${'x'.repeat(500)}`)
    const reasons = { ...desk.slices.reasons, notReady: [hostile] }
    const menu = trayMenu(t, { ...desk.slices, reasons })[1]
    const label = menu?.kind === 'submenu' && menu.items[1]?.kind === 'item' ? menu.items[1].label : ''
    expect(label).toHaveLength(80)
    expect(label).toMatch(/^a b x+…$/)
  })
})

describe('while the connection is lost', () => {
  const forced = { earliest: 100_000, latest: 160_000, afterCall: false }
  const lost = (forcedSignOut: ForcedSignOut | null) => ({
    ...desk.slices,
    session: { ...recovering, forcedSignOut },
  })
  const lines = (forcedSignOut: ForcedSignOut | null, now: number) =>
    trayTooltip(t, lost(forcedSignOut), now).split('\n')

  it.each([
    [58_000, 'Finesse signs you out in 0:42 at the earliest, in 1:42 at the latest.'],
    [58_001, 'Finesse signs you out in 0:41 at the earliest, in 1:41 at the latest.'],
    [100_000, 'Finesse may have signed you out by now, or does so in 1:00 at the latest.'],
    [160_000, 'Finesse has probably signed you out by now, or set you Not Ready.'],
  ])('the tooltip counts down: at %i ms', (now, words) => {
    expect(lines(forced, now).slice(-2)).toEqual(['connection lost, reconnecting', words])
  })

  it('the tooltip says nothing of a sign-out when there is nobody to sign out', () => {
    expect(lines(null, 0).at(-1)).toBe('connection lost, reconnecting')
  })

  it('changes once a second while something counts down, and not otherwise', () => {
    expect(nextCountdownMs(lost(forced), 58_250)).toBe(751)
    expect(nextCountdownMs(lost(forced), 58_001)).toBe(1_000)
    expect(nextCountdownMs(lost(forced), 100_001)).toBe(1_000)
    expect(nextCountdownMs(lost(forced), 160_000)).toBeNull()
    expect(nextCountdownMs(lost({ ...forced, afterCall: true }), 98_001)).toBe(1_000)
    expect(nextCountdownMs(lost({ ...forced, afterCall: true }), 100_000)).toBeNull()
    expect(nextCountdownMs(lost(null), 0)).toBeNull()
    expect(nextCountdownMs(desk.slices, 0)).toBeNull()
  })

  it('every change the words make is foreseen', () => {
    let now = 0
    let words = lines(forced, now)
    for (let steps = 0; now < 170_000 && steps < 1_000; steps += 1) {
      const wait = nextCountdownMs(lost(forced), now)
      if (wait === null) break
      expect(lines(forced, now + wait - 1)).toEqual(words)
      now += wait
      words = lines(forced, now)
    }
    expect(lines(forced, now)).toEqual(lines(forced, 1_000_000))
  })

  it('the menu says it by the time of day, so that it stands still under the mouse', () => {
    const earliest = new Date(2026, 2, 29, 9, 5, 3).getTime()
    expect(shape(trayMenu(t, lost({ ...forced, earliest }))).slice(0, 2)).toEqual([
      'Reconnecting; signed in until 09:05:03 at least (off)',
      '-',
    ])
    expect(shape(trayMenu(t, lost(null)))[0]).toBe('Reconnecting (off)')
  })
})

describe('tray tooltip', () => {
  it('says state, reason and since when', () => {
    expect(trayTooltip(t, desk.slices, 0)).toMatch(/^Sidetone: Not Ready, Lunch\nsince .+$/)
  })

  it('says that the connection is lost', () => {
    expect(trayTooltip(t, { ...desk.slices, session: recovering }, 0)).toContain('connection lost')
  })

  it('keeps the last state in words and icon while the connection is lost', () => {
    const lost = { ...desk.slices, session: recovering, agent: agent('lost', 'READY') }
    expect(trayTooltip(t, lost, 0)).toMatch(/^Sidetone: Ready\nsince .+\nconnection lost, reconnecting$/)
    expect(shownLook(lost)).toBe('ready')
    expect(isConnectionLost(lost)).toBe(true)
  })

  it('says what comes after the call', () => {
    const pending = { state: 'READY', look: 'ready', reason: null } as const
    const talking = { ...agent('call', 'TALKING'), pending }
    expect(trayTooltip(t, { ...desk.slices, agent: talking }, 0)).toContain('then Ready')
  })

  it.each([
    ['Finesse is out of service', { ...online, degraded: ['team' as const], outOfServiceSince: 1 }],
    ['Finesse asks for your password again', { ...online, passwordProblem: problem('passwordWrong') }],
    ['some updates are missing', { ...online, degraded: ['team' as const] }],
  ])('says what is wrong although the connection lives: %s', (words, session) => {
    expect(
      trayTooltip(t, { ...desk.slices, session }, 0)
        .split('\n')
        .at(-1),
    ).toBe(words)
  })

  it('is silent about agents while signed out', () => {
    expect(trayTooltip(t, { ...desk.slices, session: signedOut }, 0)).toBe('Sidetone: signed out')
  })
})

it('names the state first in the title of the window', () => {
  expect(windowTitle(t, desk.slices)).toBe('Not Ready · Ada Nord · Sidetone')
  expect(windowTitle(t, viewOf(signedOut).slices)).toBe('Sidetone')
})
