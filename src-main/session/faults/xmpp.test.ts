import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import {
  backOn,
  callsShown,
  expectNoBug,
  kindsOf,
  lifeGoesOn,
  liveDesk,
  onCall,
  phasesShown,
  signIns,
  waitShown,
  waitsWith,
} from '../testing/deskScenes'
import { faultDesk, isOnline, isRecovering, shown, truthShown, type FaultDesk } from '../testing/faultDesk'

const SECOND = 1_000

const event = (desk: FaultDesk, content: string): string =>
  `<message xmlns="jabber:client" from="pubsub.fin-a.localhost" to="${desk.agent.id}@fin-a.localhost">${content}</message>`

describe('frames that cannot be read', () => {
  const unreadable: ReadonlyArray<
    readonly ['X1' | 'X3' | 'X4' | 'X5' | 'X6', string, (desk: FaultDesk) => string]
  > = [
    ['X1', 'not well-formed', () => '<message from="nobody"><unclosed attribute=></message>'],
    ['X1', 'no XML at all', () => '{"event":"PUT"}'],
    ['X3', 'an unknown entity in a text', (desk) => event(desk, '<body>&unknown;</body>')],
    ['X3', 'an unknown entity in an attribute', (desk) => event(desk, '<body lang="&unknown;"/>')],
    [
      'X4',
      'billion laughs',
      () => `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1_000)}">]><message>&b;</message>`,
    ],
    ['X5', 'one byte over the limit', (desk) => event(desk, '').padEnd(1024 * 1024 + 1, ' ')],
    ['X6', 'nesting of 100,000', (desk) => event(desk, '<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    [
      'X6',
      '90,000 attributes',
      (desk) =>
        event(desk, `<a ${Array.from({ length: 90_000 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`),
    ],
  ]
  for (const [id, name, frame] of unreadable)
    faultTest(id, `${name}: no crash, live again, and the state is the server's`, async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      const phases = phasesShown(desk)
      desk.control.sendFrame(desk.agent.id, frame(desk))
      lifeGoesOn(desk)
      await desk.until(isRecovering, SECOND)
      await backOn(desk, 'A', 50 * SECOND)
      expect(callsShown(desk)).toEqual([])
      expect(phases).toEqual(['online', 'recovering', 'online'])
    })

  faultTest('X1', 'what cannot be read is the reason told, and the wait is short', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'malformedFrame' })
    await desk.until(isRecovering, SECOND)
    expect(desk.slices().session).toMatchObject({ cause: { code: 'malformedFrame' } })
    // Our reading of one frame is no reason for a whole fleet to come back at once.
    expect(waitShown(desk)).toBeLessThanOrEqual(2 * SECOND)
    expect(await backOn(desk, 'A', 50 * SECOND)).toBeLessThan(3 * SECOND)
  })

  faultTest('X2', 'good frames right behind a truncated one are not lost', async (t) => {
    const desk = await liveDesk(t)
    await desk.setState('READY')
    desk.control.setFault({ name: 'truncatedFrame' })
    desk.control.ringAgent(desk.agent.id)
    await desk.until(isRecovering, SECOND)
    await backOn(desk, 'A', 50 * SECOND)
    expect(callsShown(desk)).toMatchObject([{ ownState: 'ALERTING' }])
    expect(kindsOf(desk).filter((kind) => kind === 'callArrived')).toHaveLength(1)
    // And those that come later are heard.
    desk.control.answer(desk.agent.id)
    await desk.until(({ slices }) => slices.agent?.state === 'TALKING', SECOND)
  })
})

describe('the password', () => {
  faultTest('X18', 'changed in mid-shift: asked for once per node, with the screen kept', async (t) => {
    const desk = await liveDesk(t)
    await onCall(desk)
    const known = { A: signIns(desk, 'A'), B: signIns(desk, 'B') }
    desk.control.changePassword(desk.agent.id, 'another-word-9')
    desk.control.setFault({ name: 'resetSocket' })
    await desk.until(({ slices }) => slices.session.phase === 'blocked', 30 * SECOND)
    expect(desk.slices().session).toMatchObject({
      reason: 'passwordWrong',
      midShift: true,
      problem: { code: 'passwordWrong', params: { id: desk.agent.id } },
    })
    await desk.clock.jump(300 * SECOND)
    expect(desk.slices().session).toMatchObject({ phase: 'blocked' })
    expect(signIns(desk, 'A') - known.A + signIns(desk, 'B') - known.B).toBe(1)
    expect(desk.slices()).toMatchObject({ agent: { look: 'lost', state: 'TALKING' }, team: { stale: true } })
    expect(callsShown(desk)).toHaveLength(1)
    t.secrets('another-word-9')
    await desk.commands['session.givePassword']({ password: 'another-word-9' })
    await backOn(desk, 'A', 10 * SECOND)
    expect(callsShown(desk)).toHaveLength(1)
  })
})

