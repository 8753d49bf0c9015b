import type { Cause, CauseId } from '../../src-contract/causes/ids'
import type { ConnectionFailure } from '../finesse/failures'
import { causeOfCertificate } from './certificate'
import { cause, type CauseContext } from './context'

/**
 * Handshake errors by a part of their code: OpenSSL (Node) and BoringSSL (Electron) agree on these parts, not on the
 * whole. The first that matches counts.
 */
const HANDSHAKE: readonly (readonly [RegExp, CauseId])[] = [
  [/CERTIFICATE_REQUIRED/, 'tls.clientCertificate'],
  [/UNRECOGNIZED_NAME/, 'tls.nameUnknown'],
  [
    /ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_CONFLICT|VERSION_TOO_LOW|HANDSHAKE_FAILURE|NO_SHARED_CIPHER|INSUFFICIENT_SECURITY|DH_KEY_TOO_SMALL|LEGACY_RENEGOTIATION/,
    'tls.tooOld',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|INVALID_ALERT|UNEXPECTED_RECORD|^EPROTO$/,
    'tls.notTls',
  ],
  [/^ECONNRESET$|^EPIPE$|^ECONNABORTED$|UNEXPECTED_EOF/, 'tls.cut'],
]

/** Null: the code says nothing of the handshake. A refusal for want of a client certificate comes after it (TLS 1.3). */
export const causeOfHandshake = (code: string, context: CauseContext): Cause | null => {
  const known = HANDSHAKE.find(([part]) => part.test(code))
  return known === undefined ? null : cause(known[1], context, { code })
}

export const causeOfTls = (
  failure: Extract<ConnectionFailure, { readonly kind: 'tls' }>,
  context: CauseContext,
): Cause => {
  if (failure.problem !== 'protocol' && failure.problem !== 'other')
    return causeOfCertificate(failure, context)
  return causeOfHandshake(failure.code, context) ?? causeOfCertificate(failure, context)
}
