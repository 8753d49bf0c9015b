import { problem, type Problem, type ProblemCode } from '../../src-contract/problem'
import type { CertificateFacts, ConnectionFailure, TlsProblem } from '../finesse/failures'
import type { ApiError, SystemInfo } from '../finesse/model'
import type { RestFailure } from '../finesse/rest/types'

/** Whom we talked to and as whom: facts a sentence may need. */
export interface ProblemContext {
  readonly host: string
  readonly port: number
  readonly loginId: string
  readonly extension: string
}

export type RestCall =
  'systemInfo' | 'user' | 'signIn' | 'signOut' | 'setState' | 'reasonCodes' | 'team' | 'dialogs' | 'clientLog'

const REFUSED_CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['ECONNREFUSED', 'connectionRefused'],
  ['ECONNRESET', 'connectionReset'],
  ['EPIPE', 'connectionReset'],
])

const TLS_CODES: Readonly<Record<TlsProblem, ProblemCode>> = {
  expired: 'certificateExpired',
  notYetValid: 'certificateNotYetValid',
  wrongHost: 'certificateWrongHost',
  selfSigned: 'certificateUntrusted',
  untrustedIssuer: 'certificateUntrusted',
  pinMismatch: 'certificateChanged',
  protocol: 'tlsProtocol',
  other: 'tlsProtocol',
}

const certificateParams = (certificate: CertificateFacts | null): Problem['params'] =>
  certificate === null
    ? {}
    : {
        subject: certificate.subject,
        issuer: certificate.issuer,
        validFrom: certificate.validFrom,
        validTo: certificate.validTo,
        name: certificate.subjectAltNames.join(', '),
      }

const seconds = (ms: number): number => Math.max(1, Math.round(ms / 1000))
const mebibytes = (bytes: number): number => Math.max(1, Math.round(bytes / 1_048_576))

/** SASL conditions (RFC 6120, 6.5) that say nothing about the password. */
const authProblem = (condition: string, context: ProblemContext): Problem => {
  if (condition === 'account-disabled' || condition === 'credentials-expired')
    return problem('accountLocked', { stage: 'auth', condition, id: context.loginId, host: context.host })
  if (condition === 'temporary-auth-failure')
    return problem('streamError', { stage: 'auth', condition, message: '', host: context.host })
  return problem('passwordWrong', { stage: 'auth', condition, id: context.loginId, host: context.host })
}

/** Every way a connection ends, as something to say. The only place where this is decided. */
export function connectionProblem(failure: ConnectionFailure, context: ProblemContext): Problem {
  const at = { host: context.host, port: context.port }
  switch (failure.kind) {
    case 'dns':
      return problem('hostNotFound', { ...at, host: failure.host, code: failure.code, stage: 'dns' })
    case 'tcp':
      if (failure.code.startsWith('PROXY_'))
        return problem(failure.code === 'PROXY_AUTH' ? 'proxyAuth' : 'proxyRefused', {
          host: failure.host,
          port: failure.port,
          code: failure.code.slice('PROXY_'.length),
          stage: 'tcp',
        })
      return problem(REFUSED_CODES.get(failure.code) ?? 'hostUnreachable', {
        host: failure.host,
        port: failure.port,
        code: failure.code,
        stage: 'tcp',
      })
    case 'tls':
      return problem(TLS_CODES[failure.problem], {
        host: failure.host,
        port: failure.port,
        code: failure.code,
        stage: 'tls',
        ...certificateParams(failure.certificate),
      })
    case 'upgrade':
      return problem('upgradeRefused', { ...at, status: failure.status, stage: 'upgrade' })
    case 'subprotocol':
      return problem('subprotocolMissing', { ...at, name: failure.offered, stage: 'upgrade' })
    case 'timeout':
      return problem('stepTimeout', { ...at, stage: failure.stage, seconds: seconds(failure.ms) })
    case 'mechanism':
      return problem('mechanismMissing', { ...at, mechanisms: failure.offered.join(', '), stage: 'auth' })
    case 'auth':
      return authProblem(failure.condition, context)
    case 'bind':
      return problem('bindRefused', { ...at, condition: failure.condition, stage: 'bind' })
    case 'subscribe':
      return problem('subscribeRefused', { ...at, node: failure.node, condition: failure.condition })
    case 'conflict':
      return problem('signedInElsewhere', { ...at, id: context.loginId })
    case 'streamError':
      return failure.condition === 'conflict'
        ? problem('signedInElsewhere', { ...at, id: context.loginId })
        : problem('streamError', { ...at, condition: failure.condition, message: failure.text })
    case 'malformed':
      return problem('malformedFrame', { ...at, message: failure.problem })
    case 'tooLarge':
      return problem('answerTooLarge', { ...at, limit: mebibytes(failure.limitBytes) })
    case 'closed':
      return problem('connectionClosed', { ...at, code: failure.code, message: failure.reason })
    case 'socket':
      return problem('connectionReset', { ...at, code: failure.code })
    case 'pingTimeout':
      return problem('pingTimeout', { ...at, seconds: seconds(failure.silentMs) })
    case 'presence':
      return problem('finesseAbsent', { ...at, stage: 'presence' })
    case 'closedByUs':
      return problem('cancelled')
    case 'internal':
      return problem('internal', { message: failure.problem })
  }
}

