import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { CAUSE_IDS, CAUSE_PARAMS, type Cause } from '../../src-contract/causes/ids'
import { wordCause } from '../../src-contract/causes/words'
import { PROBLEM_CODES } from '../../src-contract/problem'
import type { ConnectionFailure, TlsProblem } from '../finesse/failures'
import type { RestFailure } from '../finesse/rest/types'
import { STAGES } from '../finesse/stages'
import { causeOfConnection, causeOfProblem, causeOfRest, type CauseContext } from './causeOf'
import { testSeed } from '../testing/seed'
import type { AskedCall } from './rest'
import { liveCases } from './testing/liveCases'
import { networkCases } from './testing/networkCases'
import { restCases } from './testing/restCases'
import { tlsCases } from './testing/tlsCases'
import { upgradeCases } from './testing/upgradeCases'
import { xmppCases } from './testing/xmppCases'

const all = [...networkCases, ...tlsCases, ...upgradeCases, ...xmppCases, ...liveCases, ...restCases]

test('every cause is provoked by a test', () => {
  expect([...new Set(all.map(({ id }) => id))].sort()).toEqual([...CAUSE_IDS].sort())
})

test('no two provocations are called the same', () => {
  const titles = all.map(({ id, how }) => `${id}: ${how}`)
  expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
})

const text = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.constantFrom('', '__proto__', 'constructor', 'ECONNRESET', 'ENOTFOUND', 'PROXY_AUTH', 'ERR_SSL_X'),
)
const stage = fc.constantFrom(...STAGES)
const host = fc.constantFrom('fin-a.example.com', 'fin-a', '10.0.0.1', '::1', '')
const port = fc.constantFrom(8445, 7443, 443, 0)
const ms = fc.integer({ min: 0 })
const time = fc.oneof(fc.integer(), fc.double(), fc.constant(0))

const certificate = fc.record({
  subject: text,
  issuer: text,
  validFrom: time,
  validTo: time,
  subjectAltNames: fc.array(text, { maxLength: 3 }),
  fingerprint256: text,
  selfSigned: fc.boolean(),
  pem: fc.constant(''),
})

const TLS: readonly TlsProblem[] = [
  'expired',
  'notYetValid',
  'wrongHost',
  'selfSigned',
  'untrustedIssuer',
  'pinMismatch',
  'protocol',
  'other',
]

