import type { ServerResponse } from 'node:http'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { parseXml, BODY_LIMITS } from '../codec'
import { closeKept, localLookup } from '../transport/testing/attempt'
import { authority, type TestAuthority } from '../transport/testing/certificates'
import { realClock } from '../transport/testing/clocks'
import { createTrust } from '../transport/trust'
import { CLIENT_LOG_BYTES, clientLogBytes, sendClientLog } from './clientLog'
import { startNode } from './testing/node'

let ca: TestAuthority

beforeAll(async () => {
  ca = await authority()
})

afterEach(closeKept)

const start = async (status: number, body = '', strange = false) => {
  const { seen, server } = await startNode(ca, (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body)
  })
  const stranger = strange ? await authority() : ca
  return {
    seen,
    send: (text: string, userId = '1071', signal?: AbortSignal) =>
      sendClientLog(
        {
          host: 'localhost',
          port: server.port,
          trust: createTrust({ extraCaPem: stranger.cert, pins: [] }),
          credentials: () => ({ id: '1071', password: 'pässword' }),
          clock: realClock,
          lookup: localLookup,
        },
        { userId, text, requestId: 'r7', ...(signal === undefined ? {} : { signal }) },
      ),
  }
}

it('posts the text as the log of the user', async () => {
  const { seen, send } = await start(202)
  const text = 'a <b> & "c" \u0000 ä\r\nend'
  expect(await send(text, 'jörg/1')).toEqual({ ok: true, value: { status: 202, requestId: 'r7' } })
  expect(seen).toMatchObject([
    {
      method: 'POST',
      url: '/finesse/api/User/j%C3%B6rg%2F1/ClientLog',
      headers: { 'content-type': 'application/xml', requestid: 'r7' },
    },
  ])
  expect(seen[0]?.headers.authorization).toMatch(/^Basic /)
  const body = parseXml(seen[0]?.body ?? '', BODY_LIMITS)
  expect(body.ok && [body.value.name, body.value.children[0]?.name]).toEqual(['ClientLog', 'logData'])
  expect(body.ok && body.value.children[0]?.text).toBe('a <b> & "c" \uFFFD ä\r\nend')
})

it('keeps under the limit of the server as it is counted after escaping', async () => {
  const { seen, send } = await start(202)
  // Five bytes each once escaped.
  const tooMuch = '&'.repeat(200_001)
  expect(await send(tooMuch)).toEqual({
    ok: false,
    error: { kind: 'tooLarge', limitBytes: CLIENT_LOG_BYTES },
  })
  expect(seen).toHaveLength(0)
  const fits = '&'.repeat(Math.floor((CLIENT_LOG_BYTES - clientLogBytes('')) / 5))
  expect(await send(fits)).toMatchObject({ ok: true })
  expect(seen[0]?.body.length).toBeLessThanOrEqual(CLIENT_LOG_BYTES)
  expect(seen[0]?.body.length).toBeGreaterThan(CLIENT_LOG_BYTES - 5)
})

it('says why Finesse would not have it, and asks once only', async () => {
  const { seen, send } = await start(
    400,
    '<ApiErrors><ApiError><ErrorType>Invalid Input</ErrorType><ErrorMessage>No</ErrorMessage><ErrorData>logData</ErrorData></ApiError></ApiErrors>',
  )
  expect(await send('x')).toMatchObject({
    ok: false,
    error: { kind: 'status', status: 400, errors: [{ type: 'Invalid Input', data: 'logData' }] },
  })
  expect(seen).toHaveLength(1)
})

it('a page that says 200 is no answer of Finesse', async () => {
  const { send } = await start(200, '<!doctype html><p>Sign in')
  expect(await send('x')).toMatchObject({ ok: false, error: { kind: 'malformed' } })
})

it('is never sent to a server whose certificate is not trusted', async () => {
  const { seen, send } = await start(202, '', true)
  expect(await send('x')).toMatchObject({
    ok: false,
    error: { kind: 'connection', failure: { kind: 'tls' } },
  })
  expect(seen).toHaveLength(0)
})

it('can be given up', async () => {
  const { send } = await start(202)
  expect(await send('x', '1071', AbortSignal.abort())).toEqual({ ok: false, error: { kind: 'cancelled' } })
})
