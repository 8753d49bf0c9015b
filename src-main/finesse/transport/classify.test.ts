import { describe, expect, it } from 'vitest'
import { classifyConnectionError, tlsProblem } from './classify'

const error = (code: string) => Object.assign(new Error('a message that must not be kept'), { code })

describe('classifyConnectionError', () => {
  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ETIMEOUT'])('dns: %s', (code) => {
    expect(classifyConnectionError(error(code), { stage: 'dns', host: 'a' })).toEqual({
      kind: 'dns',
      host: 'a',
      code,
    })
  })

  it.each(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET'])('tcp: %s', (code) => {
    expect(classifyConnectionError(error(code), { stage: 'tcp', host: 'a', port: 8445 })).toEqual({
      kind: 'tcp',
      host: 'a',
      port: 8445,
      code,
    })
  })

  it.each(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])('established: %s', (code) => {
    expect(classifyConnectionError(error(code), { stage: 'established' })).toEqual({ kind: 'socket', code })
  })

  it.each([undefined, null, 'text', {}, { code: 7 }, { code: '' }])('no usable code: %j', (thrown) => {
    expect(classifyConnectionError(thrown, { stage: 'established' })).toEqual({
      kind: 'socket',
      code: 'UNKNOWN',
    })
  })
})

describe('tlsProblem', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'expired'],
    ['CERT_NOT_YET_VALID', 'notYetValid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'wrongHost'],
    ['HOSTNAME_MISMATCH', 'wrongHost'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'selfSigned'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrustedIssuer'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrustedIssuer'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrustedIssuer'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'protocol'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'protocol'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'protocol'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'protocol'],
    ['EPROTO', 'protocol'],
    ['ECONNRESET', 'other'],
    ['EE_KEY_TOO_SMALL', 'other'],
    ['INVALID_PURPOSE', 'other'],
  ])('%s is %s', (code, problem) => {
    expect(tlsProblem(code)).toBe(problem)
  })
})
