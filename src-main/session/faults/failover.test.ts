import { expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { backOn, expectNoBug, liveDesk, onCall, signIns } from '../testing/deskScenes'
import { faultDesk, isOnline, isRecovering, isTrue, nodeOf, shown, truthShown } from '../testing/faultDesk'
import { askedSince, logins, pauses } from '../testing/faultScenes'

faultTest(
  'F1',
  'node A dies during a call: the call stays on screen, node B comes live with it',
  async (t) => {
    const desk = await faultDesk(t)
    await desk.online()
    await desk.setState('READY')
    desk.control.ringAgent(desk.agent.id)
    await desk.until(({ slices }) => slices.agent?.state === 'RESERVED')
    desk.control.answer(desk.agent.id)
    await desk.until(({ slices }) => slices.agent?.state === 'TALKING')
    t.watch()
    await desk.control.killNode('A')
    await desk.until(isRecovering, 1_000)
    expect(desk.view().collections.calls.size).toBe(1)
    expect(desk.slices()).toMatchObject({
      agent: { look: 'lost' },
      team: { stale: true },
      session: { forcedSignOut: { afterCall: true } },
    })
    const ms = await desk.until(isOnline, 50_000)
    expect(nodeOf(desk.view())).toBe('B')
    expect(ms).toBeLessThan(12_000)
    await desk.until(({ slices }) => !slices.team.stale)
    expect(shown(desk.view())).toEqual(truthShown(desk, 'B'))
    expect(desk.slices().connection.verdict).toMatchObject({ who: 'thisNode' })
    expect(desk.slices().gap).toMatchObject({ nodes: ['A', 'B'] })
  },
)

faultTest(
  'F1',
  'the node we signed in at is down in the morning: its partner of last time is tried',
  async (t) => {
    const desk = await liveDesk(t)
    await desk.commands['session.signOut']({ reasonCodeId: desk.slices().reasons.signOut[0]?.id ?? null })
    await desk.until(({ slices }) => slices.session.phase === 'signedOut')
    await desk.control.killNode('A')
    await desk.signIn()
    await backOn(desk, 'B', 15_000)
    expect(desk.slices().agent?.state).toBe('NOT_READY')
  },
)

faultTest('F2', 'A, then B, then A again: stays on B until B fails', async (t) => {
  const desk = await liveDesk(t)
  await desk.setState('READY')
  await desk.control.killNode('A')
  await backOn(desk, 'B', 50_000)
  const opened = desk.opened.length
  await desk.control.startNode('A')
  await desk.clock.jump(30 * 60_000)
  expect(nodeOf(desk.view())).toBe('B')
  expect(desk.opened).toHaveLength(opened)
  expect(desk.slices().connection.nodes).toMatchObject([{ health: 'inService' }, { health: 'inService' }])
  await desk.control.killNode('B')
  await backOn(desk, 'A', 50_000)
})

faultTest('F2', 'both nodes healthy: comes back to the one it was on, wherever that is', async (t) => {
  const desk = await liveDesk(t)
  desk.control.setFault({ name: 'resetSocket' })
  await desk.until(isRecovering, 1_000)
  await backOn(desk, 'A', 15_000)
  await desk.clock.jump(31_000)
  await desk.control.killNode('A')
  await backOn(desk, 'B', 50_000)
  await desk.control.startNode('A')
  await desk.clock.jump(31_000)
  desk.control.setFault({ name: 'resetSocket' })
  await desk.until(isRecovering, 1_000)
  await backOn(desk, 'B', 15_000)
  expect(logins(desk)).toBe(1)
})

for (const link of ['alive', 'lost'] as const)
  faultTest(
    'F3',
    `both out of service, connection ${link}: patient polls, no password, back alone`,
    async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      const since = askedSince(desk)
      const auths = signIns(desk)
      desk.control.setFault({ name: 'outOfService' })
      if (link === 'lost') desk.control.setFault({ name: 'resetSocket' })
      await desk.clock.jump(5 * 60_000)
      const { session, agent, choices } = desk.slices()
      expect(agent).toMatchObject({ state: 'TALKING', look: link === 'lost' ? 'lost' : 'call' })
      expect(desk.view().collections.calls.size).toBe(1)
      expect(choices.notReady.allowed).toBe(false)
      expect(session).toMatchObject(
        link === 'alive'
          ? { phase: 'online', passwordProblem: null }
          : { phase: 'recovering', cause: { code: 'outOfService' } },
      )
      if (session.phase === 'online') expect(session.outOfServiceSince).not.toBeNull()
      for (const node of ['A', 'B'] as const) {
        const polls = since({ node, path: '/SystemInfo' })
        const later = pauses(polls).filter((ms) => ms > 500)
        expect(later.length).toBeGreaterThan(8)
        for (const pause of later) expect(pause).toBeGreaterThanOrEqual(2_000)
        for (const pause of later.slice(4)) expect(Math.abs(pause - 20_000)).toBeLessThan(1_000)
      }
      expect(since().filter(({ path }) => !path.endsWith('/SystemInfo'))).toEqual([])
      expect(signIns(desk)).toBe(auths)
      desk.control.clearFault('outOfService')
      await desk.until(() => isOnline(desk.view()) && desk.slices().choices.notReady.allowed, 25_000)
      await desk.until(() => isTrue(desk), 5_000)
      expect(desk.slices().agent).toMatchObject({ state: 'TALKING', look: 'call' })
      expect(logins(desk)).toBe(1)
      expectNoBug(desk)
    },
  )

