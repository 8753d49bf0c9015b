import { describe, expect } from 'vitest'
import { blackhole } from '../../finesse/transport/testing/servers'
import { faultTest } from '../../testing/faultTest'
import {
  backOn,
  callsShown,
  kindsOf,
  lifeGoesOn,
  liveDesk,
  onCall,
  phasesShown,
  signIns,
  waitShown,
  waitsWith,
} from '../testing/deskScenes'
import { faultDesk, isRecovering } from '../testing/faultDesk'

describe('the connection is lost', () => {
  for (const [id, mode] of [
    ['N1', 'rst'],
    ['N2', 'halfClose'],
  ] as const)
    faultTest(id, `${mode} while live: said at once, live by the rule of delays, true again`, async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      await desk.control.proxy('A', { kind: mode, once: true })
      const noticed = await desk.until(isRecovering, 250)
      expect(noticed).toBeLessThan(250)
      expect(desk.slices()).toMatchObject({
        agent: { look: 'lost' },
        session: { cause: { params: { host: desk.nodeA.host, port: desk.nodeA.port } } },
      })
      // Ended by the server as far as we know: half of the spread of ten seconds.
      expect(waitShown(desk)).toBeGreaterThan(4_500)
      expect(waitShown(desk)).toBeLessThanOrEqual(5_000)
      lifeGoesOn(desk)
      expect(await backOn(desk, 'A', 50_000)).toBeLessThan(6_000)
      expect(desk.opened).toHaveLength(2)
      expect(callsShown(desk)).toEqual([])
      expect(desk.slices().gap).toMatchObject({ nodes: ['A', 'A'] })
      expect(desk.slices().gap?.changes.map(({ kind }) => kind)).toContain('callEnded')
    })

  faultTest(
    'N3',
    'nothing gets through: noticed within 30 s, live on B within 50 s, the socket to A is gone',
    async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      await desk.control.proxy('A', 'blackhole')
      lifeGoesOn(desk)
      const noticed = await desk.until(isRecovering, 60_000)
      expect(noticed).toBeLessThanOrEqual(30_000)
      expect(desk.slices()).toMatchObject({ session: { cause: { code: 'pingTimeout' } } })
      expect(noticed + (await backOn(desk, 'B', 50_000))).toBeLessThan(50_000)
      // What A held back all the time arrives now, and nobody listens.
      const opened = desk.opened.length
      await desk.control.proxy('A', 'pass')
      await desk.clock.jump(60_000)
      await backOn(desk, 'B', 0)
      expect(desk.opened).toHaveLength(opened)
      expect(desk.control.sessions().map(({ node }) => node)).toEqual(['B'])
    },
  )

  faultTest('N4', 'we hear and are not heard: noticed within 30 s, events shown meanwhile', async (t) => {
    const desk = await liveDesk(t)
    const phases = phasesShown(desk)
    const states = new Set<string>()
    desk.runtime.onChange((_, { slices }) => {
      if (slices.session.phase === 'online') states.add(slices.agent?.state ?? '')
    })
    await desk.control.proxy('A', { kind: 'blackhole', direction: 'toServer' })
    let ms = 0
    for (; ms < 40_000 && phases.length === 1; ms += 1_000) {
      desk.control.supervisorForces(desk.agent.id, ms % 2_000 === 0 ? 'READY' : 'NOT_READY')
      await desk.clock.jump(1_000)
    }
    expect(ms).toBeLessThanOrEqual(31_000)
    expect([...states].sort()).toEqual(['NOT_READY', 'READY'])
    await backOn(desk, 'B', 20_000)
    expect(phases).toEqual(['online', 'recovering', 'online'])
  })

  faultTest('N12', 'bytes trickle: given up, live on B, memory flat', async (t) => {
    const desk = await liveDesk(t)
    await onCall(desk)
    await desk.control.proxy('A', { kind: 'throttle', bytesPerSecond: 1, direction: 'toClient' })
    const before = process.memoryUsage().rss
    lifeGoesOn(desk)
    expect(await desk.until(isRecovering, 60_000)).toBeLessThanOrEqual(30_000)
    await backOn(desk, 'B', 20_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024)
  })

  for (const bytes of [1, 200, 900, 2_500])
    faultTest('N13', `cut ${String(bytes)} bytes into what comes: nothing is applied twice`, async (t) => {
      const desk = await liveDesk(t)
      await desk.setState('READY')
      await desk.control.proxy('A', { kind: 'cutAfter', bytes, once: true })
      desk.control.ringAgent(desk.agent.id)
      await desk.until(isRecovering, 30_000)
      desk.control.answer(desk.agent.id)
      await backOn(desk, 'A', 50_000)
      const kinds = kindsOf(desk)
      for (const once of ['callArrived', 'callAnswered', 'connectionLost', 'connectionRestored'])
        expect(kinds.filter((kind) => kind === once).length, once).toBeLessThanOrEqual(1)
      expect(callsShown(desk)).toMatchObject([{ ownState: 'ACTIVE' }])
    })
})