describe('the bind', () => {
  faultTest('X20', 'refused by A: live on B in the same try', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'bindRefused', node: 'A' })
    desk.control.setFault({ name: 'resetSocket' })
    expect(await backOn(desk, 'B', 50 * SECOND)).toBeLessThan(6 * SECOND)
  })

  faultTest(
    'X20',
    'refused by both: tried again by the rule, no loop, and live when they let us in',
    async (t) => {
      const desk = await liveDesk(t)
      const known = signIns(desk)
      desk.control.setFault({ name: 'bindRefused' })
      desk.control.setFault({ name: 'resetSocket' })
      await desk.until(() => waitsWith(desk, 'bindRefused'), 30 * SECOND)
      await desk.clock.jump(60 * SECOND)
      // Two nodes a try; 5, 10, 15, 15 s between them.
      expect(signIns(desk) - known).toBeGreaterThanOrEqual(6)
      expect(signIns(desk) - known).toBeLessThanOrEqual(10)
      desk.control.clearFault()
      await backOn(desk, 'A', 40 * SECOND)
    },
  )

  faultTest('X20', 'never answered by A: 12 s, then B; the late answer touches nothing', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'bindUnanswered', ms: 20 * SECOND, node: 'A' })
    desk.control.setFault({ name: 'resetSocket' })
    expect(await backOn(desk, 'B', 50 * SECOND)).toBeLessThan((5 + 12 + 1) * SECOND)
    const phases = phasesShown(desk)
    const opened = desk.opened.length
    await desk.clock.jump(30 * SECOND)
    expect(phases).toEqual(['online'])
    expect(desk.opened).toHaveLength(opened)
    expect(desk.control.sessions().map(({ node }) => node)).toEqual(['B'])
    await backOn(desk, 'B', 0)
  })
})

const requestsTo = (desk: FaultDesk, path: string, since = 0): readonly number[] =>
  desk.control
    .requests()
    .slice(since)
    .filter((request) => request.method === 'GET' && request.path.endsWith(path))
    .map(({ at }) => at)

/** Polled every 5 s, give or take what a reading takes. */
const expectPolled = (times: readonly number[]): void => {
  const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  expect(pauses.length).toBeGreaterThanOrEqual(8)
  expect(Math.max(...pauses)).toBeLessThan(6 * SECOND)
  expect(Math.min(...pauses)).toBeGreaterThan(4 * SECOND)
}

describe('subscriptions', () => {
  for (const [name, faults] of [
    ['refused', [{ name: 'subscribeForbidden' }]],
    ['never answered', [{ name: 'subscribeUnanswered' }]],
    ['asked of a service that does not exist', [{ name: 'wrongPubsubDomain' }]],
  ] as const)
    faultTest(
      'X21',
      `${name}: degraded and said; User, calls and team are read every 5 s and right`,
      async (t) => {
        // Finesse subscribes an agent by itself (5.2): it must fail as well for the polls to be needed.
        const desk = await faultDesk(t, { simulator: { faults: [...faults, { name: 'noEvents' }] } })
        await desk.signIn()
        await desk.until(isOnline, 60 * SECOND)
        await desk.until(
          ({ slices }) => slices.session.phase === 'online' && slices.session.degraded.includes('team'),
          20 * SECOND,
        )
        t.watch()
        expect(desk.slices()).toMatchObject({
          session: { degraded: expect.arrayContaining(['team', 'userEvents']) },
          connection: { pill: 'degraded' },
          team: { live: false },
        })
        const since = desk.control.requests().length
        desk.control.ringAgent(desk.agent.id, { queue: null })
        lifeGoesOnElsewhere(desk)
        await desk.until(
          () => JSON.stringify(shown(desk.view())) === JSON.stringify(truthShown(desk)),
          8 * SECOND,
        )
        expect(callsShown(desk)).toHaveLength(1)
        await desk.clock.jump(60 * SECOND)
        for (const path of [
          `/User/${desk.agent.id}`,
          `/User/${desk.agent.id}/Dialogs`,
          `/Team/${desk.agent.teamId}`,
        ])
          expectPolled(requestsTo(desk, path, since))
        expect(desk.opened).toHaveLength(1)
        expectNoBug(desk)
      },
    )

  faultTest(
    'X21',
    'refused, but Finesse subscribed us by itself: the first event ends the polling',
    async (t) => {
      const desk = await faultDesk(t, {
        simulator: { faults: [{ name: 'subscribeForbidden', path: '/User/' }] },
      })
      await desk.online()
      t.watch()
      await desk.setState('READY')
      expect(desk.slices()).toMatchObject({ session: { degraded: [] }, connection: { pill: 'live' } })
    },
  )
})

const lifeGoesOnElsewhere = (desk: FaultDesk): void => {
  const colleague = desk.info.agents.find(
    ({ id, teamId }) => id !== desk.agent.id && teamId === desk.agent.teamId,
  )
  if (colleague !== undefined) desk.control.supervisorForces(colleague.id, 'NOT_READY')
}

