import { describe, expect, it } from 'vitest'
import type { ProblemCode } from '../../src-contract/problem'
import type { CertificateFacts, ConnectionFailure, TlsProblem } from '../finesse/failures'
import type { RestFailure } from '../finesse/rest/types'
import { apiErrorProblem, connectionProblem, restProblem, type RestCall } from './problems'
import { apiError } from './testing/samples'

const context = { host: 'fin-a.example.com', port: 8445, loginId: '1071', extension: '1001071' }
const certificate: CertificateFacts = {
  subject: 'CN=other',
  issuer: 'CN=ca',
  validFrom: 1,
  validTo: 2,
  subjectAltNames: ['a', 'b'],
  fingerprint256: 'AA',
  selfSigned: false,
  pem: 'PEM',
}
const tls = (problem: TlsProblem): ConnectionFailure => ({
  kind: 'tls',
  host: 'h',
  port: 1,
  problem,
  code: 'C',
  certificate,
})
const tcp = (code: string): ConnectionFailure => ({ kind: 'tcp', host: 'h', port: 1, code })

describe('why a connection ended', () => {
  it.each<[ConnectionFailure, ProblemCode, object]>([
    [{ kind: 'dns', host: 'nowhere', code: 'ENOTFOUND' }, 'hostNotFound', { host: 'nowhere', stage: 'dns' }],
    [tcp('ECONNREFUSED'), 'connectionRefused', { host: 'h', port: 1, stage: 'tcp' }],
    [tcp('ECONNRESET'), 'connectionReset', { code: 'ECONNRESET' }],
    [tcp('EHOSTUNREACH'), 'hostUnreachable', { code: 'EHOSTUNREACH' }],
    [tls('expired'), 'certificateExpired', { validTo: 2, subject: 'CN=other' }],
    [tls('notYetValid'), 'certificateNotYetValid', { validFrom: 1 }],
    [tls('wrongHost'), 'certificateWrongHost', { name: 'a, b' }],
    [tls('selfSigned'), 'certificateUntrusted', { issuer: 'CN=ca' }],
    [tls('untrustedIssuer'), 'certificateUntrusted', {}],
    [tls('pinMismatch'), 'certificateChanged', {}],
    [tls('protocol'), 'tlsProtocol', { code: 'C' }],
    [tls('other'), 'tlsProtocol', {}],
    [
      { kind: 'upgrade', status: 404, retryAfterMs: null, location: null },
      'upgradeRefused',
      { status: 404, stage: 'upgrade' },
    ],
    [{ kind: 'subprotocol', offered: 'chat' }, 'subprotocolMissing', { name: 'chat' }],
    [{ kind: 'timeout', stage: 'bind', ms: 5_000 }, 'stepTimeout', { stage: 'bind', seconds: 5 }],
    [{ kind: 'mechanism', offered: ['SCRAM-SHA-1'] }, 'mechanismMissing', { mechanisms: 'SCRAM-SHA-1' }],
    [{ kind: 'auth', condition: 'not-authorized' }, 'passwordWrong', { id: '1071', stage: 'auth' }],
    [{ kind: 'auth', condition: 'account-disabled' }, 'accountLocked', { id: '1071' }],
    [
      { kind: 'auth', condition: 'temporary-auth-failure' },
      'streamError',
      { condition: 'temporary-auth-failure' },
    ],
    [{ kind: 'bind', condition: 'conflict' }, 'bindRefused', { condition: 'conflict' }],
    [{ kind: 'subscribe', node: '/n', condition: 'forbidden' }, 'subscribeRefused', { node: '/n' }],
    [{ kind: 'conflict' }, 'signedInElsewhere', {}],
    [{ kind: 'streamError', condition: 'conflict', text: '' }, 'signedInElsewhere', {}],
    [
      { kind: 'streamError', condition: 'host-gone', text: 'bye' },
      'streamError',
      { condition: 'host-gone', message: 'bye' },
    ],
    [{ kind: 'malformed', problem: 'p' }, 'malformedFrame', { message: 'p' }],
    [{ kind: 'tooLarge', limitBytes: 1_048_576 }, 'answerTooLarge', { limit: 1 }],
    [{ kind: 'closed', code: 1001, reason: 'r' }, 'connectionClosed', { code: 1001, message: 'r' }],
    [{ kind: 'socket', code: 'EPIPE' }, 'connectionReset', { code: 'EPIPE' }],
    [{ kind: 'pingTimeout', silentMs: 20_000 }, 'pingTimeout', { seconds: 20 }],
    [{ kind: 'presence' }, 'finesseAbsent', {}],
    [{ kind: 'closedByUs' }, 'cancelled', {}],
    [{ kind: 'internal', problem: 'x' }, 'internal', { message: 'x' }],
  ])('%o is %s', (failure, code, params) => {
    const problem = connectionProblem(failure, context)
    expect(problem.code).toBe(code)
    expect(problem.params).toMatchObject(params)
    expect(JSON.stringify(problem)).not.toContain('PEM')
  })
})

const status = (
  code: number,
  type: string | null = null,
  body: 'finesse' | 'html' = 'html',
): RestFailure => ({
  kind: 'status',
  status: code,
  retryAfterMs: null,
  errors: type === null ? [] : [apiError(null, null, type)],
  body: type === null ? body : 'finesse',
})

