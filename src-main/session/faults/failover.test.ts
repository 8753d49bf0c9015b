import { expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { faultDesk, isOnline, isRecovering, nodeOf, shown, truthShown } from '../testing/faultDesk'

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
