import { describe, expect, it } from 'vitest'
import { ok } from '../finesse/result'
import { keyedValues } from './keyed'
import { failed, settle, USER_NODE } from './testing/bench'
import { apiError, errorUpdate, user } from './testing/samples'
import { becomes, kinds, online, setState } from './testing/scenes'

describe('a state change', () => {
  it('is asked, accepted, and confirmed only by the event', async () => {
    const bench = await online()
    const taken = setState(bench, 'READY')
    expect(bench.slices().request).toMatchObject({ phase: 'asked', target: 'READY' })
    expect(await taken).toMatchObject({ ok: true })
    expect(await setState(bench, 'READY')).toMatchObject({ ok: false, error: { code: 'busy' } })
    await settle()
    expect(bench.slices().request).toMatchObject({ phase: 'accepted' })
    expect(bench.slices().agent?.state).toBe('NOT_READY')
    await becomes(bench, 'READY')
    expect(bench.slices().request).toBeNull()
    expect(bench.slices().agent?.state).toBe('READY')
    const last = [...keyedValues(bench.runtime.view().collections.feed)].find(
      ({ what }) => what.kind === 'agentState',
    )
    expect(last).toMatchObject({ by: 'you' })
    expect(bench.requests.filter((each) => each.includes('setState'))).toHaveLength(1)
  })

  it('is read back after 5 s without event', async () => {
    const bench = await online()
    await setState(bench, 'READY')
    bench.answers.user = () => Promise.resolve(ok(user('READY', { stateChangeTime: bench.clock.now() })))
    await bench.clock.advance(4_900)
    expect(bench.slices().request).toMatchObject({ phase: 'accepted' })
    await bench.clock.advance(200)
    expect(bench.slices().request).toBeNull()
    expect(bench.slices().agent?.state).toBe('READY')
  })

  it('says so when it did not happen', async () => {
    const bench = await online()
    await setState(bench, 'READY')
    await bench.clock.advance(5_100)
    expect(bench.slices().request).toMatchObject({ phase: 'refused', problem: { code: 'noConfirmation' } })
    await bench.commands['agent.dismissRefusal']({})
    expect(bench.slices().request).toBeNull()
  })

  it('is refused at once or later, in words', async () => {
    const bench = await online()
    bench.answers.setState = () =>
      failed({
        kind: 'status',
        status: 400,
        retryAfterMs: null,
        errors: [apiError('state', 'no', 'Invalid State')],
        body: 'finesse',
      })
    await setState(bench, 'READY')
    await settle()
    expect(bench.slices().request).toMatchObject({ phase: 'refused', problem: { code: 'stateRefused' } })
    bench.answers.setState = () => Promise.resolve(ok({ status: 202, requestId: '' }))
    await setState(bench, 'READY')
    await settle()
    bench.notify(USER_NODE, errorUpdate(apiError('33', 'CF_RESOURCE_BUSY', 'Invalid State')))
    await settle()
    expect(bench.slices().request).toMatchObject({
      phase: 'refused',
      problem: { code: 'notAllowedNow', params: { message: 'CF_RESOURCE_BUSY', code: '33' } },
    })
    expect(kinds(bench).filter((kind) => kind === 'requestRefused')).toHaveLength(2)
  })

  it('whose answer is lost is read back, never sent twice (R9)', async () => {
    const bench = await online()
    bench.answers.setState = () => failed({ kind: 'timeout', ms: 10_000 })
    bench.answers.user = () => Promise.resolve(ok(user('READY', { stateChangeTime: bench.clock.now() + 1 })))
    await setState(bench, 'READY')
    await settle()
    expect(bench.slices().request).toBeNull()
    expect(bench.slices().agent?.state).toBe('READY')
    expect(bench.requests.filter((each) => each.includes('setState'))).toHaveLength(1)
  })

  it('needs a reason where reasons are configured, and remembers the last three', async () => {
    const bench = await online()
    await setState(bench, 'READY')
    await becomes(bench, 'READY')
    expect(await setState(bench, 'NOT_READY')).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(await setState(bench, 'NOT_READY', '999')).toMatchObject({ error: { code: 'reasonUnknown' } })
    expect(await setState(bench, 'NOT_READY', '50')).toMatchObject({ ok: true })
    await settle()
    await becomes(bench, 'NOT_READY', { reasonCodeId: '50' })
    expect(bench.slices().request).toBeNull()
    expect(bench.slices().agent?.reason).toMatchObject({ id: '50', label: 'Meeting' })
    expect(bench.favourites()).toEqual(['50'])
  })

  it('during a call is shown as chosen, and can still be refused', async () => {
    const bench = await online()
    await becomes(bench, 'TALKING')
    expect(bench.slices().choices.ready).toEqual({ allowed: true, afterCall: true })
    await setState(bench, 'READY')
    await settle()
    expect(bench.slices()).toMatchObject({
      request: null,
      agent: { state: 'TALKING', pending: { state: 'READY' } },
    })
    await becomes(bench, 'HOLD')
    expect(bench.slices().agent?.pending?.state).toBe('READY')
    bench.notify(USER_NODE, errorUpdate(apiError('265', 'CF_INVALID_AGENT_WORKMODE', 'Invalid State')))
    await settle()
    expect(bench.slices()).toMatchObject({ request: { phase: 'refused' }, agent: { pending: null } })
  })

  it('made by a supervisor or by Finesse is told with its author', async () => {
    const bench = await online()
    const system = (code: number) => ({
      reasonCode: {
        id: null,
        uri: null,
        category: 'NOT_READY',
        code,
        label: null,
        forAll: null,
        systemCode: null,
      },
    })
    await becomes(bench, 'READY')
    await becomes(bench, 'NOT_READY', system(999))
    await becomes(bench, 'READY')
    await becomes(bench, 'NOT_READY', system(32767))
    const told = [...keyedValues(bench.runtime.view().collections.feed)]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .flatMap(({ by, what }) => (what.kind === 'agentState' && what.state === 'NOT_READY' ? [by] : []))
    expect(told).toEqual(['supervisor', 'finesse'])
  })
})