describe('why a call gave nothing', () => {
  it.each<[RestCall, RestFailure, ProblemCode, object]>([
    ['systemInfo', status(404), 'notFinesse', { host: 'fin-a.example.com', status: 404 }],
    ['systemInfo', { kind: 'malformed', status: 200, problem: 'HTML' }, 'notFinesse', {}],
    ['systemInfo', status(503), 'outOfService', { status: 503, stage: 'systemInfo' }],
    [
      'systemInfo',
      { kind: 'redirect', status: 302, location: 'https://x/' },
      'redirected',
      { path: 'https://x/' },
    ],
    ['systemInfo', { kind: 'connection', failure: tcp('ECONNREFUSED') }, 'connectionRefused', {}],
    ['signIn', status(401, 'Authorization Failure'), 'passwordWrong', { id: '1071', stage: 'signIn' }],
    ['signIn', status(401), 'passwordWrong', {}],
    ['signIn', status(404, 'User Not Found'), 'userUnknown', { id: '1071' }],
    ['signIn', status(404), 'httpStatus', { status: 404 }],
    ['user', status(404, 'User Not Found'), 'userUnknown', {}],
    ['setState', status(401, 'Invalid State'), 'stateRefused', { type: 'Invalid State' }],
    ['setState', status(401, 'Unauthorized'), 'forbidden', {}],
    ['setState', status(400, 'Invalid Destination'), 'finesseRefused', { type: 'Invalid Destination' }],
    ['setState', status(405), 'httpStatus', { status: 405 }],
    ['setState', status(409), 'httpStatus', { status: 409 }],
    ['setState', status(429), 'httpStatus', { status: 429 }],
    ['setState', status(500), 'serverError', {}],
    ['setState', status(502), 'serverError', {}],
    ['setState', status(504), 'serverError', {}],
    ['setState', status(503, 'Service Unavailable'), 'outOfService', {}],
    ['team', status(401, 'Authorization Failure'), 'forbidden', {}],
    ['team', status(403), 'forbidden', {}],
    ['team', status(404, 'Not Found'), 'httpStatus', {}],
    ['dialogs', { kind: 'malformed', status: 200, problem: 'p' }, 'answerUnreadable', { message: 'p' }],
    ['dialogs', { kind: 'tooLarge', limitBytes: 16_777_216 }, 'answerTooLarge', { limit: 16 }],
    ['dialogs', { kind: 'timeout', ms: 10_000 }, 'stepTimeout', { stage: 'dialogs', seconds: 10 }],
    ['dialogs', { kind: 'cancelled' }, 'cancelled', {}],
  ])('%s: %o is %s', (call, failure, code, params) => {
    const problem = restProblem(failure, call, context)
    expect(problem.code).toBe(code)
    expect(problem.params).toMatchObject(params)
  })
})

describe("Finesse's own refusals", () => {
  it.each<['login' | 'state', string | null, string | null, string | null, ProblemCode]>([
    ['login', '260', 'CF_INVALID_LOGON_DEVICE_SPECIFIED', 'Invalid Device', 'extensionUnknown'],
    ['login', '1001071', 'CF_INVALID_LOGON_DEVICE_SPECIFIED', 'Invalid Device', 'extensionUnknown'],
    ['login', '283', 'CF_SPECIFIED_EXTENSION_ALREADY_IN_USE', 'Generic Error', 'extensionInUse'],
    ['login', '259', 'CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON', 'Generic Error', 'alreadySignedOn'],
    ['login', '257', 'CF_INVALID_PASSWORD_SPECIFIED', 'Generic Error', 'passwordWrong'],
    ['login', '258', null, 'Generic Error', 'passwordWrong'],
    ['login', '289', 'CF_AGENT_ACCOUNT_LOCKED_OUT', 'Generic Error', 'accountLocked'],
    ['login', '287', 'CF_DEVICE_RESTRICTED', 'Generic Error', 'deviceRefused'],
    ['login', null, null, 'Invalid Device', 'deviceRefused'],
    ['login', null, null, 'Mode Not Allowed', 'deviceRefused'],
    ['login', 'extension', 'Extension missing', 'Parameter Missing', 'extensionUnknown'],
    ['login', '88004', 'CCX_AGENT_DEVICE_OFF', 'Generic Error', 'deviceRefused'],
    ['state', '257', 'CF_INVALID_PASSWORD_SPECIFIED', 'Invalid State', 'stateRefused'],
    ['state', '1010', 'CF_INVALID_PARAMETER', 'Invalid State', 'stateRefused'],
    ['state', '22', 'CF_INVALID_OBJECT_STATE', 'Invalid State', 'stateRefused'],
    ['state', '265', 'CF_INVALID_AGENT_WORKMODE', 'Invalid State', 'notAllowedNow'],
    ['state', '33', 'CF_RESOURCE_BUSY', 'Invalid State', 'notAllowedNow'],
    ['state', '281', 'CF_REASON_CODE_REQUIRED', 'Invalid State', 'reasonRequired'],
    ['state', 'reasonCodeId', 'Reason code missing', 'Parameter Missing', 'reasonRequired'],
    ['state', '266', 'CF_INVALID_AGENT_REASON_CODE', 'Generic Error', 'reasonUnknown'],
    ['state', '78', 'REQUEST_TIMEOUT', 'Internal Server Error', 'finesseRefused'],
    ['state', null, null, null, 'finesseRefused'],
  ])('%s %s %s %s is %s', (asked, data, message, type, code) => {
    const problem = apiErrorProblem(apiError(data, message, type), asked, context)
    expect(problem.code).toBe(code)
    expect(problem.params).toMatchObject({ type: type ?? '', message: message ?? '', data: data ?? '' })
  })
})
