import { describe, expect, it } from 'vitest'
import { ok } from '../finesse/result'
import { failed, settle, statusFailure, USER_NODE } from './testing/bench'
import { user, userUpdate } from './testing/samples'
import { kinds, online } from './testing/scenes'

describe('a lost connection', () => {
  it('recovers with a full re-read and without LOGIN', async () => {
    const bench = await online()
    const before = bench.requests.length
    bench.end({ kind: 'closed', code: 1006, reason: '' })
    expect(bench.session()).toMatchObject({
      phase: 'recovering',
      step: 'waiting',
      attempt: 1,
      cause: { code: 'connectionClosed' },
    })
    expect(bench.slices()).toMatchObject({ agent: { look: 'lost' }, team: { stale: true, live: false } })
    expect(bench.slices().choices.ready).toEqual({ allowed: false, why: 'notConnected' })
    bench.answers.user = () => Promise.resolve(ok(user('READY', { stateChangeTime: 5 })))
    await bench.clock.advance(5_000)
    bench.ready()
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'online' })
    expect(bench.slices()).toMatchObject({
      agent: { state: 'READY', look: 'ready' },
      team: { stale: false, live: true },
    })
    expect(bench.requests.slice(before).map((each) => each.split(' ')[1])).toEqual([
      'systemInfo',
      'probe',
      'user',
      'dialogs',
      'reasonCodes',
      'reasonCodes',
      'team',
    ])
    expect(kinds(bench)).toEqual([
      'signedIn',
      'connectionLost',
      'stateChangedMeanwhile',
      'connectionRestored',
      'gap',
    ])
  })

  it('tries the other node after a failed try, and waits longer each time', async () => {
    const bench = await online()
    bench.answers.systemInfo = () =>
      failed({ kind: 'connection', failure: { kind: 'tcp', host: 'h', port: 1, code: 'ECONNREFUSED' } })
    bench.end({ kind: 'closed', code: 1001, reason: '' })
    await bench.clock.advance(60_000)
    const asked = bench.requests.filter((each) => each.includes('systemInfo') || each.includes('probe'))
    expect(asked.slice(1, 5)).toEqual([
      'fin-a.example.com systemInfo',
      'fin-b.example.com probe',
      'fin-b.example.com systemInfo',
      'fin-a.example.com systemInfo',
    ])
    expect(bench.session()).toMatchObject({ phase: 'recovering' })
  })

  it('stops at a conflict until a person takes over', async () => {
    const bench = await online()
    bench.end({ kind: 'conflict' })
    await bench.clock.advance(600_000)
    expect(bench.session()).toMatchObject({ phase: 'blocked', reason: 'signedInElsewhere', midShift: true })
    expect(bench.links).toHaveLength(1)
    await bench.commands['session.takeOver']({})
    await settle()
    bench.ready()
    await settle()
    expect(bench.session().phase).toBe('online')
  })

  it('asks for a password that changed in mid-shift, once', async () => {
    const bench = await online()
    bench.end({ kind: 'pingTimeout', silentMs: 20_000 })
    await bench.clock.advance(2_000)
    bench.end({ kind: 'auth', condition: 'not-authorized' })
    await bench.clock.advance(600_000)
    expect(bench.session()).toMatchObject({ phase: 'blocked', reason: 'passwordWrong', midShift: true })
    expect(bench.links).toHaveLength(2)
    expect(bench.slices().agent).toMatchObject({ look: 'lost' })
    await bench.commands['session.givePassword']({ password: 'new' })
    await settle()
    bench.ready()
    await settle()
    expect(bench.session().phase).toBe('online')
  })

  it('ignores a connection that was left behind', async () => {
    const bench = await online()
    const old = bench.link()
    bench.end({ kind: 'closed', code: 1006, reason: '' })
    await bench.clock.advance(5_000)
    old.emit({ type: 'notified', node: USER_NODE, itemId: 'x', update: userUpdate(user('LOGOUT')), at: 0 })
    old.emit({ type: 'ended', failure: { kind: 'conflict' }, at: 0 })
    expect(bench.session()).toMatchObject({ phase: 'recovering', step: 'connecting' })
  })

  it('waits for a service that is out and reads everything again', async () => {
    const bench = await online()
    bench.link().emit({ type: 'serverPresence', user: 'finesse@fin-a.example.com', available: false, at: 0 })
    expect(bench.slices().choices.ready).toEqual({ allowed: false, why: 'serverUnavailable' })
    expect(bench.slices().connection.pill).toBe('degraded')
    const good = bench.answers.systemInfo
    bench.answers.systemInfo = () => failed(statusFailure(503))
    await bench.clock.advance(30_000)
    const before = bench.requests.length
    bench.answers.systemInfo = good
    await bench.clock.advance(20_000)
    expect(bench.slices().choices.ready).toMatchObject({ allowed: true })
    expect(bench.requests.slice(before).map((each) => each.split(' ')[1])).toEqual([
      'systemInfo',
      'probe',
      'user',
      'dialogs',
      'team',
    ])
  })
})

it('names the time in which Finesse was out of service as a gap', async () => {
  const bench = await online()
  bench.link().emit({ type: 'serverPresence', user: 'finesse@fin-a.example.com', available: false, at: 0 })
  const good = bench.answers.systemInfo
  bench.answers.systemInfo = () => failed(statusFailure(503))
  await bench.clock.advance(8_000)
  bench.answers.systemInfo = good
  bench.answers.user = () => Promise.resolve(ok(user('READY', { stateChangeTime: bench.clock.now() })))
  await bench.clock.advance(20_000)
  expect(bench.session()).toMatchObject({ phase: 'online', outOfServiceSince: null })
  expect(bench.slices().gap).toMatchObject({
    nodes: ['A', 'A'],
    changes: [{ kind: 'state', before: { state: 'NOT_READY' }, after: { state: 'READY' } }],
  })
  expect(kinds(bench)).toContain('gap')
  await bench.commands['session.dismissGap']({})
  expect(bench.slices().gap).toBeNull()
})

it('blames nobody for a reconnect that was asked for', async () => {
  const bench = await online()
  await bench.commands['session.reconnectNow']({})
  await settle()
  expect(bench.link().open).toBe(true)
  expect(bench.links).toHaveLength(2)
  bench.ready()
  await settle()
  expect(bench.session().phase).toBe('online')
  expect(bench.slices().connection.verdict).toBeNull()
})
