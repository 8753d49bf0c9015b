import { describe, expect, it } from 'vitest'
import type { User } from '../finesse/model'
import { err, ok } from '../finesse/result'
import { getKeyed, keyedValues } from './keyed'
import {
  createBench,
  DIALOGS_NODE,
  failed,
  SECRET,
  settle,
  statusFailure,
  TEAM_NODE,
  USER_NODE,
} from './testing/bench'
import {
  apiError,
  dialog,
  dialogUpdate,
  errorUpdate,
  ownLegIn,
  summary,
  systemInfo,
  user,
  userUpdate,
} from './testing/samples'

type Bench = ReturnType<typeof createBench>

/** The User of our agent changes now, as Finesse tells it. */
const becomes = async (bench: Bench, state: string, part: Partial<User> = {}) => {
  await bench.clock.advance(1)
  bench.notify(USER_NODE, userUpdate(user(state, { stateChangeTime: bench.clock.now(), ...part })))
  await settle()
}

async function online(spoil: (bench: Bench) => void = () => undefined) {
  const bench = createBench()
  spoil(bench)
  await bench.signIn()
  await settle()
  bench.ready()
  await settle()
  await becomes(bench, 'NOT_READY')
  await settle()
  expect(bench.session().phase).toBe('online')
  return bench
}

const kinds = (bench: Bench) =>
  [...keyedValues(bench.runtime.view().collections.feed)]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ what }) => what.kind)
const setState = (bench: Bench, state: 'READY' | 'NOT_READY', reasonCodeId: string | null = null) =>
  bench.commands['agent.setState']({ state, reasonCodeId })

describe('sign-in', () => {
  it('goes SystemInfo, XMPP, LOGIN, reads, live', async () => {
    const bench = createBench()
    const taken = bench.signIn()
    expect(bench.session()).toMatchObject({ phase: 'signingIn', step: 'verifying' })
    expect(await taken).toEqual({ ok: true, value: null })
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'signingIn', step: 'connecting' })
    expect(bench.link().options).toMatchObject({
      resource: 'desktop',
      xmppDomain: 'fin-a.example.com',
      pubsubDomain: 'pubsub.fin-a.example.com',
      endpoints: [
        { host: 'fin-a.example.com', port: 8445, path: '/ws/' },
        { host: 'fin-a.example.com', port: 7443, path: '/ws/' },
      ],
      userNodes: [USER_NODE],
    })
    bench.ready()
    await settle()
    expect(bench.requests.at(-1)).toBe('fin-a.example.com signIn 1001071')
    await becomes(bench, 'NOT_READY')
    expect(bench.session()).toMatchObject({
      phase: 'online',
      degraded: [],
      identity: { resource: 'desktop' },
    })
    expect(bench.slices().agent).toMatchObject({ name: 'Ada Nord', state: 'NOT_READY', extension: '1001071' })
    expect(bench.slices().reasons).toMatchObject({ status: 'ready' })
    expect(bench.slices().team).toMatchObject({ status: 'ready', live: true, name: 'Blue' })
    expect(bench.runtime.view().collections.members.size).toBe(2)
    expect(bench.link().subscribed).toEqual([TEAM_NODE])
    expect(bench.slices().connection.pill).toBe('live')
    expect(kinds(bench)).toEqual(['signedIn'])
  })

  it('reads the User when an agent already signed on gets no event', async () => {
    const bench = createBench()
    bench.answers.user = () => Promise.resolve(ok(user('READY')))
    await bench.signIn()
    await settle()
    bench.ready()
    await settle()
    expect(bench.session().phase).toBe('signingIn')
    await bench.clock.advance(3_000)
    expect(bench.session().phase).toBe('online')
    expect(bench.slices().agent?.state).toBe('READY')
  })

  it('goes live without waiting for a slow team or slow lists', async () => {
    const bench = await online((each) => {
      each.answers.team = () => new Promise(() => undefined)
      each.answers.reasonCodes = () => new Promise(() => undefined)
    })
    expect(bench.slices().team.status).toBe('loading')
    expect(bench.slices().reasons.status).toBe('loading')
  })

  it('degrades when the team may not be watched or read', async () => {
    const bench = await online((each) => {
      each.refuseSubscriptions({ kind: 'subscribe', node: TEAM_NODE, condition: 'forbidden' })
      each.answers.team = () => failed(statusFailure(401))
    })
    expect(bench.session()).toMatchObject({ phase: 'online', degraded: ['team'] })
    expect(bench.slices().team).toMatchObject({
      status: 'forbidden',
      live: false,
      problem: { code: 'forbidden' },
    })
    expect(bench.slices().connection.pill).toBe('degraded')
  })

  it('replays what arrived while loading, the newer wins', async () => {
    const bench = createBench()
    await bench.signIn()
    await settle()
    let answer: (result: ReturnType<typeof ok<User>>) => void = () => undefined
    bench.answers.user = () => new Promise((resolve) => (answer = resolve))
    bench.ready()
    await settle()
    await becomes(bench, 'NOT_READY', { stateChangeTime: 1_000 })
    bench.notify(USER_NODE, userUpdate(user('RESERVED', { stateChangeTime: 3_000 })))
    bench.notify(USER_NODE, userUpdate(user('READY', { stateChangeTime: 2_000 })))
    answer(ok(user('NOT_READY', { stateChangeTime: 1_000 })))
    await settle()
    expect(bench.slices().agent?.state).toBe('RESERVED')
  })
})