faultTest('F3', 'both out of service, then only B comes back: moves there by itself', async (t) => {
  const desk = await liveDesk(t)
  desk.control.setFault({ name: 'outOfService', node: 'A' })
  desk.control.setFault({ name: 'outOfService', node: 'B' })
  await desk.clock.jump(60_000)
  expect(nodeOf(desk.view())).toBe('A')
  desk.control.clearFault('outOfService', 'B')
  await desk.until((view) => nodeOf(view) === 'B', 50_000)
  await backOn(desk, 'B', 30_000)
})

faultTest('F4', 'A says IN_SERVICE and refuses XMPP: counts as unavailable, B', async (t) => {
  const desk = await liveDesk(t)
  desk.control.setFault({ name: 'refuseUpgrade', node: 'A', status: 503 })
  desk.control.setFault({ name: 'resetSocket', node: 'A' })
  await desk.until(isRecovering, 1_000)
  await backOn(desk, 'B', 15_000)
  expect(desk.slices().connection.nodes).toMatchObject([
    { name: 'A', health: 'unreachable', problem: { code: 'upgradeRefused' } },
    { name: 'B', health: 'inService' },
  ])
})

faultTest('F5', 'XMPP works and the Finesse service is not present: not called live', async (t) => {
  const desk = await faultDesk(t, { simulator: { faults: [{ name: 'noFinessePresence' }] } })
  await desk.online()
  t.watch()
  const { session, connection } = desk.slices()
  expect(connection.pill).toBe('degraded')
  expect(session).toMatchObject({ degraded: ['finessePresence'] })
  desk.control.clearFault()
  desk.control.setFinessePresence('A', true)
  await desk.until(({ slices }) => slices.connection.pill === 'live', 5_000)
  desk.control.setFinessePresence('A', false)
  await desk.until(({ slices }) => !slices.choices.ready.allowed, 1_000)
  expect(desk.slices().connection.pill).toBe('degraded')
})

for (const kind of ['wrongHost', 'selfSigned', 'expired'] as const)
  faultTest(
    'F10',
    `the certificate of B is ${kind} and A is down: B gets nothing, A is tried on`,
    async (t) => {
      const desk = await liveDesk(t)
      await desk.control.setCertificate('B', kind)
      await desk.control.killNode('A')
      await desk.until(isRecovering, 1_000)
      const before = desk.opened.length
      await desk.clock.jump(5 * 60_000)
      const { session, connection } = desk.slices()
      expect(session).toMatchObject({ phase: 'recovering', cause: { code: 'connectionRefused' } })
      expect(connection.nodes).toMatchObject([
        { name: 'A', current: true, health: 'unreachable' },
        {
          name: 'B',
          health: 'untrusted',
          problem: {
            code:
              kind === 'wrongHost'
                ? 'certificateWrongHost'
                : kind === 'expired'
                  ? 'certificateExpired'
                  : 'certificateUntrusted',
          },
        },
      ])
      expect(connection.nodes[1]?.certificate === null).toBe(kind !== 'selfSigned')
      expect(signIns(desk, 'B')).toBe(0)
      expect(
        desk.control.requests().filter(({ node, hasAuthorization }) => node === 'B' && hasAuthorization),
      ).toEqual([])
      expect(desk.control.upgrades().filter(({ node }) => node === 'B')).toEqual([])
      // Tried on at A, never at B.
      expect(desk.opened.slice(before).map(({ port }) => port)).not.toContain(desk.nodeB.port)
      await desk.control.startNode('A')
      await backOn(desk, 'A', 35_000)
      expect(desk.slices().session).toMatchObject({ degraded: ['otherNode'] })
    },
  )

faultTest('F12', 'A lies about being in service: counts as failed, B', async (t) => {
  const desk = await liveDesk(t)
  desk.control.setFault({ name: 'falseInService', node: 'A' })
  desk.control.setFault({ name: 'resetSocket', node: 'A' })
  await desk.until(isRecovering, 1_000)
  await backOn(desk, 'B', 15_000)
})

faultTest('F12', 'both lie: each try counts, and they become rare', async (t) => {
  const desk = await liveDesk(t)
  desk.control.setFault({ name: 'falseInService' })
  desk.control.setFault({ name: 'resetSocket' })
  await desk.until(isRecovering, 1_000)
  await desk.clock.jump(10 * 60_000)
  expect(desk.slices().session).toMatchObject({ phase: 'recovering', cause: { code: 'outOfService' } })
  const loads = desk.control
    .requests()
    .filter(({ node, path, status }) => node === 'A' && path.endsWith('1001') && status === 503)
  expect(loads.length).toBeGreaterThan(10)
  for (const pause of pauses(loads).slice(5)) expect(pause).toBeGreaterThan(14_000)
  desk.control.clearFault()
  await desk.until(isOnline, 45_000)
  expect(logins(desk)).toBe(1)
  expectNoBug(desk)
})

faultTest('X23', 'a server that points to our other node is followed there', async (t) => {
  const desk = await faultDesk(t, { random: () => 0 })
  await desk.online()
  t.watch()
  desk.control.setFault({ name: 'seeOtherHost', node: 'A' })
  await desk.until((view) => isOnline(view) && nodeOf(view) === 'B')
  expect(desk.opened.map(({ port }) => port)).toEqual([desk.nodeA.port, desk.nodeB.port])
})

faultTest('X23', 'a server that points anywhere else is not', async (t) => {
  const desk = await faultDesk(t, { random: () => 0 })
  await desk.online()
  t.watch()
  for (const address of [
    'evil.example',
    `localhost:${String(desk.nodeB.port + 1)}`,
    `ws://localhost:${String(desk.nodeB.port)}/ws/`,
  ]) {
    desk.control.setFault({ name: 'seeOtherHost', node: 'A', address })
    await desk.until(isRecovering, 1_000)
    await desk.until(isOnline)
    expect(nodeOf(desk.view())).toBe('A')
  }
})