/** Finesse's own words; absent parts as empty text, so that a sentence never shows "undefined". */
const words = (error: ApiError): Record<string, string> => ({
  type: error.type ?? '',
  message: error.peripheralErrorText ?? error.message ?? '',
  data: error.data ?? '',
  code: ctiCodeOf(error) ?? '',
})

const CTI_NAMES: ReadonlyMap<string, string> = new Map([
  ['CF_INVALID_OBJECT_STATE', '22'],
  ['CF_RESOURCE_BUSY', '33'],
  ['CF_INVALID_AGENT_ID_SPECIFIED', '256'],
  ['CF_INVALID_PASSWORD_SPECIFIED', '257'],
  ['CF_INVALID_AGENT_ID_OR_PASSWORD_SPECIFIED', '258'],
  ['CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON', '259'],
  ['CF_INVALID_LOGON_DEVICE_SPECIFIED', '260'],
  ['CF_INVALID_AGENT_WORKMODE', '265'],
  ['CF_INVALID_AGENT_REASON_CODE', '266'],
  ['CF_REASON_CODE_REQUIRED', '281'],
  ['CF_SPECIFIED_EXTENSION_ALREADY_IN_USE', '283'],
  ['CF_DEVICE_RESTRICTED', '287'],
  ['CF_LINE_RESTRICTED', '288'],
  ['CF_AGENT_ACCOUNT_LOCKED_OUT', '289'],
])

/** errorData is sometimes the code, sometimes a parameter's name or the extension (15.3): the message decides then. */
function ctiCodeOf(error: ApiError): string | null {
  const named = CTI_NAMES.get((error.message ?? '').trim().toUpperCase())
  if (named !== undefined) return named
  return error.data !== null && /^\d{1,5}$/.test(error.data) ? error.data : null
}

const LOGIN_CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['256', 'userUnknown'],
  ['257', 'passwordWrong'],
  ['258', 'passwordWrong'],
  ['259', 'alreadySignedOn'],
  ['260', 'extensionUnknown'],
  ['263', 'deviceRefused'],
  ['264', 'deviceRefused'],
  ['283', 'extensionInUse'],
  ['287', 'deviceRefused'],
  ['288', 'deviceRefused'],
  ['289', 'accountLocked'],
  ['291', 'deviceRefused'],
  ['292', 'deviceRefused'],
  ['293', 'deviceRefused'],
  ['88003', 'deviceRefused'],
  ['88004', 'deviceRefused'],
  ['88005', 'deviceRefused'],
])

/** Outside of a sign-in the same numbers mean that the state does not allow it (8.7). */
const STATE_CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['21', 'stateRefused'],
  ['22', 'stateRefused'],
  ['33', 'notAllowedNow'],
  ['257', 'stateRefused'],
  ['265', 'notAllowedNow'],
  ['266', 'reasonUnknown'],
  ['281', 'reasonRequired'],
  ['289', 'accountLocked'],
  ['1010', 'stateRefused'],
])

/** Types without a usable number (6.1). */
const TYPES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['invalid device', 'deviceRefused'],
  ['mode not allowed', 'deviceRefused'],
  ['invalid state', 'stateRefused'],
  ['user not found', 'userUnknown'],
  ['invalid supervisor', 'forbidden'],
  ['unauthorized', 'forbidden'],
  ['forbidden', 'forbidden'],
])

