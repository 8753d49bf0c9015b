import type { ServerResponse } from 'node:http'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { closeKept } from '../transport/testing/attempt'
import { authority, type TestAuthority } from '../transport/testing/certificates'
import { manualClock } from '../transport/testing/clocks'
import type { RestClientOptions } from './restClient'
import { type Answer, startNode } from './testing/node'

let ca: TestAuthority

beforeAll(async () => {
  ca = await authority()
})

afterEach(closeKept)

const xml =
  (body: string, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body)
  }

const USER = '<User><loginId>1071</loginId><state>READY</state><uri>/finesse/api/User/1071</uri></User>'
const ERRORS =
  '<ApiErrors><ApiError><ErrorType>Invalid Input</ErrorType><ErrorMessage>No</ErrorMessage><ErrorData>state</ErrorData></ApiError></ApiErrors>'

const start = (answer: Answer, options: Partial<RestClientOptions> = {}) => startNode(ca, answer, options)

const basic = (text: string) => `Basic ${Buffer.from(text, 'utf8').toString('base64')}`

describe('reading', () => {
  it('asks for the user with credentials in UTF-8 and an encoded id', async () => {
    const { client, seen } = await start(xml(USER))
    const result = await client.user('jörg/../%2e@x')
    expect(result).toMatchObject({ ok: true, value: { loginId: '1071', state: 'READY' } })
    expect(seen).toMatchObject([
      {
        method: 'GET',
        url: '/finesse/api/User/j%C3%B6rg%2F..%2F%252e%40x',
        headers: { accept: 'application/xml', authorization: basic('1071:pässword') },
      },
    ])
    expect(seen[0]?.headers).not.toHaveProperty('accept-encoding')
    expect(seen[0]?.headers).not.toHaveProperty('requestid')
  })

  it.each([
    ['..', '%2E%2E'],
    ['.', '%2E'],
    ['a\ud800b', 'a%EF%BF%BDb'],
  ])('an id %j stays one segment of the path', async (id, encoded) => {
    const { client, seen } = await start(xml(USER))
    await client.user(id)
    expect(seen[0]?.url).toBe(`/finesse/api/User/${encoded}`)
  })

  it('lists teams with the agents who are signed out', async () => {
    const { client, seen } = await start(xml(`<Team><id>34</id><users>${USER}</users></Team>`))
    expect(await client.team('34')).toMatchObject({
      ok: true,
      value: { id: '34', users: [{ loginId: '1071' }] },
    })
    expect(seen[0]?.url).toBe('/finesse/api/Team/34?includeLoggedOutAgents=true')
  })

  it('reads dialogs', async () => {
    const { client, seen } = await start(xml('<Dialogs><Dialog><id>7</id></Dialog></Dialogs>'))
    expect(await client.dialogs('1071')).toMatchObject({ ok: true, value: [{ id: '7' }] })
    expect(seen[0]?.url).toBe('/finesse/api/User/1071/Dialogs')
  })

  it.each([
    ['another object', xml('<Team><id>1</id></Team>'), /"team" instead of "user"/],
    ['an unknown root', xml('<Whatever/>'), /"Whatever" instead of "user"/],
    ['broken XML', xml('<User><loginId>'), /well-formed/],
    ['a DOCTYPE', xml('<!DOCTYPE x [<!ENTITY a "b">]><User/>'), /DOCTYPE/],
    ['JSON', xml('{"loginId":"1071"}'), /well-formed/],
    ['nothing', xml(''), /empty/],
    ['an HTML page', xml('<!doctype html><p>Sign in'), /HTML/],
    [
      'another character set',
      (response: ServerResponse) =>
        response.end(Buffer.from('<User><loginId>J\xf6rg</loginId></User>', 'latin1')),
      /UTF-8/,
    ],
  ])('R14: %s instead of a user is malformed', async (_, answer, problem) => {
    const { client } = await start(answer)
    const result = await client.user('1071')
    expect(result).toMatchObject({ ok: false, error: { kind: 'malformed', status: 200 } })
    expect(!result.ok && result.error.kind === 'malformed' && result.error.problem).toMatch(problem)
  })
})

