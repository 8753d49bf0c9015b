import { afterEach, describe, expect, test } from 'vitest'
import { online, putState, rest, run, signIn, type Running } from '../testing'
import type { SimulatorOptions } from '../index'

let running: Running | null = null

const start = async (options: SimulatorOptions = {}) => {
  running = await run(options)
  return running
}

afterEach(async () => {
  await running?.stop()
  running = null
})

const value = (body: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]

describe('SystemInfo and authorization', () => {
  test('SystemInfo needs no password and names both nodes', async () => {
    const site = await start({ clockOffsetMs: 3_600_000 })
    const { status, body } = await rest(site, 'SystemInfo')
    expect(status).toBe(200)
    expect(value(body, 'xmppDomain')).toBe('fin-a.localhost')
    expect(body).toContain(`<httpsPort>${String(site.other.port)}</httpsPort>`)
    expect(Date.parse(value(body, 'currentTimestamp') ?? '') - Date.now()).toBeGreaterThan(3_590_000)
  })

  test('five wrong passwords lock the account, for the right one too', async () => {
    const site = await start()
    const path = `User/${site.agent.id}`
    const statuses: number[] = []
    for (let index = 0; index < 5; index += 1)
      statuses.push((await rest(site, path, { as: { ...site.agent, password: 'wrong' } })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401])
    expect((await rest(site, path, { as: site.agent })).status).toBe(401)
    const [, second] = site.info.agents
    expect((await rest(site, `User/${second?.id ?? ''}`, { as: second ?? site.agent })).status).toBe(200)
  })

  test('a right password in between resets the strikes, and the lock ends', async () => {
    const site = await start({ timeScale: 3000 })
    const path = `User/${site.agent.id}`
    const wrong = { as: { ...site.agent, password: 'wrong' } }
    for (let index = 0; index < 4; index += 1) await rest(site, path, wrong)
    expect((await rest(site, path, { as: site.agent })).status).toBe(200)
    for (let index = 0; index < 5; index += 1) await rest(site, path, wrong)
    expect((await rest(site, path, { as: site.agent })).status).toBe(401)
    await new Promise((resolve) => setTimeout(resolve, 130))
    expect((await rest(site, path, { as: site.agent })).status).toBe(200)
  })

  test('passwords are UTF-8', async () => {
    const site = await start()
    const third = site.info.agents[2]
    expect(third?.password).toMatch(/[^\p{ASCII}]/u)
    expect((await rest(site, `User/${third?.id ?? ''}`, { as: third ?? site.agent })).status).toBe(200)
  })

  test('the log holds no password', async () => {
    const site = await start()
    await signIn(site, site.agent)
    await online(site, site.agent)
    const log = JSON.stringify([site.simulator.control.requests(), site.simulator.control.xmppLog()])
    const basic = Buffer.from(`${site.agent.id}:${site.agent.password}`).toString('base64')
    const plain = Buffer.from(`\0${site.agent.id}\0${site.agent.password}`).toString('base64')
    expect(log).toContain('<auth/>')
    for (const secret of [site.agent.password, basic, plain]) expect(log).not.toContain(secret)
  })
})

describe('User', () => {
  test('202, and the world has changed', async () => {
    const site = await start()
    expect(await signIn(site, site.agent)).toMatchObject({ status: 202, body: '' })
    const { body } = await rest(site, `User/${site.agent.id}`, { as: site.agent })
    expect([value(body, 'state'), value(body, 'extension'), value(body, 'reasonCodeId')]).toEqual([
      'NOT_READY',
      site.agent.extension,
      '-1',
    ])
    await putState(site, site.agent, 'NOT_READY', '<reasonCodeId>49</reasonCodeId>')
    expect(site.simulator.control.agent(site.agent.id).reason).toMatchObject({ code: 27, label: 'Lunch' })
  })

  test('reads by login name give the login id', async () => {
    const site = await start()
    const { loginName } = site.simulator.control.agent(site.agent.id)
    const { body } = await rest(site, `User/${encodeURIComponent(loginName)}`, { as: site.agent })
    expect(value(body, 'loginId')).toBe(site.agent.id)
  })

  test.each([
    ['no state', '<User/>', 400, 'Parameter Missing'],
    ['no extension', '<User><state>LOGIN</state></User>', 400, 'Parameter Missing'],
    ['a state of fantasy', '<User><state>ASLEEP</state></User>', 400, 'Invalid Input'],
    [
      'a code for an id',
      '<User><state>NOT_READY</state><reasonCodeId>27</reasonCodeId></User>',
      400,
      'Invalid Input',
    ],
    ['no XML', 'state=READY', 400, 'Bad Request'],
    ['another root', '<Dialog/>', 400, 'Bad Request'],
  ])('%s is refused at once', async (_name, body, status, type) => {
    const site = await start()
    const answer = await rest(site, `User/${site.agent.id}`, { method: 'PUT', as: site.agent, body })
    expect([answer.status, value(answer.body, 'ErrorType')]).toEqual([status, type])
  })

  test('UCCE signs out from Not Ready only, UCCX from Ready too', async () => {
    for (const [deployment, status] of [
      ['UCCE', 400],
      ['UCCX', 202],
    ] as const) {
      const site = await start({ deployment })
      await signIn(site, site.agent)
      await putState(site, site.agent, 'READY')
      expect((await putState(site, site.agent, 'LOGOUT')).status).toBe(status)
      await site.stop()
    }
  })

  test('nobody but the own supervisor acts on an agent', async () => {
    const site = await start()
    const [, second] = site.info.agents
    const lead = site.info.agents.find(({ roles }) => roles.includes('Supervisor'))
    if (second === undefined || lead === undefined) throw new Error('the world lost its people')
    await signIn(site, site.agent)
    await putState(site, site.agent, 'READY')
    const put = (as: typeof second, body: string) =>
      rest(site, `User/${site.agent.id}`, { method: 'PUT', as, body: `<User>${body}</User>` })
    expect((await put(second, '<state>NOT_READY</state>')).status).toBe(401)
    expect((await put(lead, '<state>NOT_READY</state><reasonCodeId>49</reasonCodeId>')).status).toBe(400)
    expect((await put(lead, '<state>NOT_READY</state>')).status).toBe(202)
    expect(site.simulator.control.agent(site.agent.id).reason?.code).toBe(999)
  })
})

