import { describe, expect, onTestFinished, test } from 'vitest'
import type { Fault } from '../../simulator/faults/table'
import { STAGES } from '../../src-contract/connection'
import type { AttemptDetail } from '../../src-contract/inspector'
import { inspectedDesk, type InspectedDesk } from './testing/inspectedDesk'
import { attemptsOf, stageOf } from './testing/reading'

const ALL = { kinds: [], text: '', failedOnly: false } as const

const textsOf = (attempt: AttemptDetail | undefined, stage: string): readonly string[] =>
  (stageOf(attempt, stage)?.exchange ?? []).map(({ direction, text }) => `${direction} ${text}`)

describe('a session that comes up', () => {
  test('has eleven stages, each with its time, its facts and its own texts', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    const [attempt, ...others] = attemptsOf(desk)
    expect(others).toEqual([])
    expect(attempt).toMatchObject({
      outcome: 'live',
      failedAt: null,
      problem: null,
      node: 'A',
      mode: 'replace',
    })
    expect(attempt?.stages.map(({ stage, status }) => `${stage} ${status}`)).toEqual(
      STAGES.map((stage) => `${stage} ok`),
    )
    for (const stage of attempt?.stages ?? []) {
      expect(stage.startedAt).toBeGreaterThanOrEqual(attempt?.startedAt ?? Infinity)
      expect(stage.ms).toBeGreaterThanOrEqual(0)
      for (const { at } of stage.exchange) expect(at).toBeGreaterThanOrEqual((stage.startedAt ?? 0) - 5)
    }
    const names = Object.fromEntries(
      (attempt?.stages ?? []).map(({ stage, facts }) => [stage, Object.keys(facts)]),
    )
    expect(names.dns).toEqual(expect.arrayContaining(['host', 'addresses']))
    expect(names.tcp).toEqual(expect.arrayContaining(['address', 'port', 'family', 'tried']))
    expect(names.tls).toEqual(
      expect.arrayContaining([
        'serverName',
        'version',
        'cipher',
        'authorizedBy',
        'subject',
        'issuer',
        'validTo',
      ]),
    )
    expect(names.upgrade).toEqual(expect.arrayContaining(['path', 'status', 'statusText', 'subprotocol']))
    expect(names.open).toEqual(expect.arrayContaining(['to', 'from', 'streamId', 'mechanisms']))
    expect(names.auth).toEqual(['mechanism', 'user'])
    expect(names.bind).toEqual(expect.arrayContaining(['jid', 'resource']))
    expect(names.presence).toEqual(expect.arrayContaining(['priority', 'waitMs', 'seen']))
    expect(names.subscribeUser).toEqual(expect.arrayContaining(['nodes', 'results']))
    expect(names.subscribeTeam).toEqual(expect.arrayContaining(['nodes', 'results', 'subid']))
    expect(names.live).toContain('proof')
    expect(stageOf(attempt, 'tls')?.chain.map(({ subject }) => subject)).toEqual([
      'CN=fin-a.localhost',
      'CN=Simulator throw-away CA',
    ])

    const first = (stage: string) => textsOf(attempt, stage).map((text) => text.slice(0, 60))
    expect(first('upgrade')).toEqual([
      expect.stringMatching(/^sent GET \/ws\/ HTTP\/1\.1/),
      expect.stringMatching(/^received HTTP\/1\.1 101/),
    ])
    expect(first('open').map((text) => text.slice(0, 16))).toEqual([
      'sent <open xmlns',
      'received <open x',
      'received <stream',
    ])
    expect(first('auth')).toEqual([
      expect.stringMatching(/^sent <auth/),
      expect.stringMatching(/^received <success/),
    ])
    expect(textsOf(attempt, 'auth')[0]).toContain('>[redacted]<')
    expect(textsOf(attempt, 'bind').filter((text) => text.includes('<iq'))).toHaveLength(2)
    expect(first('presence').some((text) => text.startsWith('received <presence'))).toBe(true)
    // Asked for in one go with the presence, each answer at its own stage.
    expect(textsOf(attempt, 'subscribeUser').every((text) => text.includes('/finesse/api/User/1001'))).toBe(
      true,
    )
    expect(
      textsOf(attempt, 'subscribeTeam').every((text) => text.includes('/finesse/api/Team/5013/Users')),
    ).toBe(true)
    expect(textsOf(attempt, 'subscribeUser')).toHaveLength(2)
    expect(textsOf(attempt, 'subscribeTeam')).toHaveLength(2)
    expect(textsOf(attempt, 'live').some((text) => text.includes('urn:xmpp:ping'))).toBe(true)
  })

  test('has its REST calls beside it, on the same time axis although the clocks differ', async () => {
    const desk = await inspectedDesk(onTestFinished)
    desk.control.setClockOffset(600_000)
    await desk.online()
    const [attempt] = attemptsOf(desk)
    const calls = attempt?.calls ?? []
    expect(calls.map(({ method, path, status }) => `${method} ${path} ${String(status)}`)).toEqual(
      expect.arrayContaining([
        'GET /finesse/api/SystemInfo 200',
        'PUT /finesse/api/User/1001 202',
        'GET /finesse/api/User/1001/Dialogs 200',
      ]),
    )
    const now = desk.runtime.serverNow()
    for (const { startedAt, ms, exchange } of calls) {
      expect(Math.abs(now - startedAt)).toBeLessThan(120_000)
      expect(ms).toBeLessThan(60_000)
      expect(exchange.map(({ direction }) => direction)).toEqual(['sent', 'received'])
      expect(Math.abs((exchange[0]?.at ?? 0) - startedAt)).toBeLessThan(5)
    }
    expect(Math.abs(now - (attempt?.startedAt ?? 0))).toBeLessThan(120_000)
    const [info] = calls
    expect(info?.timings.tlsMs).toBeGreaterThan(0)
    expect(calls.find(({ method }) => method === 'PUT')?.requestId).toMatch(/^r\d/)
    expect(
      desk.inspector.source
        .health(null)
        .points.some(({ driftMs }) => Math.abs((driftMs ?? 0) - 600_000) < 100),
    ).toBe(true)
  })

  test('leaves no password, no number and no call variable anywhere', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.online()
    await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
    await desk.until(({ slices }) => slices.agent?.state === 'READY')
    desk.control.ringAgent(desk.agent.id, {
      from: '+31612345678',
      variables: [
        { name: 'callVariable1', value: 'Gold customer' },
        { name: 'user.iban', value: 'NL00BANK0123456789' },
      ],
    })
    await desk.until(({ collections }) => collections.calls.size > 0)
    desk.control.answer(desk.agent.id)
    await desk.clock.jump(5_000)
    desk.control.customerHangsUp(desk.agent.id)
    await desk.until(({ collections }) => collections.calls.size === 0)
    const { source } = desk.inspector
    const page = await source.tracePage(ALL, null, 500)
    const kept = [
      ...attemptsOf(desk).map((attempt) => JSON.stringify(attempt)),
      ...(await Promise.all(page.rows.map(async ({ seq }) => JSON.stringify(await source.traceEntry(seq))))),
      ...desk.inspector.calls().map((call) => JSON.stringify(call)),
    ]
    const password = Buffer.from(desk.agent.password).toString('base64').slice(0, 8)
    for (const text of kept) {
      for (const secret of [desk.agent.password, password, '612345678', 'Gold customer', 'NL00BANK'])
        expect(text).not.toContain(secret)
    }
    const shown = kept.join('\n')
    expect(shown).toContain('[number 1]')
    expect(shown).toContain('[variable 1]')
    expect(shown).toContain(`<mediaAddress>${desk.agent.extension}</mediaAddress>`)
    expect(desk.inspector.masked().numbers).toBeGreaterThan(0)
    expect(source.health(null).calls).toEqual([{ from: expect.any(Number), to: expect.any(Number) }])
    expect(source.health(null).states.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['NOT_READY', 'READY', 'TALKING']),
    )
  })
})

