import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { keyedValues } from '../keyed'
import { backOn, callsShown, expectNoBug, kindsOf, liveDesk, onCall } from '../testing/deskScenes'
import { isOnline, isRecovering, isTrue, nodeOf, type FaultDesk } from '../testing/faultDesk'
import { choose, logins, puts } from '../testing/faultScenes'

const prefer = (desk: FaultDesk, preferences: { signInAfterFailover: boolean; restoreReady: boolean }) => {
  desk.runtime.dispatch({ type: 'preferencesChanged', preferences })
}

/** Nobody is reached: what happens meanwhile is seen by nobody. */
const cutOff = async (desk: FaultDesk): Promise<void> => {
  await desk.control.proxy('A', 'refuse')
  await desk.control.proxy('B', 'refuse')
  await desk.until(isRecovering, 1_000)
}

const reachable = async (desk: FaultDesk): Promise<void> => {
  await desk.control.proxy('A', 'pass')
  await desk.control.proxy('B', 'pass')
}

describe('the node that was left', () => {
  for (const deployment of ['UCCE', 'UCCX'] as const)
    faultTest(
      'F6',
      `signs the agent out later (${deployment}): said with the reason, one click to return`,
      async (t) => {
        const desk = await liveDesk(t, { deployment, simulator: { rules: { logoutOnDisconnect: true } } })
        prefer(desk, { signInAfterFailover: true, restoreReady: true })
        await desk.setState('READY')
        await desk.control.proxy('A', 'refuse')
        await desk.until(isRecovering, 1_000)
        await backOn(desk, 'B', 30_000)
        expect(desk.slices().agent?.state).toBe('READY')
        await desk.until(({ slices }) => slices.agent?.state === 'LOGOUT', 70_000)
        expect(desk.slices()).toMatchObject({
          session: { phase: 'online' },
          agent: { look: 'signedOut', reason: { code: 255, system: true } },
          choices: { ready: { allowed: false, why: 'signedOut' } },
        })
        await desk.clock.jump(10 * 60_000)
        expect(logins(desk)).toBe(1)
        expect(puts(desk, 'READY')).toHaveLength(1)
        expect(desk.slices().agent?.state).toBe('LOGOUT')
        expect(await desk.commands['session.signInAgain']({})).toMatchObject({ ok: true })
        await desk.until(({ slices }) => slices.agent?.state === 'NOT_READY', 10_000)
        expect(logins(desk)).toBe(2)
        expect(nodeOf(desk.view())).toBe('B')
      },
    )
})

describe('a change under way when the node dies', () => {
  faultTest('F7', 'was done: shown as it is, not sent again', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'slow', node: 'A', ms: 5_000, method: 'PUT', path: '1001' })
    desk.control.setFault({ name: 'noEvents', node: 'A' })
    await choose(desk, 'READY')
    await desk.clock.settle()
    expect(puts(desk, 'READY')).toHaveLength(1)
    await desk.control.killNode('A')
    await backOn(desk, 'B', 50_000)
    expect(desk.slices()).toMatchObject({ agent: { state: 'READY' }, request: null })
    await desk.clock.jump(60_000)
    expect(puts(desk, 'READY')).toHaveLength(1)
  })

  faultTest('F7', 'was not done: shown as it is, not sent again, and it may be asked anew', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.proxy('A', { kind: 'blackhole', direction: 'toServer' })
    await choose(desk, 'READY')
    await desk.clock.settle()
    await desk.control.killNode('A')
    await backOn(desk, 'B', 90_000)
    expect(desk.slices()).toMatchObject({ agent: { state: 'NOT_READY' }, request: null })
    await desk.clock.jump(60_000)
    expect(puts(desk, 'READY')).toHaveLength(0)
    await desk.setState('READY')
  })
})

