import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { harOf } from './har'
import { attempts } from './testing/arbitraries'
import { failedAttempt, SAMPLE_AT, sampleAttempt, sampleCall } from './testing/samples'

const require = createRequire(import.meta.url)
const schemas = require('har-schema') as Readonly<Record<string, object>>

const ajv = new Ajv({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as object)
for (const schema of Object.values(schemas)) ajv.addSchema(schema)

/** What the published schema of HAR 1.2 finds wrong. */
const faultsOf = (har: unknown): unknown => {
  const valid = ajv.validate('har.json#', har)
  return valid ? null : ajv.errors
}

const written = (har: unknown): unknown => JSON.parse(JSON.stringify(har))

describe('an attempt as HAR', () => {
  it('keeps to the published schema', () => {
    expect(faultsOf(written(harOf(sampleAttempt(), { version: '0.1.0' })))).toBeNull()
    expect(faultsOf(written(harOf(failedAttempt(), { version: '0.1.0' })))).toBeNull()
  })

  it('the schema is really asked', () => {
    const { log } = harOf(sampleAttempt(), { version: '0.1.0' })
    expect(faultsOf({ log: { ...log, version: undefined } })).not.toBeNull()
    expect(
      faultsOf({ log: { ...log, entries: [{ ...log.entries[0], startedDateTime: 'today' }] } }),
    ).not.toBeNull()
  })

  it('keeps to the published schema whatever was captured', () => {
    fc.assert(
      fc.property(attempts, (attempt) => {
        const har = written(harOf(attempt, { version: '0.1.0' }))
        expect(faultsOf(har)).toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  it('tells the upgrade with its frames as Chrome does', () => {
    const { log } = harOf(sampleAttempt(), { version: '0.1.0' })
    const socket = log.entries.find((entry) => entry.request.url.startsWith('wss:'))
    expect(socket).toMatchObject({
      startedDateTime: '2026-01-20T09:00:00.000Z',
      serverIPAddress: '10.1.2.3',
      request: {
        method: 'GET',
        url: 'wss://fin-a.example.com:8445/ws/',
        httpVersion: 'HTTP/1.1',
        headers: [
          { name: 'Host', value: 'fin-a.example.com:8445' },
          { name: 'Upgrade', value: 'websocket' },
        ],
      },
      response: { status: 101, statusText: 'Switching Protocols', headers: [{}, { value: 'nginx' }] },
      timings: { dns: 3, connect: 15, ssl: 11, send: 0, wait: 6, receive: 0 },
      time: 24,
      _resourceType: 'websocket',
    })
    expect(socket?._webSocketMessages?.map(({ type, time }) => [type, time])).toEqual([
      ['send', (SAMPLE_AT + 25) / 1000],
      ['receive', (SAMPLE_AT + 27) / 1000],
      ['send', (SAMPLE_AT + 30) / 1000],
    ])
    expect(socket?._webSocketMessages?.[1]).toMatchObject({
      opcode: 1,
      data: expect.stringContaining('id="x1"'),
    })
  })

  it('tells REST calls with bodies and phases, oldest entry first', () => {
    const { log } = harOf(sampleAttempt(), { version: '0.1.0' })
    expect(log.entries.map((entry) => entry.request.url)).toEqual([
      'https://fin-a.example.com:8445/finesse/api/User/1071?x=1',
      'wss://fin-a.example.com:8445/ws/',
    ])
    expect(log.entries[0]).toMatchObject({
      time: 40,
      request: { queryString: [{ name: 'x', value: '1' }], bodySize: 0 },
      response: {
        status: 200,
        content: { size: 41, mimeType: 'application/xml', text: '<User><loginId>1071</loginId></User>' },
      },
      timings: { dns: 1, connect: 7, ssl: 5, wait: 20, receive: 12 },
    })
  })

  it('a connection that never was has status 0 and its cause', () => {
    const { log } = harOf(failedAttempt(), { version: '0.1.0' })
    expect(log.entries).toMatchObject([
      {
        request: { url: 'wss://fin-a.example.com:8445/', headers: [] },
        response: { status: 0 },
        timings: { dns: 30, connect: -1 },
        _error: 'hostNotFound',
        _cause: 'unknown',
      },
    ])
  })

  it('a call on a kept connection has no DNS, no TCP and no TLS; a text that was cut says so', () => {
    const kept = sampleCall({
      timings: { dnsMs: null, tcpMs: null, tlsMs: null, waitMs: 9 },
      exchange: [{ direction: 'received', at: 0, text: 'HTTP/1.1 200 OK\r\n\r\nx', cut: 7 }],
    })
    const { log } = harOf(sampleAttempt({ calls: [kept] }), { version: '0.1.0' })
    expect(log.entries[0]).toMatchObject({
      timings: { dns: -1, connect: -1, ssl: -1, wait: 9 },
      response: { comment: '7 characters left out' },
    })
  })
})