describe('refusals', () => {
  it.each([400, 401, 403, 404, 405, 409, 500, 501, 503])(
    'R5, R6: %i keeps the words of Finesse, and is not repeated',
    async (status) => {
      const { client, seen } = await start(xml(ERRORS, status))
      for (const result of [await client.user('1071'), await client.signIn('1071', '2001', 'r1')]) {
        expect(result).toMatchObject({
          ok: false,
          error: {
            kind: 'status',
            status,
            body: 'finesse',
            errors: [{ type: 'Invalid Input', message: 'No', data: 'state' }],
          },
        })
        expect(JSON.stringify(result)).not.toMatch(/p.ssword|Basic/)
      }
      expect(seen).toHaveLength(2)
    },
  )

  it.each([
    ['<html><body>Bad Gateway', 'text/html', 'html'],
    ['<!DOCTYPE HTML><p>x', 'application/xml', 'html'],
    ['', 'application/xml', 'empty'],
    ['  \n', 'application/xml', 'empty'],
    ['upstream error', 'text/plain', 'other'],
    ['<User/>', 'application/xml', 'other'],
  ])('R6: %j as %s is %s', async (body, type, kind) => {
    const { client } = await start((response) => {
      response.writeHead(502, { 'content-type': type }).end(body)
    })
    expect(await client.user('1071')).toEqual({
      ok: false,
      error: { kind: 'status', status: 502, retryAfterMs: null, errors: [], body: kind },
    })
  })

  it.each([429, 503])('R8: %i tells how long to wait', async (status) => {
    const { client } = await start((response) => {
      response.writeHead(status, { 'retry-after': '7' }).end()
    })
    expect(await client.user('1071')).toMatchObject({ error: { status, retryAfterMs: 7_000 } })
  })

  faultTest('R12', 'a redirect is told and not followed', async (t) => {
    t.watch()
    const target = await start(xml(USER))
    const location = `https://localhost:${String(target.server.port)}/finesse/api/User/1071`
    const { client } = await start((response) => {
      response.writeHead(302, { location }).end('x'.repeat(100_000))
    })
    expect(await client.user('1071')).toEqual({
      ok: false,
      error: { kind: 'redirect', status: 302, location },
    })
    expect(await client.setState('1071', { state: 'READY', reasonCodeId: null }, 'r')).toMatchObject({
      error: { kind: 'redirect' },
    })
    expect(target.seen).toEqual([])
  })
})

describe('writing', () => {
  it.each([
    [200, ''],
    [202, ''],
    [202, '<User/>'],
    [204, ''],
  ])('%i with %j is accepted', async (status, body) => {
    const { client, seen } = await start(xml(body, status))
    const request = { state: 'NOT_READY', reasonCodeId: '49' }
    expect(await client.setState('1071', request, 'id-1')).toEqual({
      ok: true,
      value: { status, requestId: 'id-1' },
    })
    expect(seen).toMatchObject([
      {
        method: 'PUT',
        url: '/finesse/api/User/1071',
        headers: {
          'content-type': 'application/xml',
          requestid: 'id-1',
          authorization: basic('1071:pässword'),
        },
      },
    ])
    expect(seen[0]?.body).toBe('<User><state>NOT_READY</state><reasonCodeId>49</reasonCodeId></User>')
  })

  it('signs in and out', async () => {
    const { client, seen } = await start(xml('', 202))
    await client.signIn('1071', '001001', 'a')
    await client.signOut('1071', '5', 'b')
    await client.signOut('1071', null, 'c')
    expect(seen.map(({ body }) => body)).toEqual([
      '<User><state>LOGIN</state><extension>001001</extension></User>',
      '<User><state>LOGOUT</state><reasonCodeId>5</reasonCodeId></User>',
      '<User><state>LOGOUT</state></User>',
    ])
  })

  it('is not accepted by the sign-in page of somebody else', async () => {
    const { client } = await start(xml('<html>Welcome to our hotel'))
    expect(await client.signIn('1071', '2001', 'r')).toMatchObject({ error: { kind: 'malformed' } })
  })
})

