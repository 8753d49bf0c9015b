import type { EpochMs } from './model'
import type { Stage } from './stages'

/** What a person needs to decide whether to trust a certificate. No key material. */
export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly validFrom: EpochMs
  readonly validTo: EpochMs
  readonly subjectAltNames: readonly string[]
  /** SHA-256 of the leaf, upper-case hex pairs joined by colons. */
  readonly fingerprint256: string
  readonly selfSigned: boolean
  /** The leaf itself. Public; kept so that a pin can serve as trust anchor. */
  readonly pem: string
}

export type TlsProblem =
  | 'expired'
  | 'notYetValid'
  | 'wrongHost'
  | 'selfSigned'
  | 'untrustedIssuer'
  | 'pinMismatch'
  | 'protocol'
  | 'other'

/** Every way a connection attempt or a connection ends. Made in one function per source, never guessed from text twice. */
export type ConnectionFailure =
  | { readonly kind: 'dns'; readonly host: string; readonly code: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly code: string }
  | {
      readonly kind: 'tls'
      readonly host: string
      readonly port: number
      readonly problem: TlsProblem
      readonly code: string
      readonly certificate: CertificateFacts | null
    }
  | {
      readonly kind: 'upgrade'
      readonly status: number
      readonly retryAfterMs: number | null
      readonly location: string | null
    }
  | { readonly kind: 'subprotocol'; readonly offered: string }
  | { readonly kind: 'timeout'; readonly stage: Stage; readonly ms: number }
  | { readonly kind: 'mechanism'; readonly offered: readonly string[] }
  | { readonly kind: 'auth'; readonly condition: string }
  | { readonly kind: 'bind'; readonly condition: string }
  | { readonly kind: 'subscribe'; readonly node: string; readonly condition: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'streamError'; readonly condition: string; readonly text: string }
  | { readonly kind: 'malformed'; readonly problem: string }
  | { readonly kind: 'tooLarge'; readonly limitBytes: number }
  | { readonly kind: 'closed'; readonly code: number; readonly reason: string }
  | { readonly kind: 'socket'; readonly code: string }
  | { readonly kind: 'pingTimeout'; readonly silentMs: number }
  | { readonly kind: 'presence' }
  | { readonly kind: 'closedByUs' }
  | { readonly kind: 'internal'; readonly problem: string }