describe('a refused sign-in', () => {
  const notice = async (spoil: (bench: Bench) => void) => {
    const bench = createBench()
    spoil(bench)
    await bench.signIn()
    await settle()
    return bench
  }

  it('says 503, HTML, missing domains, single sign-on', async () => {
    const info = (part: Parameters<typeof systemInfo>[0]) => () =>
      Promise.resolve(ok({ info: systemInfo(part), clockOffsetMs: null, roundTripMs: 1 }))
    const cases: readonly (readonly [Bench['answers']['systemInfo'], string])[] = [
      [() => failed(statusFailure(503)), 'outOfService'],
      [() => failed({ kind: 'malformed', status: 200, problem: 'HTML' }), 'notFinesse'],
      [() => failed(statusFailure(404)), 'notFinesse'],
      [info({ xmppDomain: null }), 'systemInfoIncomplete'],
      [info({ systemAuthMode: 'SSO' }), 'ssoNotSupported'],
      [info({ status: 'OUT_OF_SERVICE' }), 'outOfService'],
    ]
    for (const [answer, code] of cases) {
      const bench = await notice((each) => (each.answers.systemInfo = answer))
      expect(bench.session()).toMatchObject({ phase: 'signedOut', notice: { code } })
      expect(bench.links).toHaveLength(0)
      expect(bench.password()).toBeNull()
      expect(bench.clock.pending()).toBe(0)
    }
  })

  it('tries a wrong password once', async () => {
    const bench = await notice(() => undefined)
    bench.end({ kind: 'auth', condition: 'not-authorized' })
    await bench.clock.advance(600_000)
    expect(bench.session()).toMatchObject({ phase: 'blocked', reason: 'passwordWrong', midShift: false })
    expect(bench.links).toHaveLength(1)
    expect(bench.requests).toEqual(['fin-a.example.com systemInfo'])
    expect(bench.password()).toBeNull()
  })

  it('names the extension Finesse refuses later (260)', async () => {
    const bench = await notice(() => undefined)
    bench.ready()
    await settle()
    bench.notify(
      USER_NODE,
      errorUpdate(apiError('260', 'CF_INVALID_LOGON_DEVICE_SPECIFIED', 'Invalid Device')),
    )
    await settle()
    expect(bench.session()).toMatchObject({
      phase: 'signedOut',
      notice: { code: 'extensionUnknown', params: { extension: '1001071', code: '260', stage: 'signIn' } },
    })
    expect(bench.link().closedBy).toBe('terminate')
  })

  it('shows an untrusted certificate and goes on when it is accepted', async () => {
    const tls = {
      kind: 'tls',
      host: 'fin-a.example.com',
      port: 8445,
      problem: 'selfSigned',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      certificate: {
        subject: 'CN=fin-a',
        issuer: 'CN=fin-a',
        validFrom: 1,
        validTo: 2,
        subjectAltNames: ['fin-a'],
        fingerprint256: 'AA:BB',
        selfSigned: true,
        pem: 'PEM',
      },
    } as const
    const bench = createBench()
    const good = bench.answers.systemInfo
    bench.answers.systemInfo = () => failed({ kind: 'connection', failure: tls })
    await bench.signIn()
    await settle()
    expect(bench.session()).toMatchObject({
      phase: 'blocked',
      reason: 'untrustedCertificate',
      certificate: { fingerprint256: 'AA:BB', changed: false },
    })
    expect(JSON.stringify(bench.runtime.state())).not.toContain('PEM')
    bench.answers.systemInfo = good
    bench.runtime.dispatch({ type: 'resumeRequested' })
    await settle()
    expect(bench.session()).toMatchObject({ phase: 'signingIn', step: 'connecting' })
  })

  it('does not hang when nothing answers', async () => {
    const bench = await notice((each) => (each.answers.systemInfo = () => new Promise(() => undefined)))
    await bench.clock.advance(20_000)
    expect(bench.session()).toMatchObject({
      phase: 'signedOut',
      notice: { code: 'stepTimeout', params: { stage: 'systemInfo' } },
    })
  })

  it('survives ports that throw', async () => {
    const bench = await notice((each) => {
      each.answers.systemInfo = () => {
        throw new Error('bug')
      }
    })
    expect(bench.session()).toMatchObject({ phase: 'signedOut', notice: { code: 'internal' } })
    expect(bench.logged.join()).not.toContain('bug')
  })

  it('is refused on the spot for a bad address, no password, or a session in use', async () => {
    const bench = createBench()
    const base = { loginId: '1071', password: SECRET, extension: '1', mode: 'beside', caFile: null } as const
    const ask = bench.commands['session.signIn']
    expect(await ask({ ...base, server: 'http://x' })).toMatchObject({
      error: { code: 'serverAddressInvalid' },
    })
    expect(await ask({ ...base, server: 'x', password: null })).toMatchObject({
      error: { code: 'passwordWrong' },
    })
    expect(await ask({ ...base, server: 'x' })).toMatchObject({ ok: true })
    expect(await ask({ ...base, server: 'x' })).toMatchObject({ error: { code: 'busy' } })
    await settle()
    expect(bench.link().options.resource).toBe('sidetone-3f9c')
  })
})

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
    ])
  })

  it('tries the other node after a failed try, and waits longer each time', async () => {
    const bench = await online()
    bench.answers.systemInfo = () =>
      failed({ kind: 'connection', failure: { kind: 'tcp', host: 'h', port: 1, code: 'ECONNREFUSED' } })
    bench.end({ kind: 'closed', code: 1001, reason: '' })
    await bench.clock.advance(60_000)
    const asked = bench.requests
      .filter((each) => each.includes('systemInfo'))
      .map((each) => each.split(' ')[0])
    expect(asked.slice(1, 5)).toEqual([
      'fin-a.example.com',
      'fin-b.example.com',
      'fin-a.example.com',
      'fin-b.example.com',
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
      'user',
      'dialogs',
      'team',
    ])
  })
})