describe('SystemInfo', () => {
  const info = (time: number) =>
    `<SystemInfo><status>IN_SERVICE</status><currentTimestamp>${new Date(time).toISOString()}</currentTimestamp></SystemInfo>`

  it('is read without credentials, and the clock at the middle of the round trip', async () => {
    const clock = manualClock()
    const { client, seen } = await start(
      (response) => {
        const serverTime = clock.now() + 40 + 5_000
        clock.advance(80)
        xml(info(serverTime))(response)
      },
      { clock },
    )
    expect(await client.systemInfo()).toMatchObject({
      ok: true,
      value: { info: { status: 'IN_SERVICE' }, clockOffsetMs: 5_000, roundTripMs: 80 },
    })
    expect(seen).toHaveLength(1)
    expect(seen[0]?.headers).not.toHaveProperty('authorization')
  })

  for (const [name, skew] of [
    ['a day behind', -86_400_000],
    ['an hour behind', -3_600_000],
    ['an hour ahead', 3_600_000],
    ['a day ahead', 86_400_000],
  ] as const)
    faultTest('T1', `this machine is ${name}: the offset says so, whatever the round trip`, async (t) => {
      const serverNow = Date.UTC(2026, 5, 1, 12)
      const clock = manualClock(serverNow + skew)
      const { client } = await start(
        (response) => {
          clock.advance(1_000)
          xml(info(serverNow + 1_000))(response)
          clock.advance(1_000)
        },
        { clock },
      )
      t.watch()
      expect(await client.systemInfo()).toMatchObject({
        ok: true,
        value: { clockOffsetMs: -skew, roundTripMs: 2_000 },
      })
    })

  it('has no offset without a time', async () => {
    const { client } = await start(xml('<SystemInfo><status>IN_SERVICE</status></SystemInfo>'))
    expect(await client.systemInfo()).toMatchObject({ ok: true, value: { clockOffsetMs: null } })
  })

  it('is asked again once with credentials when a reverse proxy wants them', async () => {
    const { client, seen } = await start((response, request) => {
      xml(info(0), request.headers.authorization === undefined ? 401 : 200)(response)
    })
    expect(await client.systemInfo()).toMatchObject({ ok: true })
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, basic('1071:pässword')])
  })

  it('is not asked a third time, nor a second time without credentials', async () => {
    const { client, seen } = await start(xml('', 401))
    expect(await client.systemInfo()).toMatchObject({ error: { kind: 'status', status: 401 } })
    expect(seen).toHaveLength(2)
    const anonymous = await start(xml('', 401), { credentials: () => null })
    expect(await anonymous.client.systemInfo()).toMatchObject({ error: { status: 401 } })
    expect(anonymous.seen).toHaveLength(1)
  })
})

describe('reason codes', () => {
  const code = (id: number, extra: string) =>
    `<ReasonCode><uri>/finesse/api/ReasonCode/${String(id)}</uri><code>${String(id + 100)}</code>${extra}</ReasonCode>`
  const LIST = `<ReasonCodes category="NOT_READY">${[
    code(1, '<category>NOT_READY</category><systemCode>false</systemCode>'),
    code(2, '<category>LOGOUT</category>'),
    code(3, '<category>NOT_READY</category><systemCode>true</systemCode>'),
    code(4, ''),
  ].join('')}</ReasonCodes>`

  it('come from the team, without system codes and those of the other category', async () => {
    const { client, seen } = await start(xml(LIST))
    const result = await client.reasonCodes('1071', '34', 'NOT_READY')
    expect(result.ok && result.value.codes.map(({ id }) => id)).toEqual(['1', '4'])
    expect(seen.map(({ url }) => url)).toEqual([
      '/finesse/api/TeamResource/34/ReasonCodes?category=NOT_READY',
    ])
  })

  it.each([400, 404, 501])('come from the user when the team answers %i', async (status) => {
    const { client, seen } = await start((response, _, count) => {
      xml(LIST, count === 1 ? status : 200)(response)
    })
    expect(await client.reasonCodes('1071', '34', 'NOT_READY')).toMatchObject({ ok: true })
    expect(seen[1]?.url).toBe('/finesse/api/User/1071/ReasonCodes?category=NOT_READY')
  })

  it.each([401, 500, 503])('are not asked for again after %i', async (status) => {
    const { client, seen } = await start(xml('', status))
    expect(await client.reasonCodes('1071', '34', 'LOGOUT')).toMatchObject({ error: { status } })
    expect(seen).toHaveLength(1)
  })

  it('come from the user when there is no team', async () => {
    const { client, seen } = await start(xml('<ReasonCodes category="LOGOUT"/>'))
    expect(await client.reasonCodes('1071', null, 'LOGOUT')).toEqual({
      ok: true,
      value: { category: 'LOGOUT', codes: [] },
    })
    expect(seen.map(({ url }) => url)).toEqual(['/finesse/api/User/1071/ReasonCodes?category=LOGOUT'])
  })
})