describe('sign-out', () => {
  it('from Ready at UCCE goes through Not Ready and asks for a reason only when Finesse insists', async () => {
    const bench = await online()
    await becomes(bench, 'READY')
    expect(await bench.commands['session.signOut']({ reasonCodeId: null })).toMatchObject({
      error: { code: 'reasonRequired' },
    })
    await bench.commands['session.signOut']({ reasonCodeId: '5' })
    await settle()
    bench.notify(USER_NODE, errorUpdate(apiError('281', 'CF_REASON_CODE_REQUIRED', 'Invalid State')))
    await settle()
    await becomes(bench, 'NOT_READY', { reasonCodeId: '49' })
    expect(
      bench.requests
        .filter((each) => /setState|signOut/.test(each))
        .map((each) => each.split(' ').slice(1).join(' ')),
    ).toEqual(['setState NOT_READY -', 'setState NOT_READY 49', 'signOut 5'])
    await becomes(bench, 'LOGOUT')
    await settle()
    expect(bench.session()).toEqual({ phase: 'signedOut', notice: null })
    expect(bench.link().closedBy).toBe('close')
    expect(bench.clock.pending()).toBe(0)
    expect(bench.password()).toBeNull()
    expect(bench.slices().agent).toBeNull()
  })

  it('is not possible during a call', async () => {
    const bench = await online()
    await becomes(bench, 'TALKING')
    expect(await bench.commands['session.signOut']({ reasonCodeId: '5' })).toMatchObject({
      error: { code: 'notAllowedNow', params: { condition: 'onCallSignOut' } },
    })
  })

  it('by force is shown, and undone only when told', async () => {
    const bench = await online()
    await becomes(bench, 'LOGOUT')
    await bench.clock.advance(60_000)
    expect(bench.session().phase).toBe('online')
    expect(bench.requests.filter((each) => each.includes('signIn'))).toHaveLength(1)
    expect(await bench.commands['session.signInAgain']({})).toMatchObject({ ok: true })
    await settle()
    await becomes(bench, 'NOT_READY')
    expect(bench.slices().request).toBeNull()
    expect(bench.requests.filter((each) => each.includes('signIn'))).toHaveLength(2)
  })
})
