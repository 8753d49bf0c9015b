import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { faultDesk, isTrue } from '../testing/faultDesk'
import { askedSince, puts, someReason } from '../testing/faultScenes'

const USER = '/finesse/api/User/1001'

describe('an answer and its event', () => {
  faultTest('R1', 'a change that no event confirms is shown as pending, then read back', async (t) => {
    const desk = await faultDesk(t)
    await desk.online()
    desk.control.setFault({ name: 'noEvents', path: USER })
    t.watch()
    await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    await desk.until(({ slices }) => slices.request?.phase === 'accepted', 1_000)
    expect(desk.slices()).toMatchObject({ agent: { state: 'NOT_READY' }, request: { target: 'READY' } })
    const ms = await desk.until(({ slices }) => slices.request === null, 10_000)
    expect(ms).toBeLessThan(6_000)
    expect(desk.slices().agent?.state).toBe('READY')
    expect(puts(desk, 'READY')).toHaveLength(1)
  })

  faultTest('R1', 'a change that never happens is given up with a reason, not repeated', async (t) => {
    const desk = await faultDesk(t)
    await desk.online()
    desk.control.setFault({ name: 'noEvents', path: USER })
    desk.control.setFault({ name: 'asyncError' })
    t.watch()
    await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    const ms = await desk.until(({ slices }) => slices.request?.phase === 'refused', 10_000)
    expect(ms).toBeLessThan(6_000)
    expect(desk.slices()).toMatchObject({
      agent: { state: 'NOT_READY' },
      request: { problem: { code: 'noConfirmation', params: { type: 'READY' } } },
      choices: { ready: { allowed: true } },
    })
    expect(puts(desk, 'READY')).toHaveLength(1)
  })

  faultTest('R2', 'the event before the answer is shown once, and nothing stays pending', async (t) => {
    const desk = await faultDesk(t)
    await desk.online()
    desk.control.setFault({ name: 'eventBeforeReply' })
    t.watch()
    await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    await desk.until(({ slices }) => slices.agent?.state === 'READY')
    await desk.clock.jump(10_000)
    expect(desk.slices().request).toBeNull()
    const told = desk.feed().filter((what) => what.kind === 'agentState' && what.state === 'READY')
    expect(told).toHaveLength(1)
    expect(desk.feed().filter(({ kind }) => kind === 'requestRefused')).toEqual([])
  })

  faultTest(
    'R3',
    'accepted, then refused by an event: its words are shown, the old state is back',
    async (t) => {
      const desk = await faultDesk(t)
      await desk.online()
      desk.control.setFault({ name: 'asyncError', data: '22', message: 'CF_INVALID_OBJECT_STATE' })
      t.watch()
      await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
      const ms = await desk.until(({ slices }) => slices.request?.phase === 'refused')
      expect(ms).toBeLessThan(1_000)
      expect(desk.slices()).toMatchObject({
        agent: { state: 'NOT_READY', look: 'notReady' },
        request: { problem: { code: 'stateRefused', params: { message: 'CF_INVALID_OBJECT_STATE' } } },
      })
      desk.control.clearFault()
      await desk.setState('READY')
      expect(desk.slices().request).toBeNull()
    },
  )
})

describe('the password in mid-shift', () => {
  faultTest('R4', 'is asked for once; XMPP lives, and the other node is sent none', async (t) => {
    const desk = await faultDesk(t)
    await desk.online()
    desk.control.changePassword(desk.agent.id, 'another-Password-8')
    const since = askedSince(desk)
    t.secrets('another-Password-8')
    t.watch()
    await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    await desk.until(({ slices }) => slices.request?.phase === 'refused')
    expect(desk.slices().session).toMatchObject({
      phase: 'online',
      passwordProblem: { code: 'passwordWrong' },
    })
    expect(desk.slices().choices.ready).toEqual({ allowed: false, why: 'passwordNeeded' })
    desk.control.supervisorForces(desk.agent.id, 'READY')
    await desk.until(({ slices }) => slices.agent?.state === 'READY')
    // Polls, surveys and a call that is watched: none of them may try it again.
    desk.control.ringAgent(desk.agent.id)
    await desk.clock.jump(15 * 60_000)
    expect(since().filter(({ status }) => status === 401)).toHaveLength(1)
    expect(since({ node: 'B' }).filter(({ hasAuthorization }) => hasAuthorization)).toEqual([])
    expect(desk.opened).toHaveLength(1)
    await desk.commands['session.givePassword']({ password: 'another-Password-8' })
    await desk.until(() => isTrue(desk))
    expect(desk.slices().session).toMatchObject({ phase: 'online', passwordProblem: null })
    await desk.setState('NOT_READY', someReason(desk))
    expect(desk.opened).toHaveLength(1)
  })

  faultTest('R4', 'is never sent a fifth time: four wrong ones, and the account is not locked', async (t) => {
    const desk = await faultDesk(t)
    await desk.online()
    desk.control.changePassword(desk.agent.id, 'another-Password-8')
    const since = askedSince(desk)
    const refused = () => since().filter(({ status }) => status === 401).length
    t.watch()
    await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    await desk.until(() => refused() === 1)
    for (const count of [2, 3, 4]) {
      const taken = await desk.commands['session.givePassword']({ password: `guess-number-${String(count)}` })
      expect(taken.ok).toBe(true)
      await desk.until(
        ({ slices }) => refused() === count && JSON.stringify(slices.session).includes('passwordWrong'),
      )
      await desk.clock.jump(1_000)
    }
    const fifth = await desk.commands['session.givePassword']({ password: 'another-Password-8' })
    expect(fifth).toMatchObject({ ok: false, error: { code: 'lastPasswordTry', params: { minutes: 5 } } })
    await desk.clock.jump(4 * 60_000)
    expect(refused()).toBe(4)
    expect((await desk.commands['session.givePassword']({ password: 'x' })).ok).toBe(false)
    // As long as Finesse counts; then the right one is worth a try.
    await desk.clock.jump(61_000)
    expect((await desk.commands['session.givePassword']({ password: 'another-Password-8' })).ok).toBe(true)
    await desk.until(() => isTrue(desk))
    expect(desk.slices().session).toMatchObject({ phase: 'online', passwordProblem: null })
    expect(refused()).toBe(4)
  })
})
