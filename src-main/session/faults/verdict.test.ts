import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { keyedValues } from '../keyed'
import { backOn, expectNoBug, kindsOf, liveDesk, signIns } from '../testing/deskScenes'
import { isOnline, isRecovering, type FaultDesk } from '../testing/faultDesk'
import { logins } from '../testing/faultScenes'

const verdict = (desk: FaultDesk) => desk.slices().connection.verdict

const health = (desk: FaultDesk) => {
  const evidence = verdict(desk)?.evidence ?? []
  return evidence.flatMap((each) => (each.kind === 'node' ? [`${each.name} ${each.health}`] : []))
}

const colleagues = (desk: FaultDesk) => verdict(desk)?.evidence.find(({ kind }) => kind === 'colleagues')

describe('only me or everybody?', () => {
  faultTest('N3', 'nothing is reached any more: your network', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.proxy('A', 'blackhole')
    await desk.control.proxy('B', 'blackhole')
    await desk.until(isRecovering, 31_000)
    await desk.until(() => health(desk).length === 2, 60_000)
    expect(verdict(desk)?.who).toBe('yourNetwork')
    expect(health(desk)).toEqual(['A unreachable', 'B unreachable'])
    expect(verdict(desk)?.evidence[0]).toMatchObject({ kind: 'cause', problem: { code: 'pingTimeout' } })
    expect(colleagues(desk)).toMatchObject({ lost: 0 })
    await desk.clock.jump(2 * 60_000)
    expect(verdict(desk)?.who).toBe('yourNetwork')
    await desk.control.proxy('A', 'pass')
    await desk.control.proxy('B', 'pass')
    await desk.until(isOnline, 60_000)
    // Kept with the gap, for whoever comes back to the screen later.
    expect(verdict(desk)).not.toBeNull()
    await desk.commands['session.dismissGap']({})
    expect(verdict(desk)).toBeNull()
  })

  faultTest('N1', 'only our own connection broke, and no colleague was lost: your network', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'resetSocket' })
    await desk.until(isRecovering, 1_000)
    await backOn(desk, 'A', 15_000)
    expect(verdict(desk)?.who).toBe('yourNetwork')
    expect(health(desk)).toEqual(['A inService', 'B inService'])
  })

  faultTest('N1', 'many colleagues are lost at the same time: not us', async (t) => {
    const desk = await liveDesk(t)
    const others = [...keyedValues(desk.view().collections.members)].filter(
      ({ id, state, reason }) =>
        id !== desk.agent.id && (state === 'READY' || (state === 'NOT_READY' && reason?.code !== 50_002)),
    )
    desk.control.setFault({ name: 'resetSocket' })
    await desk.until(isRecovering, 1_000)
    for (const { id } of others.slice(0, 4)) desk.control.setFault({ name: 'forcedLogoutNow', agentId: id })
    await desk.until(({ slices }) => slices.session.phase === 'online' && !slices.team.stale, 30_000)
    expect(verdict(desk)?.who).toBe('thisNode')
    expect(colleagues(desk)).toMatchObject({ kind: 'colleagues', lost: 4 })
  })

  faultTest('F1', 'this node is down, the other is not: this node', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.killNode('A')
    await desk.until(() => verdict(desk) !== null, 15_000)
    expect(verdict(desk)?.who).toBe('thisNode')
    await backOn(desk, 'B', 50_000)
    expect(verdict(desk)?.who).toBe('thisNode')
    expect(health(desk)).toEqual(['A unreachable', 'B inService'])
  })

  faultTest('F3', 'both machines answer, and refuse: both nodes', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.killNode('A')
    await desk.control.killNode('B')
    await desk.until(() => health(desk).length === 2, 30_000)
    expect(verdict(desk)?.who).toBe('bothNodes')
    await desk.control.startNode('B')
    await backOn(desk, 'B', 50_000)
  })

  faultTest('R7', 'both nodes lose the phone system: the phone system, also afterwards', async (t) => {
    const desk = await liveDesk(t)
    const said = new Set<string | undefined>()
    desk.runtime.onChange((_, { slices }) => void said.add(slices.connection.verdict?.who))
    void desk.control.ctiFailover({ seconds: 90 })
    await desk.until(
      ({ slices }) => slices.session.phase === 'online' && slices.session.outOfServiceSince !== null,
      5_000,
    )
    await desk.until(
      ({ slices }) => slices.session.phase === 'online' && slices.session.outOfServiceSince === null,
      120_000,
    )
    await desk.clock.jump(60_000)
    expect(verdict(desk)?.who).toBe('phoneSystem')
    // Until both are asked there is nothing to say; nothing else is ever said.
    expect([...said].filter((who) => who !== undefined)).toEqual(['phoneSystem'])
  })
})

describe('what only a person may decide', () => {
  faultTest('X22', 'a conflict: not one connection in an hour, then "take over"', async (t) => {
    const desk = await liveDesk(t)
    await desk.setState('READY')
    desk.control.setFault({ name: 'conflict' })
    await desk.until(({ slices }) => slices.session.phase === 'blocked', 1_000)
    expect(desk.slices()).toMatchObject({
      session: { reason: 'signedInElsewhere', midShift: true },
      connection: { pill: 'stopped' },
    })
    const requests = desk.control.requests().length
    for (let minute = 0; minute < 60; minute += 1) {
      if (minute % 10 === 0) desk.runtime.dispatch({ type: 'networkChanged' })
      if (minute % 15 === 0) desk.runtime.dispatch({ type: 'woke', asleepMs: null })
      await desk.clock.jump(60_000)
    }
    expect(desk.opened).toHaveLength(1)
    expect(desk.control.requests()).toHaveLength(requests)
    expect(await desk.commands['session.takeOver']({})).toMatchObject({ ok: true })
    await backOn(desk, 'A', 15_000)
    expect(logins(desk)).toBe(1)
  })

  faultTest('N3', '"reconnect now" while online really rebuilds the connection', async (t) => {
    const desk = await liveDesk(t)
    const [old] = desk.control.sessions()
    expect(await desk.commands['session.reconnectNow']({})).toMatchObject({ ok: true })
    expect(desk.slices().session.phase).toBe('recovering')
    const spent = performance.now()
    const took = await backOn(desk, 'A', 5_000)
    expect(took - (performance.now() - spent)).toBeLessThan(1_000)
    const sessions = desk.control.sessions()
    expect(sessions).toHaveLength(1)
    expect(sessions[0]?.number).not.toBe(old?.number)
    expect(desk.slices().session.phase).toBe('online')
    expect(kindsOf(desk)).toContain('connectionRestored')
    expect(logins(desk)).toBe(1)
    expectNoBug(desk)
  })

  faultTest('N3', '"reconnect now" again and again is one connection at a time', async (t) => {
    const desk = await liveDesk(t)
    for (let times = 0; times < 10; times += 1) {
      await desk.commands['session.reconnectNow']({})
      if (times % 3 === 0) await desk.clock.settle()
    }
    await backOn(desk, 'A', 30_000)
    await desk.clock.jump(30_000)
    expect(desk.control.sessions()).toHaveLength(1)
    expect(signIns(desk)).toBeLessThanOrEqual(1 + 10)
    expectNoBug(desk)
  })
})