describe('calls', () => {
  it('are told once each: offered, answered, held, ended', async () => {
    const bench = await online()
    const ringing = dialog()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', ringing))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ringing))
    const active = { ...ownLegIn(ringing, 'ACTIVE', 6_000), state: 'ACTIVE' }
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', active))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', active))
    // An older event of the same call changes nothing any more.
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ringing))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ownLegIn(active, 'HELD', 7_000)))
    expect([...keyedValues(bench.runtime.view().collections.calls)][0]).toMatchObject({
      direction: 'in',
      remote: '0612345678',
      ownState: 'HELD',
      look: 'hold',
    })
    bench.notify(DIALOGS_NODE, dialogUpdate('DELETE', active))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ownLegIn(active, 'WRAP_UP', 9_000)))
    expect(bench.runtime.view().collections.calls.size).toBe(0)
    expect(kinds(bench)).toEqual(['signedIn', 'callArrived', 'callAnswered', 'callHeld', 'callEnded'])
  })

  it('not answered are missed, though the DELETE still says ALERTING', async () => {
    const bench = await online()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', dialog()))
    bench.notify(DIALOGS_NODE, dialogUpdate('DELETE', ownLegIn(dialog(), 'DROPPED', 20_000)))
    expect(kinds(bench)).toEqual(['signedIn', 'callArrived', 'callMissed'])
  })

  it('ended during an outage are not shown as present', async () => {
    const bench = await online()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', dialog()))
    bench.end({ kind: 'closed', code: 1006, reason: '' })
    await bench.clock.advance(5_000)
    bench.ready()
    await settle()
    expect(bench.runtime.view().collections.calls.size).toBe(0)
  })
})

