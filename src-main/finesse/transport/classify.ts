import type { CertificateFacts, ConnectionFailure, TlsProblem } from '../failures'
import { PIN_MISMATCH } from './trust'

/** Where a connection stood when it broke, and what is needed to say so. */
export type ConnectionBreak =
  | { readonly stage: 'dns'; readonly host: string }
  | { readonly stage: 'tcp'; readonly host: string; readonly port: number }
  | {
      readonly stage: 'tls'
      readonly host: string
      readonly port: number
      readonly certificate: CertificateFacts | null
      readonly pinnedFingerprint: string | null
    }
  | { readonly stage: 'established' }

const MAX_CODE = 64

/** The code only: messages of socket errors carry addresses, those of others whatever they like. */
export const codeOf = (error: unknown): string => {
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code !== '' ? code.slice(0, MAX_CODE) : 'UNKNOWN'
}

const CERTIFICATE_PROBLEMS: ReadonlyMap<string, TlsProblem> = new Map([
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'notYetValid'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'wrongHost'],
  ['HOSTNAME_MISMATCH', 'wrongHost'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'selfSigned'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrustedIssuer'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrustedIssuer'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrustedIssuer'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrustedIssuer'],
  ['CERT_UNTRUSTED', 'untrustedIssuer'],
  ['INVALID_CA', 'untrustedIssuer'],
  [PIN_MISMATCH, 'pinMismatch'],
])

/** OpenSSL and BoringSSL spell handshake errors ERR_SSL_*; Node wraps some as EPROTO. */
const isProtocolCode = (code: string): boolean =>
  code.startsWith('ERR_SSL_') || code === 'EPROTO' || code === 'ERR_TLS_PROTOCOL_VERSION_CONFLICT'

export const tlsProblem = (code: string): TlsProblem =>
  CERTIFICATE_PROBLEMS.get(code) ?? (isProtocolCode(code) ? 'protocol' : 'other')

/** Every error of DNS, TCP and TLS becomes a failure here and nowhere else. Time limits are not errors: not here. */
export const classifyConnectionError = (error: unknown, at: ConnectionBreak): ConnectionFailure => {
  const code = codeOf(error)
  switch (at.stage) {
    case 'dns':
      return { kind: 'dns', host: at.host, code }
    case 'tcp':
      return { kind: 'tcp', host: at.host, port: at.port, code }
    case 'tls': {
      const { host, port, certificate, pinnedFingerprint } = at
      // The only anchor is the pin, so another certificate fails with whatever its chain lacks.
      const changed =
        pinnedFingerprint !== null && certificate !== null && certificate.fingerprint256 !== pinnedFingerprint
      return changed
        ? { kind: 'tls', host, port, problem: 'pinMismatch', code: PIN_MISMATCH, certificate }
        : { kind: 'tls', host, port, problem: tlsProblem(code), code, certificate }
    }
    case 'established':
      return { kind: 'socket', code }
  }
}
