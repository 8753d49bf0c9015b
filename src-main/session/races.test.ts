import { describe, expect, it } from 'vitest'
import type { ReasonCode } from '../finesse/model'
import { ok } from '../finesse/result'
import { keyedValues } from './keyed'
import { DIALOGS_NODE, failed, settle, statusFailure, TEAM_NODE, USER_NODE } from './testing/bench'
import { apiError, dialog, dialogUpdate, ownLegIn, systemInfo, user } from './testing/samples'
import { becomes, kinds, online, setState, type Bench } from './testing/scenes'

const calls = (bench: Bench) => [...keyedValues(bench.runtime.view().collections.calls)]
const lose = (bench: Bench) => {
  bench.end({ kind: 'closed', code: 1006, reason: '' })
}
const own = (state: string, at: number) => ownLegIn(dialog({ state: 'ACTIVE' }), state, at)
const unreadable = (bench: Bench, node: string) => {
  const problem = { kind: 'notXml' as const, problem: 'not XML' }
  bench.link().emit({ type: 'undecodable', node, problem, at: bench.clock.now() })
}
const isReasonRead = (request: string) => request.includes('reasonCodes')

describe('a list of calls read on the living connection', () => {
  it('does not end a call that came after it was asked for', async () => {
    const bench = await online()
    let answer: () => void = () => undefined
    bench.answers.dialogs = () =>
      new Promise((resolve) => {
        answer = () => resolve(ok([]))
      })
    unreadable(bench, DIALOGS_NODE)
    await settle()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', dialog()))
    answer()
    await settle()
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', own('ACTIVE', 2_000)))
    expect(calls(bench)).toMatchObject([{ ownState: 'ACTIVE' }])
    expect(kinds(bench)).not.toContain('callMissed')
  })

  it('ends one that was over before', async () => {
    const bench = await online()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', own('ACTIVE', 2_000)))
    unreadable(bench, DIALOGS_NODE)
    await settle()
    expect(calls(bench)).toEqual([])
    expect(kinds(bench)).toContain('callEnded')
  })

  it('is asked for once, and once more later, however many events are unreadable', async () => {
    const bench = await online()
    const reads = () => bench.requests.filter((each) => each.endsWith(' dialogs')).length
    const before = reads()
    for (let at = 0; at < 100; at += 1) unreadable(bench, USER_NODE)
    await settle()
    expect(reads() - before).toBe(1)
    await bench.clock.advance(2_000)
    expect(reads() - before).toBe(2)
    await bench.clock.advance(2_000)
    unreadable(bench, USER_NODE)
    await settle()
    expect(reads() - before).toBe(3)
  })
})

const isNoSurvey = (request: string): boolean => !/ (?:systemInfo|probe)$/.test(request)

it('tries again each minute to read lists that could not be read', async () => {
  const broken = await online((bench) => {
    bench.answers.team = () => failed(statusFailure(500))
    bench.answers.reasonCodes = () => failed(statusFailure(500))
  })
  await broken.clock.advance(5_000)
  expect(broken.slices()).toMatchObject({ team: { status: 'failed' }, reasons: { status: 'failed' } })
  const healthy = await online()
  broken.answers.team = healthy.answers.team
  broken.answers.reasonCodes = healthy.answers.reasonCodes
  await broken.clock.advance(60_000)
  expect(broken.slices()).toMatchObject({ team: { status: 'ready' }, reasons: { status: 'ready' } })
  expect(broken.session()).toMatchObject({ degraded: [] })
})

it('does not ask again for lists that were refused', async () => {
  const bench = await online((each) => {
    each.answers.team = () => failed(statusFailure(403))
    each.answers.reasonCodes = () => failed(statusFailure(401))
  })
  const before = bench.requests.length
  await bench.clock.advance(180_000)
  expect(bench.requests.slice(before).filter(isNoSurvey)).toEqual([])
})

it('finds out within a minute that the end of a call was lost', async () => {
  const bench = await online()
  const quiet = bench.requests.length
  await bench.clock.advance(120_000)
  expect(bench.requests.slice(quiet).filter(isNoSurvey)).toEqual([])
  await becomes(bench, 'TALKING')
  bench.notify(DIALOGS_NODE, dialogUpdate('POST', own('ACTIVE', 2_000)))
  bench.answers.user = () => Promise.resolve(ok(user('READY', { stateChangeTime: bench.clock.now() })))
  await bench.clock.advance(60_000)
  expect(calls(bench)).toEqual([])
  expect(bench.slices().agent).toMatchObject({ state: 'READY' })
  expect(
    bench.requests
      .slice(quiet)
      .filter(isNoSurvey)
      .map((each) => each.split(' ')[1]),
  ).toEqual(['user', 'dialogs'])
})

