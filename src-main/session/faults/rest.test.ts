import { describe, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { kindsOf, liveDesk, onCall } from '../testing/deskScenes'
import { faultDesk, isTrue, shown, truthShown, type FaultDesk } from '../testing/faultDesk'
import { askedSince, choose, puts, someReason } from '../testing/faultScenes'

type Choose = (desk: FaultDesk) => ReturnType<typeof choose>

const signedOutByForce = async (desk: FaultDesk): Promise<void> => {
  desk.control.supervisorForces(desk.agent.id, 'LOGOUT')
  await desk.until(({ slices }) => slices.agent?.state === 'LOGOUT')
}

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

describe('a change that is refused', () => {
  const REFUSED = [
    [400, 'finesseRefused'],
    [403, 'forbidden'],
    [404, 'userUnknown'],
    [405, 'finesseRefused'],
    [409, 'finesseRefused'],
  ] as const
  const ACTIONS: readonly (readonly [string, (desk: FaultDesk) => Promise<void>, Choose])[] = [
    ['READY', () => Promise.resolve(), (desk) => choose(desk, 'READY')],
    ['NOT_READY', (desk) => desk.setState('READY'), (desk) => choose(desk, 'NOT_READY')],
    ['LOGOUT', () => Promise.resolve(), (desk) => choose(desk, 'LOGOUT')],
    ['LOGIN', signedOutByForce, async (desk) => desk.commands['session.signInAgain']({})],
  ]
  for (const [action, before, act] of ACTIONS)
    faultTest('R5', `${action}: each refusal has its own reason, the state stays the server's`, async (t) => {
      const desk = await liveDesk(t)
      await before(desk)
      for (const [status, code] of REFUSED) {
        desk.control.setFault({ name: 'restStatus', status, method: 'PUT' })
        const since = askedSince(desk)
        expect(await act(desk)).toMatchObject({ ok: true })
        await desk.until(({ slices }) => slices.request?.phase === 'refused')
        expect(desk.slices().request?.problem).toMatchObject({ code, params: { id: desk.agent.id } })
        await desk.clock.jump(10_000)
        expect(since({ method: 'PUT' }).map((entry) => entry.status)).toEqual([status])
        expect(shown(desk.view())).toEqual(truthShown(desk))
        expect(desk.slices().session.phase).toBe('online')
        await desk.commands['agent.dismissRefusal']({})
        expect(desk.slices().request).toBeNull()
      }
      desk.control.clearFault()
    })

  for (const [status, body] of [
    [500, 'finesse'],
    [502, 'html'],
    [504, 'empty'],
    [429, 'empty'],
  ] as const)
    faultTest('R6', `a change answered with ${String(status)} (${body}) is not repeated`, async (t) => {
      const desk = await liveDesk(t)
      desk.control.setFault({ name: 'restStatus', status, body, method: 'PUT', retryAfter: 1 })
      const since = askedSince(desk)
      await choose(desk, 'READY')
      await desk.until(({ slices }) => slices.request?.phase === 'refused')
      desk.control.clearFault()
      await desk.clock.jump(5 * 60_000)
      expect(since({ method: 'PUT' })).toHaveLength(1)
      expect(desk.slices().agent?.state).toBe('NOT_READY')
      expect(desk.slices().request?.problem?.code).toBe(status === 429 ? 'httpStatus' : 'serverError')
    })

  faultTest('R18', 'because its reason was removed: the lists are read again', async (t) => {
    const desk = await liveDesk(t)
    const gone = someReason(desk)
    desk.control.setReasonCodes([
      { id: '777', category: 'NOT_READY', code: 777, label: 'Fire drill' },
      { id: '778', category: 'LOGOUT', code: 778, label: 'Home' },
    ])
    await desk.commands['agent.setState']({ state: 'NOT_READY', reasonCodeId: gone })
    await desk.until(({ slices }) => slices.request?.phase === 'refused')
    expect(desk.slices().request?.problem?.code).toBe('reasonUnknown')
    await desk.until(
      ({ slices }) => slices.reasons.notReady.some(({ label }) => label === 'Fire drill'),
      5_000,
    )
    expect(desk.slices().reasons.notReady).toHaveLength(1)
    await desk.commands['agent.setState']({ state: 'NOT_READY', reasonCodeId: '777' })
    await desk.until(({ slices }) => slices.agent?.reason?.label === 'Fire drill', 5_000)
  })
})

describe('a change whose answer is lost', () => {
  faultTest('R9', 'was done: it is read back before anything else may be asked', async (t) => {
    const desk = await liveDesk(t)
    desk.control.setFault({ name: 'replyLost', method: 'PUT' })
    desk.control.setFault({ name: 'noEvents', path: USER })
    desk.control.setFault({ name: 'slow', ms: 800, path: USER, method: 'GET' })
    await choose(desk, 'READY')
    await desk.until(({ slices }) => slices.request?.phase === 'checking', 2_000)
    expect(await choose(desk, 'READY')).toMatchObject({ ok: false, error: { code: 'busy' } })
    const ms = await desk.until(({ slices }) => slices.request === null)
    expect(ms).toBeLessThan(2_000)
    expect(desk.slices().agent?.state).toBe('READY')
    expect(puts(desk, 'READY')).toHaveLength(1)
    expect(kindsOf(desk)).not.toContain('requestRefused')
  })

  faultTest('R9', 'was not done: said with the reason, and it may be asked again', async (t) => {
    const desk = await liveDesk(t)
    await desk.control.proxy('A', { kind: 'cutAfter', bytes: 0, direction: 'toServer', once: true })
    await choose(desk, 'READY')
    await desk.until(
      ({ slices }) =>
        slices.agent?.state === 'READY' ||
        slices.request?.phase === 'refused' ||
        slices.session.phase === 'recovering',
      20_000,
    )
    await desk.until(
      ({ slices }) => slices.session.phase === 'online' && slices.request?.phase !== 'asked',
      60_000,
    )
    expect(puts(desk, 'READY')).toHaveLength(0)
    expect(desk.slices().agent?.state).toBe('NOT_READY')
    await desk.commands['agent.dismissRefusal']({})
    await desk.setState('READY')
    expect(puts(desk, 'READY')).toHaveLength(1)
  })
})

faultTest('R10', 'a double click and a held key are one request', async (t) => {
  const desk = await liveDesk(t)
  const taken = await Promise.all(Array.from({ length: 20 }, () => choose(desk, 'READY')))
  expect(taken.filter(({ ok }) => ok)).toHaveLength(1)
  for (const answer of taken.slice(1)) expect(answer).toMatchObject({ ok: false, error: { code: 'busy' } })
  await desk.until(({ slices }) => slices.agent?.state === 'READY')
  // The key is still held when the change has come: there is nothing left to ask.
  expect(await choose(desk, 'READY')).toMatchObject({ ok: false, error: { code: 'notAllowedNow' } })
  await desk.clock.jump(10_000)
  expect(puts(desk, 'READY')).toHaveLength(1)
  expect(kindsOf(desk)).not.toContain('requestRefused')
})

faultTest('R10', 'a choice for after the call that is clicked twice is one request', async (t) => {
  const desk = await liveDesk(t)
  await onCall(desk)
  const before = puts(desk).length
  const taken = await Promise.all([choose(desk, 'NOT_READY'), choose(desk, 'NOT_READY')])
  expect(taken.map(({ ok }) => ok)).toEqual([true, false])
  await desk.until(({ slices }) => slices.agent?.pending !== null)
  expect(puts(desk)).toHaveLength(before + 1)
})
