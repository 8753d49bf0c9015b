import type { Cause } from '../../src-contract/causes/ids'
import type { CertificateFacts, ConnectionFailure } from '../finesse/failures'
import { cause, type CauseContext, type CauseParams } from './context'
import { isAddress, isShort } from './network'

type TlsFailure = Extract<ConnectionFailure, { readonly kind: 'tls' }>

/** Names that products which open TLS on the way put into the certificates they make up. */
const INTERCEPTORS =
  /zscaler|netskope|forti(?:net|gate)|palo alto|blue ?coat|symantec web|umbrella|forcepoint|websense|mcafee web|skyhigh|sophos|check ?point|barracuda|iboss|watchguard|sonicwall|kaspersky|eset ssl|avast|avg |bitdefender|mitmproxy|fiddler|charles proxy|portswigger|burp|squid|ssl inspection|tls inspection|ssl.?proxy/i

/** Without our time only an offset of hours is a proof. */
const HOURS_MS = 3_600_000

/** By the server's own clock it is valid: then ours is wrong, whatever it says. */
const isOurClock = (certificate: CertificateFacts, late: boolean, context: CauseContext): boolean => {
  const { clockOffsetMs: offset, now } = context
  if (offset === null) return false
  if (now === undefined) return late ? offset <= -HOURS_MS : offset >= HOURS_MS
  const theirs = now + offset
  return theirs >= certificate.validFrom && theirs <= certificate.validTo
}

const paramsOf = (certificate: CertificateFacts | null, code: string): CauseParams =>
  certificate === null
    ? { code, subject: '', issuer: '', names: '', fingerprint: '', validFrom: '', validTo: '' }
    : {
        code,
        subject: certificate.subject,
        issuer: certificate.issuer,
        names: certificate.subjectAltNames.join(', '),
        fingerprint: certificate.fingerprint256,
        validFrom: certificate.validFrom,
        validTo: certificate.validTo,
      }

const causeOfDates = (failure: TlsFailure, params: CauseParams, context: CauseContext): Cause => {
  const late = failure.problem === 'expired'
  if (failure.certificate !== null && isOurClock(failure.certificate, late, context))
    return cause('tls.clockWrong', context, { ...params, offset: context.clockOffsetMs ?? 0 })
  return cause(late ? 'tls.expired' : 'tls.notYetValid', context, params)
}

/** 15.15: the host has to be the full name. */
const causeOfName = (failure: TlsFailure, params: CauseParams, context: CauseContext): Cause => {
  const host = failure.host.toLowerCase()
  if (isAddress(host)) return cause('tls.addressTyped', context, params)
  const full = failure.certificate?.subjectAltNames.find((name) => name.toLowerCase().startsWith(`${host}.`))
  return isShort(host) && full !== undefined
    ? cause('tls.shortName', context, { ...params, name: full })
    : cause('tls.wrongHost', context, params)
}

/**
 * Nobody here vouches for it. A leaf alone, not signed by itself, came without its issuers; what its missing issuer is,
 * an intermediate of a known authority or a private one, cannot be seen from here.
 */
const causeOfIssuer = (failure: TlsFailure, params: CauseParams, context: CauseContext): Cause => {
  const { certificate, code } = failure
  const { chain, trustedPorts = [] } = context
  const others = trustedPorts.filter((port) => port !== failure.port)
  if (INTERCEPTORS.test(`${certificate?.issuer ?? ''} ${chain?.map((one) => one.subject).join(' ') ?? ''}`))
    return cause('tls.intercepted', context, params)
  // 15.14: each port has its own certificate, and each has to be trusted.
  if (others.length > 0 && !trustedPorts.includes(failure.port))
    return cause('tls.otherPort', context, { ...params, trusted: others.join(', ') })
  if (failure.problem === 'selfSigned' || certificate?.selfSigned === true)
    return cause('tls.selfSigned', context, params)
  const alone =
    chain === undefined || chain.length === 0
      ? code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
      : chain.length === 1
  return cause(alone ? 'tls.incompleteChain' : 'tls.unknownIssuer', context, params)
}

export const causeOfCertificate = (failure: TlsFailure, context: CauseContext): Cause => {
  const params = paramsOf(failure.certificate, failure.code)
  switch (failure.problem) {
    case 'expired':
    case 'notYetValid':
      return causeOfDates(failure, params, context)
    case 'wrongHost':
      return causeOfName(failure, params, context)
    case 'selfSigned':
    case 'untrustedIssuer':
      return causeOfIssuer(failure, params, context)
    case 'pinMismatch':
      return cause('tls.changed', context, params)
    case 'protocol':
    case 'other':
      return cause('tls.rejected', context, params)
  }
}