describe('a stage that fails', () => {
  const settled = async (desk: InspectedDesk, part: { password?: string; server?: string } = {}) => {
    await desk.signIn(part)
    await desk.until(({ slices }) => slices.session.phase !== 'signingIn', 120_000)
    await desk.clock.jump(500)
    return attemptsOf(desk)
  }

  for (const [failedAt, code, fault] of [
    ['upgrade', 'upgradeRefused', { name: 'refuseUpgrade', status: 403 }],
    ['open', 'stepTimeout', { name: 'silent', scope: 'xmpp' }],
    ['auth', 'mechanismMissing', { name: 'mechanisms', offered: ['SCRAM-SHA-1'] }],
    ['auth', 'passwordWrong', { name: 'rejectAuth' }],
    ['bind', 'bindRefused', { name: 'bindRefused' }],
    [
      'rest',
      'notFinesse',
      { name: 'restStatus', status: 404, body: 'html', path: '/finesse/api/SystemInfo' },
    ],
    ['rest', 'outOfService', { name: 'outOfService' }],
    ['rest', 'serverError', { name: 'restStatus', status: 500, method: 'PUT' }],
    [
      'rest',
      'serverError',
      { name: 'restStatus', status: 500, path: '/finesse/api/User/1001', method: 'GET' },
    ],
  ] as const satisfies readonly (readonly [string, string, Fault])[])
    test(`${failedAt}: ${code} by ${JSON.stringify(fault)}`, async () => {
      const desk = await inspectedDesk(onTestFinished)
      desk.control.setFault(fault)
      const attempts = await settled(desk)
      const last = attempts.at(-1)
      expect(last).toMatchObject({ outcome: 'failed', failedAt, problem: { code } })
      expect(last?.cause?.id).not.toBe('unknown')
      expect(last?.endedAt).not.toBeNull()
      if (failedAt === 'rest') {
        expect(last?.calls.some(({ problem, cause }) => problem?.code === code || cause !== null)).toBe(true)
        expect(last?.stages.filter(({ status }) => status === 'failed')).toEqual([])
        const failures = { kinds: ['rest'], text: '', failedOnly: true } as const
        const { rows } = await desk.inspector.source.tracePage(failures, null, 500)
        expect(rows.length > 0).toBe(code !== 'outOfService')
        return
      }
      expect(stageOf(last, failedAt)).toMatchObject({ status: 'failed', problem: { code } })
      expect(last?.stages.filter(({ status }) => status === 'failed').map(({ stage }) => stage)).toEqual([
        failedAt,
      ])
      const at = STAGES.indexOf(failedAt)
      expect(last?.stages.slice(0, at).map(({ status }) => status)).toEqual(
        STAGES.slice(0, at).map(() => 'ok'),
      )
      expect(last?.stages.slice(at + 1).every(({ status }) => status === 'waiting')).toBe(true)
    })

  test('dns: an attempt although there never was a link', async () => {
    const desk = await inspectedDesk(onTestFinished)
    const attempts = await settled(desk, { server: 'nowhere.invalid:8445' })
    expect(attempts.at(-1)).toMatchObject({
      outcome: 'failed',
      failedAt: 'dns',
      problem: { code: 'hostNotFound' },
    })
  })

  test('tcp: refused', async () => {
    const desk = await inspectedDesk(onTestFinished)
    await desk.control.proxy('A', { kind: 'refuse' })
    const attempts = await settled(desk)
    expect(attempts.at(-1)).toMatchObject({ outcome: 'failed', failedAt: expect.stringMatching(/tcp|tls/) })
    expect(stageOf(attempts.at(-1), 'dns')?.status).toBe('ok')
  })

  test('tls: with the chain that was not trusted', async () => {
    const desk = await inspectedDesk(onTestFinished, { extraCaPem: null })
    const attempts = await settled(desk)
    expect(attempts.at(-1)).toMatchObject({ failedAt: 'tls', problem: { code: 'certificateUntrusted' } })
    expect(stageOf(attempts.at(-1), 'tls')).toMatchObject({ status: 'failed' })
    expect(stageOf(attempts.at(-1), 'tls')?.chain.length).toBeGreaterThan(0)
  })

  test('subscribe: a refusal of the team only degrades, with the answer at its stage', async () => {
    const desk = await inspectedDesk(onTestFinished)
    desk.control.setFault({ name: 'subscribeForbidden', path: '/finesse/api/Team/5013/Users' })
    const attempts = await settled(desk)
    await desk.clock.jump(2_000)
    const last = attemptsOf(desk).at(-1)
    expect(attempts).toHaveLength(1)
    expect(last).toMatchObject({ outcome: 'live', failedAt: null })
    expect(stageOf(last, 'subscribeTeam')).toMatchObject({
      status: 'degraded',
      problem: { code: 'subscribeRefused' },
    })
    expect(textsOf(last, 'subscribeTeam').at(-1)).toContain('type="error"')
    expect(stageOf(last, 'subscribeUser')?.status).toBe('ok')
  })
})