const failure: fc.Arbitrary<ConnectionFailure> = fc.oneof(
  fc.record({ kind: fc.constant('dns' as const), host, code: text }),
  fc.record({ kind: fc.constant('tcp' as const), host, port, code: text }),
  fc.record({
    kind: fc.constant('tls' as const),
    host,
    port,
    problem: fc.constantFrom(...TLS),
    code: text,
    certificate: fc.option(certificate),
  }),
  fc.record({
    kind: fc.constant('upgrade' as const),
    status: fc.integer(),
    retryAfterMs: fc.option(ms),
    location: fc.option(text),
  }),
  fc.record({ kind: fc.constant('subprotocol' as const), offered: text }),
  fc.record({ kind: fc.constant('timeout' as const), stage, ms }),
  fc.record({ kind: fc.constant('mechanism' as const), offered: fc.array(text, { maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom('auth' as const, 'bind' as const), condition: text }),
  fc.record({ kind: fc.constant('subscribe' as const), node: text, condition: text }),
  fc.record({ kind: fc.constant('streamError' as const), condition: text, text }),
  fc.record({ kind: fc.constantFrom('malformed' as const, 'internal' as const), problem: text }),
  fc.record({ kind: fc.constant('tooLarge' as const), limitBytes: ms }),
  fc.record({ kind: fc.constant('closed' as const), code: fc.integer(), reason: text }),
  fc.record({ kind: fc.constant('socket' as const), code: text }),
  fc.record({ kind: fc.constant('pingTimeout' as const), silentMs: ms }),
  fc.constantFrom(
    { kind: 'presence' as const },
    { kind: 'conflict' as const },
    { kind: 'closedByUs' as const },
  ),
)

const apiError = fc.record({
  type: fc.option(text),
  message: fc.option(text),
  data: fc.option(text),
  peripheralErrorCode: fc.option(text),
  peripheralErrorMessage: fc.option(text),
  peripheralErrorText: fc.option(text),
})

const restFailure: fc.Arbitrary<RestFailure> = fc.oneof(
  fc.record({ kind: fc.constant('connection' as const), failure }),
  fc.record({ kind: fc.constant('timeout' as const), ms }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.oneof(fc.integer(), fc.constantFrom(400, 401, 403, 404, 429, 500, 502, 503, 504)),
    retryAfterMs: fc.option(ms),
    errors: fc.array(apiError, { maxLength: 2 }),
    body: fc.constantFrom('finesse' as const, 'html' as const, 'empty' as const, 'other' as const),
  }),
  fc.record({ kind: fc.constant('malformed' as const), status: fc.integer(), problem: text }),
  fc.record({ kind: fc.constant('tooLarge' as const), limitBytes: ms }),
  fc.record({ kind: fc.constant('redirect' as const), status: fc.integer(), location: text }),
  fc.constant({ kind: 'cancelled' as const }),
)

const CALLS: readonly AskedCall[] = [
  'systemInfo',
  'user',
  'signIn',
  'signOut',
  'setState',
  'reasonCodes',
  'team',
  'dialogs',
  'other',
]

const context: fc.Arbitrary<CauseContext> = fc.record(
  {
    host,
    port,
    loginId: text,
    version: fc.option(fc.constantFrom('12.6+', '12.5', '<12.5', '15.0(1)', 'x')),
    clockOffsetMs: fc.option(time),
    facts: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.array(text, { maxLength: 2 }))),
    extension: text,
    xmppDomain: text,
    now: time,
    chain: fc.array(certificate, { maxLength: 3 }),
    trustedPorts: fc.array(port, { maxLength: 2 }),
    deployment: fc.option(fc.constantFrom('UCCE', 'UCCX')),
    authMode: fc.option(fc.constantFrom('SSO', 'NON_SSO', 'HYBRID')),
    wrongPasswords: fc.nat(8),
    passwordWorked: fc.boolean(),
  },
  { requiredKeys: ['host', 'port', 'loginId', 'version', 'clockOffsetMs', 'facts'] },
)

const expectWhole = (found: Cause): void => {
  expect(CAUSE_IDS).toContain(found.id)
  for (const name of ['host', 'port', ...CAUSE_PARAMS[found.id]])
    expect([found.id, name, typeof found.params[name]]).not.toContain('undefined')
  for (const value of Object.values(found.params)) expect(String(value).length).toBeLessThanOrEqual(300)
  for (const locale of ['en', 'nl'] as const) expect(wordCause(locale, found).title).not.toBe('')
}

describe('whatever happens has a cause, and words', () => {
  test('connections', () => {
    fc.assert(
      fc.property(failure, stage, context, (one, at, around) => {
        expectWhole(causeOfConnection(one, at, around))
      }),
      { numRuns: 1_000, seed: testSeed() },
    )
  })

  test('REST calls', () => {
    fc.assert(
      fc.property(restFailure, fc.constantFrom(...CALLS), context, (one, call, around) => {
        expectWhole(causeOfRest(one, call, around))
      }),
      { numRuns: 1_000, seed: testSeed() },
    )
  })

  it.each(STAGES)('a step that took too long: %s', (step) => {
    const around = { host: 'a', port: 8445, loginId: '1', version: null, clockOffsetMs: null, facts: {} }
    const told = { code: 'stepTimeout', params: { stage: step, seconds: 5 } } as const
    expect(causeOfProblem(told, around).id).toBe(
      causeOfConnection({ kind: 'timeout', stage: step, ms: 5_000 }, step, around).id,
    )
  })

  it.each(PROBLEM_CODES)('the problem %s', (code) => {
    const found = causeOfProblem(
      { code, params: { host: 'fin-b.example.com', port: 443 } },
      {
        host: 'fin-a.example.com',
        port: 8445,
        loginId: '1001',
        version: null,
        clockOffsetMs: null,
        facts: {},
      },
    )
    expect(CAUSE_IDS).toContain(found.id)
    expect(found.params).toMatchObject({ host: 'fin-b.example.com', port: 443 })
  })
})