describe('the team', () => {
  it('follows summaries, keeps names, tells who moved', async () => {
    const bench = await online()
    bench.notify(
      TEAM_NODE,
      userUpdate(
        summary('NOT_READY', { loginId: '1072', firstName: null, lastName: null, stateChangeTime: 9_000 }),
      ),
    )
    bench.notify(TEAM_NODE, userUpdate(summary('READY', { loginId: '1072', stateChangeTime: 8_000 })))
    expect(getKeyed(bench.runtime.view().collections.members, '1072')).toMatchObject({
      name: 'Bo Nord',
      state: 'NOT_READY',
      since: 9_000,
    })
    expect(kinds(bench)).toEqual(['signedIn', 'memberState'])
  })

  it('does not lose what we are to a summary of ourselves', async () => {
    const bench = await online()
    bench.notify(USER_NODE, userUpdate(summary('RESERVED', { stateChangeTime: bench.clock.now() + 5 })))
    expect(bench.slices().agent).toMatchObject({
      state: 'RESERVED',
      teamId: '5013',
      teamName: 'Blue',
      extension: '1001071',
    })
  })
})

describe('the runtime', () => {
  it('keeps the password out of state, view and log', async () => {
    const bench = await online()
    bench.end({ kind: 'closed', code: 1006, reason: '' })
    await bench.clock.advance(5_000)
    expect(JSON.stringify([bench.runtime.state(), bench.runtime.view(), bench.logged])).not.toContain(SECRET)
  })

  it('keeps the identity of what did not change', async () => {
    const bench = await online()
    const before = bench.runtime.view()
    bench.notify(TEAM_NODE, userUpdate(summary('TALKING', { loginId: '1072', stateChangeTime: 9_000 })))
    const after = bench.runtime.view()
    expect(after.collections.members).not.toBe(before.collections.members)
    for (const name of ['session', 'agent', 'choices', 'request', 'reasons', 'team'] as const)
      expect(after.slices[name]).toBe(before.slices[name])
  })

  it('takes events one at a time, even those that listeners cause', async () => {
    const bench = await online()
    const seen: string[] = []
    bench.runtime.onChange((previous, next) => {
      seen.push(`${String(previous.slices.agent?.state)}>${String(next.slices.agent?.state)}`)
      if (next.slices.agent?.state === 'READY')
        bench.notify(USER_NODE, userUpdate(user('RESERVED', { stateChangeTime: bench.clock.now() + 1 })))
    })
    bench.notify(USER_NODE, userUpdate(user('READY', { stateChangeTime: bench.clock.now() })))
    expect(seen.filter((step) => step !== 'RESERVED>RESERVED')).toEqual(['NOT_READY>READY', 'READY>RESERVED'])
  })

  it('survives a listener that throws', async () => {
    const bench = await online()
    bench.runtime.onChange(() => {
      throw new Error('bug')
    })
    await becomes(bench, 'READY')
    expect(bench.slices().agent?.state).toBe('READY')
  })

  it('says good-bye when it stops, and signs nobody out', async () => {
    const bench = await online()
    await bench.runtime.stop(1_000)
    expect(bench.link().closedBy).toBe('close')
    expect(bench.requests.filter((each) => each.includes('signOut'))).toEqual([])
    expect(bench.clock.pending()).toBe(0)
    bench.runtime.dispatch({ type: 'networkChanged' })
  })

  it('answers commands that make no sense now', async () => {
    const bench = createBench()
    expect(await bench.commands['session.signOut']({ reasonCodeId: null })).toEqual(
      err({ code: 'notConnected', params: {} }),
    )
    expect(await bench.commands['session.takeOver']({})).toMatchObject({ ok: false })
    expect(await bench.commands['session.signInAgain']({})).toMatchObject({ ok: false })
    expect(await bench.commands['team.choose']({ teamId: '1' })).toMatchObject({ ok: false })
    expect(await setState(bench, 'READY')).toMatchObject({ ok: false, error: { code: 'notConnected' } })
  })
})
