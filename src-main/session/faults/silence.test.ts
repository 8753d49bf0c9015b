import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { keyedValues } from '../keyed'
import {
  ask,
  backOn,
  becomesTrue,
  callsShown,
  expectUndisturbed,
  liveDesk,
  onCall,
  phasesShown,
} from '../testing/deskScenes'
import { faultDesk, isOnline, shown, truthShown } from '../testing/faultDesk'

const SECOND = 1_000

describe('pings and events', () => {
  faultTest('X25', 'no ping was ever answered, events come: no reconnect in five minutes', async (t) => {
    const desk = await faultDesk(t, { simulator: { faults: [{ name: 'noPingReply' }] } })
    await desk.online()
    t.watch()
    const phases = phasesShown(desk)
    for (let at = 0; at < 60; at += 1) {
      desk.control.supervisorForces(desk.agent.id, at % 2 === 0 ? 'READY' : 'NOT_READY')
      await desk.clock.jump(5 * SECOND)
    }
    expect(phases).toEqual(['online'])
    expectUndisturbed(desk)
  })

  faultTest('X26', 'dead pubsub, two own actions: the other node, and right within 65 s', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'noEvents', node: 'A' })
    const began = desk.clock.monotonic()
    for (const state of ['READY', 'NOT_READY'] as const) {
      await ask(desk, state)
      await desk.until(({ slices }) => slices.request === null && slices.agent?.state === state, 10 * SECOND)
    }
    await desk.until((view) => !isOnline(view), 10 * SECOND)
    expect(desk.slices().session).toMatchObject({ cause: { code: 'eventsSilent' } })
    await backOn(desk, 'B', 30 * SECOND)
    expect(desk.clock.monotonic() - began).toBeLessThan(65 * SECOND)
    // And here events are heard.
    await desk.setState('READY')
    expect(desk.opened).toHaveLength(2)
  })

  faultTest('X26', 'dead pubsub: stage 11 doubts within 10 s, and no more once an event comes', async (t) => {
    const desk = await liveDesk(t)
    const live = () => desk.slices().connection.attempts.at(-1)?.stages.at(-1)
    desk.control.setFault({ name: 'noEvents', node: 'A' })
    await ask(desk, 'READY')
    await desk.until(() => live()?.status === 'degraded', 10 * SECOND)
    expect(live()?.problem).toMatchObject({ code: 'eventsSilent' })
    expect(isOnline(desk.view())).toBe(true)
    desk.control.clearFault()
    desk.control.supervisorForces(desk.agent.id, 'NOT_READY')
    await desk.until(() => live()?.status === 'ok', SECOND)
    expect(live()?.problem).toBeNull()
    expectUndisturbed(desk)
  })

  faultTest(
    'X26',
    'dead pubsub during a call, no own action: the end of the call is seen within 65 s',
    async (t) => {
      const desk = await liveDesk(t)
      await onCall(desk)
      desk.control.setFault({ name: 'noEvents', node: 'A' })
      desk.control.customerHangsUp(desk.agent.id)
      await desk.until(() => callsShown(desk).length === 0, 65 * SECOND)
      expect(shown(desk.view()).state).toBe(truthShown(desk).state)
    },
  )
})

describe('a storm', () => {
  faultTest(
    'X28',
    '10,000 events a second: none lost, memory flat, own call through',
    async (t) => {
      const desk = await faultDesk(t, { simulator: { agents: 200 } })
      await desk.online()
      desk.control.keepXmppLog(false)
      await onCall(desk)
      t.watch()
      const storm = { updatesPerSecond: 10_000, seconds: 1, except: [desk.agent.id] }
      await desk.control.storm(storm)
      await becomesTrue(desk, 'A', 10 * SECOND)
      global.gc?.()
      const before = process.memoryUsage().heapUsed
      await desk.control.storm(storm)
      desk.control.customerHangsUp(desk.agent.id)
      await becomesTrue(desk, 'A', 10 * SECOND)
      global.gc?.()
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024)
      expect([...keyedValues(desk.view().collections.feed)].length).toBeLessThanOrEqual(600)
      expectUndisturbed(desk)
    },
    { timeoutMs: 60_000, blocksBecause: 'the server and its clients share this process' },
  )
})
