import { describe, expect, it } from 'vitest'
import type { User } from '../finesse/model'
import { ok } from '../finesse/result'
import { createBench, failed, SECRET, settle, statusFailure, TEAM_NODE, USER_NODE } from './testing/bench'
import { apiError, errorUpdate, systemInfo, user, userUpdate } from './testing/samples'
import { type Bench, becomes, kinds, online } from './testing/scenes'

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