describe('another client takes our resource', () => {
  faultTest('X22', 'no automatic reconnect; "Take over here" is the choice, and works', async (t) => {
    const desk = await liveDesk(t)
    await onCall(desk)
    desk.control.setFault({ name: 'conflict' })
    await desk.until(({ slices }) => slices.session.phase === 'blocked', SECOND)
    expect(desk.slices().session).toMatchObject({
      reason: 'signedInElsewhere',
      midShift: true,
      problem: { code: 'signedInElsewhere', params: { id: desk.agent.id } },
    })
    const asked = desk.control.requests().length
    desk.runtime.dispatch({ type: 'networkChanged' })
    desk.runtime.dispatch({ type: 'woke', asleepMs: 60 * SECOND })
    await desk.clock.jump(300 * SECOND)
    expect(desk.slices().session).toMatchObject({ phase: 'blocked' })
    expect(desk.opened).toHaveLength(1)
    expect(desk.control.requests()).toHaveLength(asked)
    expect(callsShown(desk)).toHaveLength(1)
    expect((await desk.commands['session.takeOver']({})).ok).toBe(true)
    await backOn(desk, 'A', 10 * SECOND)
    expect(desk.opened).toHaveLength(2)
  })

  faultTest('X22', 'two of us: the newer one lives, the older one stops, nobody fights', async (t) => {
    const desk = await liveDesk(t)
    const other = await faultDesk(t, { beside: desk })
    await other.online()
    await desk.until(({ slices }) => slices.session.phase === 'blocked', SECOND)
    await desk.clock.jump(120 * SECOND)
    expect(other.slices().session).toMatchObject({ phase: 'online' })
    expect(desk.opened).toHaveLength(1)
    await desk.commands['session.takeOver']({})
    await desk.until(isOnline, 10 * SECOND)
    await desk.until(() => other.slices().session.phase === 'blocked', SECOND)
    await desk.clock.jump(60 * SECOND)
    expect(desk.opened).toHaveLength(2)
    expect(other.opened).toHaveLength(1)
  })
})

describe('the server ends the stream', () => {
  for (const condition of ['system-shutdown', 'host-gone'])
    faultTest('X24', `${condition}: spread over ten seconds, then the other node`, async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      desk.control.setFault({ name: 'streamError', condition })
      await desk.until(isRecovering, SECOND)
      expect(desk.slices().session).toMatchObject({ cause: { code: 'streamError', params: { condition } } })
      expect(waitShown(desk)).toBeGreaterThan(4 * SECOND)
      lifeGoesOn(desk)
      expect(await backOn(desk, 'B', 50 * SECOND)).toBeLessThan(6 * SECOND)
    })

  faultTest(
    'X24',
    'system-shutdown where the other node is dead: back to the one that restarts',
    async (t) => {
      const desk = await liveDesk(t)
      await desk.control.killNode('B')
      desk.control.setFault({ name: 'streamError', condition: 'system-shutdown' })
      await backOn(desk, 'A', 50 * SECOND)
    },
  )
})

/** Everybody hears in the same second that it is back. */
const SPREAD = 11 * SECOND

describe('the presence of the Finesse service', () => {
  faultTest('X29', 'goes and comes: said, actions disabled with the reason, then read again', async (t) => {
    const desk = await liveDesk(t)
    await onCall(desk)
    for (const node of ['A', 'B'] as const) {
      desk.control.setSystemStatus(node, 'OUT_OF_SERVICE')
      desk.control.setFinessePresence(node, false)
    }
    await desk.until(({ slices }) => slices.connection.pill === 'degraded', SECOND)
    const no = { allowed: false, why: 'serverUnavailable' }
    expect(desk.slices()).toMatchObject({
      session: { phase: 'online', outOfServiceSince: expect.any(Number) },
      choices: { ready: no, notReady: no, signOut: no },
    })
    expect(await desk.commands['agent.setState']({ state: 'NOT_READY', reasonCodeId: null })).toMatchObject({
      ok: false,
    })
    desk.control.customerHangsUp(desk.agent.id)
    await desk.clock.jump(60 * SECOND)
    for (const node of ['A', 'B'] as const) {
      desk.control.setSystemStatus(node, 'IN_SERVICE')
      desk.control.setFinessePresence(node, true)
    }
    await desk.until(({ slices }) => slices.connection.pill === 'live', SPREAD)
    await desk.clock.jump(5 * SECOND)
    await backOn(desk, 'A', 0)
    expect(callsShown(desk)).toEqual([])
    expect(desk.opened).toHaveLength(1)
    expect(kindsOf(desk)).toContain('serverStatus')
  })

  faultTest(
    'X29',
    'only the presence goes: asked within the spread of a fleet, and live as soon as SystemInfo says so',
    async (t) => {
      const desk = await liveDesk(t)
      desk.control.setFinessePresence('A', false)
      await desk.until(({ slices }) => slices.connection.pill === 'degraded', SECOND)
      desk.control.setFinessePresence('A', true)
      await desk.until(({ slices }) => slices.connection.pill === 'live', SPREAD)
      await desk.clock.jump(5 * SECOND)
      await backOn(desk, 'A', 0)
      expect(desk.opened).toHaveLength(1)
    },
  )
})