const missesReason = (error: ApiError): boolean =>
  /parameter missing/i.test(error.type ?? '') && /reason/i.test(`${error.data ?? ''} ${error.message ?? ''}`)

/** Fault R18: the list has changed since it was read. */
const unknownReason = (error: ApiError): boolean =>
  /invalid input/i.test(error.type ?? '') && /reasoncode/i.test(error.data ?? '')

const missesExtension = (error: ApiError): boolean =>
  /parameter missing|invalid input/i.test(error.type ?? '') && /extension/i.test(error.data ?? '')

/** A refusal in Finesse's own words, asynchronous (5.5) or in a REST answer (6.1). */
export function apiErrorProblem(error: ApiError, asked: 'login' | 'state', context: ProblemContext): Problem {
  const code = ctiCodeOf(error)
  const byNumber = code === null ? undefined : (asked === 'login' ? LOGIN_CODES : STATE_CODES).get(code)
  const byWords = missesReason(error)
    ? 'reasonRequired'
    : unknownReason(error)
      ? 'reasonUnknown'
      : asked === 'login' && missesExtension(error)
        ? 'extensionUnknown'
        : TYPES.get((error.type ?? '').trim().toLowerCase())
  return problem(byNumber ?? byWords ?? 'finesseRefused', {
    ...words(error),
    host: context.host,
    id: context.loginId,
    extension: context.extension,
    ...(asked === 'login' ? { stage: 'signIn' } : {}),
  })
}

function statusProblem(
  failure: Extract<RestFailure, { kind: 'status' }>,
  call: RestCall,
  context: ProblemContext,
): Problem {
  const { status } = failure
  const [error] = failure.errors
  const said = error === undefined ? { type: '', message: '' } : words(error)
  const params = { host: context.host, port: context.port, id: context.loginId, status, stage: call, ...said }
  const refusal = (): Problem | null =>
    error === undefined ? null : apiErrorProblem(error, call === 'signIn' ? 'login' : 'state', context)
  switch (status) {
    case 401: {
      // 15.12: a 401 may be an invalid state or a missing right; only the rest is about the password.
      const type = (error?.type ?? '').trim().toLowerCase()
      if (type === 'invalid state') return refusal() ?? problem('stateRefused', params)
      if (call === 'team' || type === 'invalid supervisor' || type === 'unauthorized')
        return problem('forbidden', params)
      return problem('passwordWrong', params)
    }
    case 403:
      return problem('forbidden', params)
    case 404:
      if (call === 'systemInfo') return problem('notFinesse', params)
      if (error !== undefined && call !== 'team') return problem('userUnknown', params)
      return problem('httpStatus', params)
    case 503:
      return problem('outOfService', params)
    case 500:
    case 502:
    case 504:
      return problem('serverError', params)
    default:
      return refusal() ?? problem('httpStatus', params)
  }
}

/** Finesse answers, and says by itself that it cannot work now (13.3). */
export const outOfServiceProblem = (info: SystemInfo, context: ProblemContext): Problem =>
  problem('outOfService', {
    host: context.host,
    port: context.port,
    id: context.loginId,
    stage: 'systemInfo',
    message:
      info.status === 'IN_SERVICE'
        ? `CTI ${info.lastCtiHeartbeatStatus ?? ''}`.trim()
        : (info.statusReason ?? info.status ?? ''),
  })

/** Why a REST call gave nothing, as something to say. */
export function restProblem(failure: RestFailure, call: RestCall, context: ProblemContext): Problem {
  const at = { host: context.host, port: context.port, stage: call }
  switch (failure.kind) {
    case 'connection':
      return connectionProblem(failure.failure, context)
    case 'timeout':
      return problem('stepTimeout', { ...at, seconds: seconds(failure.ms) })
    case 'status':
      return statusProblem(failure, call, context)
    case 'malformed':
      return call === 'systemInfo'
        ? problem('notFinesse', { ...at, status: failure.status })
        : problem('answerUnreadable', { ...at, status: failure.status, message: failure.problem })
    case 'tooLarge':
      return problem('answerTooLarge', { ...at, limit: mebibytes(failure.limitBytes) })
    case 'redirect':
      return problem('redirected', { ...at, status: failure.status, path: failure.location })
    case 'cancelled':
      return problem('cancelled')
  }
}