it('takes calls as they are after a failover, where times may start anew', async () => {
  const bench = await online()
  bench.notify(DIALOGS_NODE, dialogUpdate('POST', own('ACTIVE', 9_000)))
  lose(bench)
  bench.answers.dialogs = () => Promise.resolve(ok([own('HELD', 5_000)]))
  await bench.clock.advance(5_000)
  bench.ready()
  await settle()
  expect(calls(bench)).toMatchObject([{ ownState: 'HELD' }])
})

it('lets a UCCX agent be ready again once the own leg is dropped', async () => {
  const bench = await online((spoilt) => {
    const info = systemInfo({ deploymentType: 'UCCX' })
    spoilt.answers.systemInfo = () => Promise.resolve(ok({ info, clockOffsetMs: 0, roundTripMs: 1 }))
  })
  bench.notify(DIALOGS_NODE, dialogUpdate('POST', own('ACTIVE', 2_000)))
  expect(bench.slices().choices.ready).toMatchObject({ why: 'onCallUccx' })
  bench.notify(DIALOGS_NODE, dialogUpdate('PUT', own('DROPPED', 3_000)))
  expect(bench.slices().choices.ready).toMatchObject({ allowed: true })
})

describe('a state change on its way', () => {
  it('is not answered by a supervisor who asks for the same state', async () => {
    const bench = await online()
    await becomes(bench, 'READY')
    await setState(bench, 'NOT_READY', '49')
    const reasonCode: ReasonCode = {
      id: null,
      uri: null,
      category: 'NOT_READY',
      code: 999,
      label: null,
      forAll: null,
      systemCode: null,
    }
    await becomes(bench, 'NOT_READY', { reasonCode })
    expect(bench.slices().request).toMatchObject({ target: 'NOT_READY' })
    const last = [...keyedValues(bench.runtime.view().collections.feed)]
      .filter(({ what }) => what.kind === 'agentState')
      .sort((a, b) => (a.id < b.id ? 1 : -1))[0]
    expect(last?.by).toBe('supervisor')
    await becomes(bench, 'NOT_READY', { reasonCode: { ...reasonCode, id: '49', code: 27 } })
    expect(bench.slices().request).toBeNull()
  })

  it('reads the reasons again when Finesse does not know the one sent', async () => {
    const bench = await online()
    bench.answers.setState = () =>
      failed({
        kind: 'status',
        status: 400,
        retryAfterMs: null,
        body: 'finesse',
        errors: [apiError('266', 'CF_INVALID_AGENT_REASON_CODE', 'Invalid Input')],
      })
    const before = bench.requests.length
    await setState(bench, 'NOT_READY', '49')
    await settle()
    expect(bench.slices().request).toMatchObject({ phase: 'refused', problem: { code: 'reasonUnknown' } })
    expect(bench.requests.slice(before).filter(isReasonRead)).toHaveLength(2)
  })
})

