import { describe, expect, onTestFinished, test } from 'vitest'
import { inspectedDesk } from './testing/inspectedDesk'
import { attemptsOf, stageOf } from './testing/reading'

describe('a connection that is lost', () => {
  test('ends its attempt with the cause, and is a disconnect of the shift', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    expect(desk.inspector.state().disconnects).toBe(0)
    await desk.control.proxy('A', { kind: 'rst', once: true })
    await desk.until(({ slices }) => slices.session.phase === 'recovering')
    expect(desk.inspector.source.health(null).disconnects).toMatchObject([{ to: null, fromNode: 'A' }])
    await desk.until(({ slices }) => slices.session.phase === 'online')
    await desk.until(({ slices }) => slices.connection.roundTripMs !== null)
    await desk.clock.jump(1_000)
    const [first, ...later] = attemptsOf(desk)
    const code: unknown = expect.stringMatching(/^connection(Reset|Closed)$/)
    expect(first).toMatchObject({ outcome: 'ended', failedAt: null, problem: { code } })
    expect(first?.cause?.id).not.toBe('unknown')
    expect(stageOf(first, 'live')).toMatchObject({ status: 'failed', problem: { code }, cause: first?.cause })
    expect(later.at(-1)).toMatchObject({ outcome: 'live' })
    const [lost, ...others] = desk.inspector.source.health(null).disconnects
    expect(others).toEqual([])
    expect(lost).toMatchObject({ toNode: 'A', problem: { code } })
    expect(lost?.tries).toBeGreaterThanOrEqual(1)
    expect(lost?.to ?? 0).toBeGreaterThan(lost?.from ?? Infinity)
    expect(desk.inspector.state().disconnects).toBe(1)
  })

  test('the next try says what REST found out beside it, although we gave it up ourselves', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    desk.control.setFault({ name: 'upgradeUnanswered', node: 'A' })
    desk.control.setFault({ name: 'restStatus', status: 500, path: '/SystemInfo', node: 'A' })
    desk.control.setFault({ name: 'resetSocket' })
    await desk.until(({ slices }) => slices.session.phase === 'recovering')
    await desk.until(({ slices }) => slices.session.phase === 'online', 120_000)
    await desk.clock.jump(1_000)
    const [lost, given, ...others] = attemptsOf(desk)
    expect(lost).toMatchObject({ node: 'A', outcome: 'ended', cause: { id: 'live.cut' } })
    expect(given).toMatchObject({ node: 'A', outcome: 'failed', failedAt: 'rest', liveAt: null })
    expect(given?.problem).not.toBeNull()
    expect(given?.cause?.id).toMatch(/^rest\./)
    expect(given?.calls.some(({ status }) => status === 500)).toBe(true)
    expect(others.at(-1)).toMatchObject({ node: 'B', outcome: 'live', problem: null })
  })

  test('that was silent is said at its last stage', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    desk.control.setFault({ name: 'noEvents', node: 'A' })
    const [reason] = desk.runtime.view().slices.reasons.notReady
    for (const ask of [
      { state: 'READY', reasonCodeId: null },
      { state: 'NOT_READY', reasonCodeId: reason?.id ?? '' },
    ] as const) {
      await desk.commands['agent.setState'](ask)
      await desk.until(({ slices }) => slices.request === null && slices.agent?.state === ask.state, 10_000)
    }
    await desk.until(({ slices }) => slices.session.phase === 'recovering', 10_000)
    const [first] = attemptsOf(desk)
    const broken = { problem: { code: 'eventsSilent' }, cause: { id: 'live.silent' } }
    expect(first).toMatchObject({ outcome: 'ended', failedAt: null, ...broken })
    expect(stageOf(first, 'live')).toMatchObject({ status: 'failed', ...broken })
  })

  test('a sign-out is none', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    const reasonCodeId = desk.runtime.view().slices.reasons.signOut[0]?.id ?? null
    await desk.commands['session.signOut']({ reasonCodeId })
    await desk.until(({ slices }) => slices.session.phase === 'signedOut')
    await desk.clock.jump(2_000)
    expect(desk.inspector.source.health(null).disconnects).toEqual([])
    expect(attemptsOf(desk)).toMatchObject([{ outcome: 'ended', problem: null, failedAt: null }])
  })
})

describe('a bad shift', () => {
  test('a conflict is a disconnect that lasts until a person decides', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    desk.control.setFault({ name: 'conflict' })
    await desk.until(({ slices }) => slices.session.phase === 'blocked')
    await desk.clock.jump(60_000)
    expect(desk.inspector.source.health(null).disconnects).toMatchObject([
      { to: null, toNode: null, problem: { code: 'signedInElsewhere' } },
    ])
    expect(attemptsOf(desk)).toMatchObject([{ outcome: 'ended', problem: { code: 'signedInElsewhere' } }])
  })

  test('a node that dies: the attempts that failed, then the other node', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    await desk.control.killNode('A')
    await desk.until(({ slices }) => slices.session.phase === 'recovering')
    await desk.until(({ slices }) => slices.session.phase === 'online', 300_000)
    await desk.clock.jump(20_000)
    const attempts = attemptsOf(desk)
    expect(attempts.at(-1)).toMatchObject({ node: 'B', outcome: 'live' })
    const failed = attempts.filter(({ outcome }) => outcome === 'failed')
    for (const attempt of failed) {
      expect(attempt.problem).not.toBeNull()
      expect(attempt.cause?.id).not.toBe('unknown')
      expect(attempt.failedAt).not.toBeNull()
    }
    expect(desk.inspector.source.health(null).disconnects).toMatchObject([{ fromNode: 'A', toNode: 'B' }])
    expect(desk.inspector.state().disconnects).toBe(1)
  })

  test('the counter begins anew with the next sign-in, the history does not', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    await desk.control.proxy('A', { kind: 'rst', once: true })
    await desk.until(({ slices }) => slices.session.phase === 'recovering')
    await desk.until(({ slices }) => slices.session.phase === 'online')
    await desk.until(({ slices }) => slices.reasons.status === 'ready' && slices.agent?.look !== 'lost')
    const reasonCodeId = desk.runtime.view().slices.reasons.signOut[0]?.id ?? null
    await desk.commands['session.signOut']({ reasonCodeId })
    await desk.until(({ slices }) => slices.session.phase === 'signedOut')
    expect(desk.inspector.state().disconnects).toBe(1)
    await desk.online()
    expect(desk.inspector.state().disconnects).toBe(0)
    expect(desk.inspector.source.health(24 * 3_600_000).disconnects).toHaveLength(1)
    expect(attemptsOf(desk).length).toBeGreaterThanOrEqual(3)
  })

  test('tells of changes at most four times a second', async () => {
    const desk = await inspectedDesk(onTestFinished)
    let told = 0
    const stop = desk.inspector.onChange(() => void (told += 1))
    const before = desk.clock.monotonic()
    await desk.online()
    expect(told).toBeGreaterThan(1)
    expect(told).toBeLessThanOrEqual((desk.clock.monotonic() - before) / 250 + 1)
    expect(desk.inspector.state().revision).toBeGreaterThan(0)
    stop()
    const last = told
    await desk.clock.jump(10_000)
    expect(told).toBe(last)
  })
})