describe('a node does not let us in', () => {
  faultTest('N5', 'the TCP connect to A hangs: given up after 5 s, live on B', async (t) => {
    const desk = await liveDesk(t)
    t.unwatch()
    await desk.control.proxy('A', 'refuse')
    const hole = await blackhole('127.0.0.1', desk.nodeA.port)
    t.after(() => hole.close())
    t.watch()
    expect(await backOn(desk, 'B', 50_000)).toBeLessThan(5_000 + 5_000 + 1_000)
    expect(desk.slices().connection.attempts.at(-2)).toMatchObject({
      node: 'A',
      outcome: 'failed',
      problem: { code: 'stepTimeout', params: { stage: 'tcp', seconds: 5 } },
    })
  })

  faultTest('N6', 'A accepts and never finishes TLS: 5 s, the step is named, live on B', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.proxy('A', { kind: 'rst', once: true })
    await desk.control.proxy('A', 'stall')
    expect(await backOn(desk, 'B', 50_000)).toBeLessThan(5_000 + 5_000 + 1_000)
    expect(desk.slices().connection.attempts.at(-2)).toMatchObject({
      node: 'A',
      outcome: 'failed',
      problem: { code: 'stepTimeout', params: { stage: 'tls', seconds: 5 } },
    })
  })

  for (const random of [0, 0.999])
    faultTest(
      'N9',
      `503 with Retry-After 7 by both: waits 7 to 10 s (chance ${String(random)})`,
      async (t) => {
        let chance = 0.5
        const desk = await liveDesk(t, { random: () => chance })
        chance = random
        desk.control.setFault({ name: 'refuseUpgrade', status: 503, retryAfter: 7 })
        desk.control.setFault({ name: 'resetSocket' })
        await desk.until(() => waitsWith(desk, 'upgradeRefused'), 30_000)
        const atA = () => desk.control.upgrades().filter(({ node }) => node === 'A')
        const refusedAt = atA().at(-1)?.at ?? NaN
        desk.control.clearFault()
        await backOn(desk, 'A', 15_000)
        const pause = (atA().at(-1)?.at ?? NaN) - refusedAt
        expect(pause).toBeGreaterThanOrEqual(7_000)
        expect(pause).toBeLessThanOrEqual(10_000)
      },
    )

  faultTest('N9', 'Retry-After of one node does not keep us from the other one', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'refuseUpgrade', status: 503, retryAfter: 600, node: 'A' })
    desk.control.setFault({ name: 'resetSocket' })
    expect(await backOn(desk, 'B', 50_000)).toBeLessThan(11_000)
  })

  faultTest('N9', 'Retry-After of B holds for B, though A failed in another way', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'refuseUpgrade', status: 503, retryAfter: 40, node: 'B' })
    await desk.control.proxy('A', 'refuse')
    const atB = () => desk.control.upgrades().filter(({ node }) => node === 'B')
    await desk.until(() => atB().length > 0, 30_000)
    await desk.clock.jump(90_000)
    const pauses = atB().map(({ at }, index, all) => at - (all[index - 1]?.at ?? -Infinity))
    expect(pauses.length).toBeGreaterThanOrEqual(2)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(40_000)
    // And A is not kept waiting by it.
    await desk.control.proxy('A', 'pass')
    await backOn(desk, 'A', 31_000)
  })

  faultTest('N9', 'A wants an hour, B is back after ten seconds: live on B within 50 s', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'refuseUpgrade', status: 503, retryAfter: 3_600, node: 'A' })
    await desk.control.proxy('B', 'refuse')
    desk.control.setFault({ name: 'resetSocket' })
    await desk.clock.jump(10_000)
    await desk.control.proxy('B', 'pass')
    await backOn(desk, 'B', 40_000)
    expect(desk.control.upgrades().filter(({ node }) => node === 'A')).toHaveLength(2)
  })

  faultTest('N24', "A's port is closed, B is fine: live on B within the spread and a second", async (t) => {
    const desk = await liveDesk(t, { random: () => 0.999 })
    await onCall(desk)
    await desk.control.proxy('A', 'refuse')
    expect(await backOn(desk, 'B', 50_000)).toBeLessThan(10_000 + 1_000)
    expect(desk.slices().connection.verdict).toMatchObject({ who: 'thisNode' })
  })

  faultTest('N20', 'the pinned certificate of A is another one: refused, explained, live on B', async (t) => {
    const desk = await liveDesk(t, { pinned: true })
    const asked = desk.control.requests().length
    await desk.control.setCertificate('A', 'good')
    await desk.control.proxy('A', { kind: 'rst', once: true })
    await backOn(desk, 'B', 50_000)
    expect(desk.slices().connection.nodes[0]).toMatchObject({
      name: 'A',
      health: 'untrusted',
      problem: { code: 'certificateChanged', params: { host: desk.nodeA.host, port: desk.nodeA.port } },
      certificate: { changed: true },
    })
    expect(desk.slices()).toMatchObject({
      session: { degraded: ['otherNode'] },
      connection: {
        pill: 'degraded',
        attempts: expect.arrayContaining([expect.objectContaining({ node: 'A', outcome: 'failed' })]),
      },
    })
    expect(
      desk.control
        .requests()
        .slice(asked)
        .filter(({ node }) => node === 'A'),
    ).toEqual([])
  })

  faultTest(
    'N20',
    'both nodes show other certificates: neither is told the password, nobody is asked to give up',
    async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      const known = signIns(desk)
      for (const node of ['A', 'B'] as const) {
        await desk.control.setCertificate(node, 'selfSigned')
        await desk.control.proxy(node, { kind: 'rst', once: true })
      }
      const asked = desk.control.requests().length
      await desk.until(() => waitsWith(desk, 'certificateUntrusted'), 30_000)
      await desk.clock.jump(60_000)
      expect(isRecovering(desk.view())).toBe(true)
      expect(desk.control.requests()).toHaveLength(asked)
      expect(signIns(desk)).toBe(known)
      expect(callsShown(desk)).toHaveLength(1)
      await desk.control.setCertificate('B', 'good')
      await backOn(desk, 'B', 60_000)
    },
  )

  faultTest('N22', 'a CA file that is none trusts nothing more: refused, no password sent', async (t) => {
    for (const extraCaPem of [
      null,
      '',
      'no PEM',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    ]) {
      const desk = await faultDesk(t, { extraCaPem })
      t.watch()
      await desk.signIn()
      await desk.until(({ slices }) => slices.session.phase === 'blocked', 10_000)
      expect(desk.slices().session).toMatchObject({
        reason: 'untrustedCertificate',
        problem: { code: 'certificateUntrusted', params: { host: desk.nodeA.host, stage: 'tls' } },
      })
      expect(desk.control.requests()).toEqual([])
      expect(signIns(desk)).toBe(0)
    }
  })
})
