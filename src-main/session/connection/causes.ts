import type { CertificateQuestion } from '../../../src-contract/model'
import type { ConnectionFailure } from '../../finesse/failures'
import type { RestFailure } from '../../finesse/rest/types'
import type { CauseSide } from './backOff'

/** Network errors of this machine; everything else is the server's, whose herd has to be spread. */
const LOCAL_CODES: ReadonlySet<string> = new Set([
  'ENETDOWN',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Whose fault decides how far the first try is spread (performance.md 1.6). */
export function causeSide(failure: ConnectionFailure): CauseSide {
  switch (failure.kind) {
    case 'dns':
    case 'pingTimeout':
    case 'internal':
    case 'malformed':
    case 'tooLarge':
      return 'local'
    case 'tcp':
    case 'socket':
      // A proxy belongs to the way there, not to the server.
      return LOCAL_CODES.has(failure.code) || failure.code.startsWith('PROXY_') ? 'local' : 'server'
    default:
      return 'server'
  }
}

export const restCauseSide = (failure: RestFailure): CauseSide =>
  failure.kind === 'connection' ? causeSide(failure.failure) : 'server'

export const retryAfterOf = (failure: ConnectionFailure): number | null =>
  failure.kind === 'upgrade' ? failure.retryAfterMs : null

export const restRetryAfterOf = (failure: RestFailure): number | null => {
  if (failure.kind === 'status') return failure.retryAfterMs
  return failure.kind === 'connection' ? retryAfterOf(failure.failure) : null
}

/** The connection failure inside of a REST failure, if that is what it was. */
export const connectionOf = (failure: RestFailure): ConnectionFailure | null =>
  failure.kind === 'connection' ? failure.failure : null

/**
 * What a person can be asked to trust. Expired, not yet valid and wrong names are not asked: the cure is on the
 * server, and a pin could not make the first two valid.
 */
export function certificateQuestion(failure: ConnectionFailure | null): CertificateQuestion | null {
  if (failure?.kind !== 'tls' || failure.certificate === null) return null
  if (
    failure.problem !== 'selfSigned' &&
    failure.problem !== 'untrustedIssuer' &&
    failure.problem !== 'pinMismatch'
  )
    return null
  const { subject, issuer, validFrom, validTo, subjectAltNames, fingerprint256, selfSigned } =
    failure.certificate
  return {
    host: failure.host,
    port: failure.port,
    subject,
    issuer,
    validFrom,
    validTo,
    subjectAltNames,
    fingerprint256,
    selfSigned,
    changed: failure.problem === 'pinMismatch',
  }
}