describe('lists', () => {
  test('reason codes in both families, the new one missing on old versions', async () => {
    const site = await start()
    const as = site.agent
    const old = await rest(site, `User/${as.id}/ReasonCodes?category=NOT_READY`, { as })
    const list = await rest(site, `TeamResource/${as.teamId}/ReasonCodes?category=NOT_READY`, { as })
    expect(list.body).toBe(old.body)
    expect(list.body).toContain('<id>49</id><category>NOT_READY</category><code>27</code>')
    expect(list.body).not.toContain('LOGOUT')
    site.simulator.control.setFault({ name: 'oldVersion' })
    expect(
      (await rest(site, `TeamResource/${as.teamId}/ReasonCodes?category=NOT_READY`, { as })).status,
    ).toBe(404)
    expect((await rest(site, `User/${as.id}/ReasonCodes`, { as })).status).toBe(400)
  })

  test.each([
    ['objects=1-6000', 200],
    ['objects=1-2', 206],
    ['objects=3-4', 206],
    ['objects=5000-6000', 416],
    ['objects=0-4', 416],
    ['lines=1-2', 416],
  ])('phone books for Range %s: %i', async (range, status) => {
    const site = await start()
    const answer = await rest(site, `TeamResource/${site.agent.teamId}/PhoneBooks`, {
      as: site.agent,
      headers: { Range: range },
    })
    expect(answer.status).toBe(status)
    if (range === 'objects=1-2') expect(answer.body.match(/<Contact>/g)).toHaveLength(2)
  })

  test('a team, with and without those signed out, and not for everybody', async () => {
    const site = await start({ agentMayReadTeam: false })
    const lead = site.info.agents.find(({ roles }) => roles.includes('Supervisor')) ?? site.agent
    const path = `Team/${site.agent.teamId}`
    const all = await rest(site, `${path}?includeLoggedOutAgents=true`, { as: lead })
    const some = await rest(site, path, { as: lead })
    expect(all.body.match(/<User>/g)).toHaveLength(18)
    expect(some.body).not.toContain('LOGOUT')
    expect((await rest(site, path, { as: site.agent })).status).toBe(401)
    await site.stop()
    const open = await start()
    expect((await rest(open, path, { as: open.agent })).status).toBe(200)
  })

  test('queues are for UCCE', async () => {
    const ucce = await start()
    expect((await rest(ucce, 'Queue/5022', { as: ucce.agent })).body).toContain('<callsInQueue>')
    await ucce.stop()
    const uccx = await start({ deployment: 'UCCX' })
    expect((await rest(uccx, 'Queue/5022', { as: uccx.agent })).status).toBe(404)
  })
})

describe('faults on REST', () => {
  test('out of service: 503 everywhere but on SystemInfo', async () => {
    const site = await start({ faults: [{ name: 'outOfService', node: 'A' }] })
    const path = `User/${site.agent.id}`
    expect((await rest(site, path, { as: site.agent })).status).toBe(503)
    expect((await rest(site, path, { as: site.agent }, site.other)).status).toBe(200)
    expect(value((await rest(site, 'SystemInfo')).body, 'status')).toBe('OUT_OF_SERVICE')
  })

  test('any status with the body one likes, where one likes', async () => {
    const site = await start({ faults: [{ name: 'restStatus', status: 502, body: 'html', path: '/Team/' }] })
    const answer = await rest(site, `Team/${site.agent.teamId}`, { as: site.agent })
    expect([answer.status, answer.headers['content-type']]).toEqual([502, 'text/html;charset=utf-8'])
    expect((await rest(site, `User/${site.agent.id}`, { as: site.agent })).status).toBe(200)
  })
})