describe('what happened meanwhile', () => {
  faultTest('F8', 'a call that began and ended in the gap is not invented', async (t) => {
    const desk = await liveDesk(t)
    await desk.setState('READY')
    await cutOff(desk)
    desk.control.ringAgent(desk.agent.id)
    desk.control.answer(desk.agent.id)
    await desk.clock.jump(5_000)
    desk.control.customerHangsUp(desk.agent.id)
    await desk.clock.jump(5_000)
    const told = desk.feed().length
    await reachable(desk)
    await desk.until(isOnline, 50_000)
    await desk.until(() => isTrue(desk, nodeOf(desk.view()) === 'B' ? 'B' : 'A'), 10_000)
    expect(callsShown(desk)).toEqual([])
    const { gap } = desk.slices()
    expect(gap?.changes.filter(({ kind }) => kind === 'callArrived' || kind === 'callEnded')).toEqual([])
    expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBeGreaterThan(9_000)
    const kinds = desk
      .feed()
      .slice(told)
      .map(({ kind }) => kind)
    expect(kinds).toContain('gap')
    expect(kinds.filter((kind) => kind.startsWith('call'))).toEqual([])
  })

  faultTest('F8', 'state, calls that ended or came, and colleagues are told', async (t) => {
    const desk = await liveDesk(t)
    await onCall(desk)
    const remote = callsShown(desk)[0]?.remote
    const [colleague, other] = [...keyedValues(desk.view().collections.members)].filter(
      ({ state, id }) => state === 'READY' && id !== desk.agent.id,
    )
    await cutOff(desk)
    desk.control.customerHangsUp(desk.agent.id)
    await desk.clock.jump(5_000)
    desk.control.supervisorForces(desk.agent.id, 'READY')
    desk.control.ringAgent(desk.agent.id, { from: '+31201234567' })
    for (const member of [colleague, other])
      if (member !== undefined) desk.control.setAgentState(member.id, 'NOT_READY')
    await reachable(desk)
    await desk.until(({ slices }) => slices.session.phase === 'online' && !slices.team.stale, 50_000)
    const { gap } = desk.slices()
    expect(gap?.changes).toEqual(
      expect.arrayContaining([
        {
          kind: 'state',
          before: { state: 'TALKING', look: 'call' },
          after: { state: 'RESERVED', look: 'reserved', reason: null },
        },
        { kind: 'callEnded', remote },
        { kind: 'callArrived', remote: '+31201234567' },
        { kind: 'members', count: 2 },
      ]),
    )
    expect(gap?.changes).toHaveLength(4)
    await desk.commands['session.dismissGap']({})
    expect(desk.slices().gap).toBeNull()
  })

  faultTest('F9', 'lists that differ between the nodes are read again', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setReasonCodes(
      [
        { id: '501', category: 'NOT_READY', code: 501, label: 'Only on B' },
        { id: '502', category: 'LOGOUT', code: 502, label: 'Home from B' },
      ],
      'B',
    )
    await desk.control.killNode('A')
    await backOn(desk, 'B', 50_000)
    await desk.until(
      ({ slices }) => slices.reasons.notReady.some(({ label }) => label === 'Only on B'),
      5_000,
    )
    expect(desk.slices().reasons.notReady.map(({ label }) => label)).toEqual(['Only on B'])
    expect(desk.slices().reasons.signOut.map(({ label }) => label)).toEqual(['Home from B'])
    await choose(desk, 'NOT_READY')
    await desk.until(({ slices }) => slices.agent?.reason?.label === 'Only on B', 5_000)
  })
})