describe('a refused password in mid-shift', () => {
  const changed = () =>
    failed<never>({
      kind: 'status',
      status: 401,
      retryAfterMs: null,
      body: 'finesse',
      errors: [apiError(null, 'Authorization Failure', 'Authorization Failure')],
    })

  it('stops and asks for it rather than trying until the account locks', async () => {
    const bench = await online()
    bench.answers.setState = changed
    await setState(bench, 'READY')
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'online', passwordProblem: { code: 'passwordWrong' } })
    expect(bench.slices()).toMatchObject({
      request: { phase: 'refused', problem: { code: 'passwordWrong' } },
      choices: { ready: { allowed: false, why: 'passwordNeeded' } },
      connection: { pill: 'degraded' },
    })
    expect(bench.password()).toBeNull()
    // Finesse must not lose the agent while somebody types.
    expect(bench.link().open).toBe(true)
    const before = bench.requests.length
    await bench.clock.advance(600_000)
    expect(bench.requests.slice(before).filter(isNoSurvey)).toEqual([])
    await bench.commands['session.givePassword']({ password: 'new' })
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'online', passwordProblem: null })
    expect(bench.links).toHaveLength(1)
    expect(bench.slices().choices.ready).toMatchObject({ allowed: true })
  })

  it('is noticed by any read of the agent', async () => {
    const bench = await online()
    bench.answers.user = changed
    unreadable(bench, USER_NODE)
    await settle()
    expect(bench.session()).toMatchObject({ passwordProblem: { code: 'passwordWrong' } })
  })

  it('is not tried again and again where a proxy asks for it before SystemInfo', async () => {
    const bench = await online()
    bench.answers.systemInfo = changed
    bench.answers.setState = () => failed(statusFailure(503))
    await setState(bench, 'READY')
    const before = bench.requests.length
    await bench.clock.advance(60_000)
    expect(bench.session()).toMatchObject({ passwordProblem: { code: 'passwordWrong' } })
    expect(bench.requests.slice(before).filter((each) => each.endsWith(' systemInfo'))).toHaveLength(1)
  })

  it('is not what a missing right is', async () => {
    const bench = await online()
    bench.answers.setState = () =>
      failed({
        kind: 'status',
        status: 401,
        retryAfterMs: null,
        body: 'finesse',
        errors: [apiError(null, 'The user is not authorized', 'Unauthorized')],
      })
    await setState(bench, 'READY')
    await settle()
    expect(bench.session().phase).toBe('online')
    expect(bench.slices().request).toMatchObject({ phase: 'refused', problem: { code: 'forbidden' } })
  })
})

it('says why when no answer came and nothing changed', async () => {
  const bench = await online()
  bench.answers.setState = () => failed({ kind: 'timeout', ms: 10_000 })
  await setState(bench, 'READY')
  await settle()
  expect(bench.slices().request).toMatchObject({ phase: 'refused', problem: { code: 'stepTimeout' } })
})

describe('a sign-out without a connection', () => {
  it('says that nobody confirmed it, and forgets the password', async () => {
    const bench = await online()
    lose(bench)
    bench.answers.signOut = () => failed(statusFailure(503))
    await bench.commands['session.signOut']({ reasonCodeId: null })
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'signedOut', notice: { code: 'signOutUnconfirmed' } })
    expect(bench.password()).toBeNull()
  })

  it('says so too where UCCE takes it and refuses it later: from Ready', async () => {
    const bench = await online()
    await becomes(bench, 'READY')
    lose(bench)
    await bench.commands['session.signOut']({ reasonCodeId: '5' })
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'signedOut', notice: { code: 'signOutUnconfirmed' } })
  })

  it('is asked for when another desktop took over, and not given up by leaving', async () => {
    const bench = await online()
    bench.end({ kind: 'conflict' })
    let answer: () => void = () => undefined
    bench.answers.signOut = () =>
      new Promise((resolve) => {
        answer = () => resolve(ok({ status: 202, requestId: '' }))
      })
    await bench.commands['session.signOut']({ reasonCodeId: '5' })
    bench.runtime.dispatch({ type: 'leaveRequested', limitMs: 900 })
    expect(bench.requests.at(-1)).toContain('signOut 5')
    expect(bench.session().phase).toBe('signingOut')
    answer()
    await settle()
    expect(bench.session()).toEqual({ phase: 'signedOut', notice: null })
  })
})

it('a change of network brings the next try nearer, never farther, and the countdown with it', async () => {
  const bench = await online()
  const nextTry = () => {
    const session = bench.session()
    return session.phase === 'recovering' ? (session.nextTryAt ?? 0) - bench.clock.now() : NaN
  }
  bench.end({ kind: 'closed', code: 1001, reason: '' })
  expect(nextTry()).toBe(5_000)
  bench.runtime.dispatch({ type: 'networkChanged' })
  expect(nextTry()).toBe(1_000)
  await bench.clock.advance(900)
  bench.runtime.dispatch({ type: 'networkChanged' })
  await bench.clock.advance(100)
  expect(bench.session()).toMatchObject({ step: 'connecting' })
})

it('leaves a team again whose subscription came after another was chosen', async () => {
  const bench = await online()
  bench.runtime.dispatch({ type: 'teamChosen', teamId: '5014' })
  bench.runtime.dispatch({ type: 'teamChosen', teamId: '5015' })
  await settle()
  expect(bench.link().subscribed.slice(-2)).toEqual([
    '/finesse/api/Team/5014/Users',
    '/finesse/api/Team/5015/Users',
  ])
  expect(bench.link().unsubscribed).toEqual([TEAM_NODE, '/finesse/api/Team/5014/Users'])
})