describe('after a failover that signed the agent out (UCCX)', () => {
  faultTest('F1', 'signs in again on the other node, Not Ready, and says so', async (t) => {
    const desk = await liveDesk(t, { deployment: 'UCCX' })
    await desk.control.killNode('A')
    await desk.until(isOnline, 50_000)
    await desk.until(({ slices }) => slices.agent?.state === 'NOT_READY', 10_000)
    expect(nodeOf(desk.view())).toBe('B')
    expect(logins(desk)).toBe(2)
    expect(kindsOf(desk)).toContain('signInAskedAgain')
    await desk.until(() => isTrue(desk, 'B'), 5_000)
    expectNoBug(desk)
  })

  faultTest('F1', 'does not sign in when the agent does not want it', async (t) => {
    const desk = await liveDesk(t, { deployment: 'UCCX' })
    prefer(desk, { signInAfterFailover: false, restoreReady: false })
    await desk.control.killNode('A')
    await backOn(desk, 'B', 50_000)
    await desk.clock.jump(10 * 60_000)
    expect(desk.slices().agent).toMatchObject({ state: 'LOGOUT', reason: { code: 255 } })
    expect(logins(desk)).toBe(1)
    expect(kindsOf(desk)).not.toContain('signInAskedAgain')
  })

  faultTest('F1', 'does not sign in against a supervisor', async (t) => {
    const desk = await liveDesk(t, { deployment: 'UCCX' })
    await desk.control.proxy('A', 'refuse')
    await desk.until(isRecovering, 1_000)
    desk.control.supervisorForces(desk.agent.id, 'LOGOUT')
    await backOn(desk, 'B', 50_000)
    await desk.clock.jump(10 * 60_000)
    expect(desk.slices().agent).toMatchObject({ state: 'LOGOUT', reason: { code: 22 } })
    expect(logins(desk)).toBe(1)
  })

  faultTest('F1', 'does not sign in where no node was left: it is the word of Finesse', async (t) => {
    const desk = await liveDesk(t, { deployment: 'UCCX' })
    await cutOff(desk)
    await desk.clock.jump(70_000)
    await desk.control.proxy('A', 'pass')
    await backOn(desk, 'A', 60_000)
    await desk.clock.jump(10 * 60_000)
    expect(desk.slices().agent).toMatchObject({ state: 'LOGOUT', reason: { code: 255 } })
    expect(logins(desk)).toBe(1)
  })
})

describe('Ready that a loss cost', () => {
  /** Away so long that Finesse makes the agent Not Ready (50002), and back. */
  const lostReady = async (desk: FaultDesk, restoreReady: boolean): Promise<void> => {
    prefer(desk, { signInAfterFailover: true, restoreReady })
    await desk.setState('READY')
    await cutOff(desk)
    await desk.clock.jump(70_000)
    expect(desk.control.agent(desk.agent.id)).toMatchObject({ state: 'NOT_READY', reason: { code: 50_002 } })
  }

  faultTest('F1', 'is asked for again once, where the agent allowed it', async (t) => {
    const desk = await liveDesk(t)
    await lostReady(desk, true)
    await reachable(desk)
    await desk.until(isOnline, 60_000)
    await desk.until(({ slices }) => slices.agent?.state === 'READY', 5_000)
    expect(puts(desk, 'READY')).toHaveLength(2)
    expect(kindsOf(desk)).toContain('readyAskedAgain')
    desk.control.supervisorForces(desk.agent.id, 'NOT_READY')
    await desk.clock.jump(10 * 60_000)
    expect(puts(desk, 'READY')).toHaveLength(2)
  })

  faultTest('F1', 'stays lost where the agent did not allow it', async (t) => {
    const desk = await liveDesk(t)
    await lostReady(desk, false)
    await reachable(desk)
    await desk.until(isOnline, 60_000)
    await desk.clock.jump(10 * 60_000)
    expect(desk.slices().agent).toMatchObject({ state: 'NOT_READY', reason: { code: 50_002 } })
    expect(puts(desk, 'READY')).toHaveLength(1)
  })

  faultTest('F1', 'is not asked for against a supervisor', async (t) => {
    const desk = await liveDesk(t)
    prefer(desk, { signInAfterFailover: true, restoreReady: true })
    await desk.setState('READY')
    await cutOff(desk)
    desk.control.supervisorForces(desk.agent.id, 'NOT_READY')
    await reachable(desk)
    await desk.until(isOnline, 60_000)
    await desk.clock.jump(10 * 60_000)
    expect(desk.slices().agent).toMatchObject({ state: 'NOT_READY', reason: { code: 999 } })
    expect(puts(desk, 'READY')).toHaveLength(1)
  })
})
