import type { X509Certificate } from 'node:crypto'
import * as tls from 'node:tls'
import { parseCaFile } from './caFile'
import { isIssuedBy, readCertificate } from './certificate'

/** A certificate that a person or an administrator accepted for one host and port, and for no other. */
export interface Pin {
  readonly host: string
  readonly port: number
  /** SHA-256 of the leaf, upper-case hex pairs joined by colons. */
  readonly fingerprint256: string
  /** The leaf itself: it is the only trust anchor for its host and port. */
  readonly pem: string
}

export type AuthorizedBy = 'system' | 'extraCa' | 'pin'

/** What `tls.connect` needs so that it decides like everybody else here. Certificates are always verified. */
export interface TrustOptions {
  readonly secureContext: tls.SecureContext
  readonly checkServerIdentity: (host: string, certificate: tls.PeerCertificate) => Error | undefined
}

/** The one decision about certificates: REST and notifications ask the same object. */
export interface Trust {
  tlsOptions(host: string, port: number): TrustOptions
  /** Fingerprint that this host and port must show, null when it is not pinned. */
  pinnedFingerprint(host: string, port: number): string | null
  /** Whom an accepted chain (leaf first) is owed to. */
  authorizedBy(host: string, port: number, chain: readonly X509Certificate[]): AuthorizedBy
}

/** In the middle of a TLS failure: the leaf is not the pinned one. */
export const PIN_MISMATCH = 'ERR_PIN_MISMATCH'

const MIN_VERSION = 'TLSv1.2'

const keyOf = (host: string, port: number): string => `${host.toLowerCase()}|${String(port)}`

/** People paste fingerprints with and without colons, in either case. */
const normalized = (fingerprint: string): string =>
  (
    fingerprint
      .replace(/[^0-9a-f]/gi, '')
      .toUpperCase()
      .match(/../g) ?? []
  ).join(':')

// Newer than the typed Node version; Electron 33 and Node 20 do not have it.
interface SystemStore {
  readonly getCACertificates?: (type: 'system' | 'bundled') => readonly string[]
}

let builtIn: readonly string[] | undefined

/** The machine's store where Node can read it, and always the bundled one. Reading takes long: once. */
const builtInCertificates = (): readonly string[] => {
  if (builtIn !== undefined) return builtIn
  const store = tls as typeof tls & SystemStore
  let system: readonly string[] = []
  try {
    system = store.getCACertificates?.('system') ?? []
  } catch {
    // A broken store of the machine must not take the bundled one away.
  }
  builtIn = [...new Set([...system, ...tls.rootCertificates])]
  return builtIn
}

const newContext = (ca: readonly string[], partialChain: boolean): tls.SecureContext => {
  const options: tls.SecureContextOptions & { allowPartialTrustChain: boolean } = {
    ca: [...ca],
    minVersion: MIN_VERSION,
    allowPartialTrustChain: partialChain,
  }
  return tls.createSecureContext(options)
}

/** A pin whose certificate is not the one its fingerprint names can neither be used nor relied on. */
const usable = (pin: Pin): boolean =>
  readCertificate(pin.pem)?.fingerprint256 === normalized(pin.fingerprint256)

const pinMismatch = (): Error =>
  Object.assign(new Error('The certificate is not the one accepted for this address.'), {
    code: PIN_MISMATCH,
  })

/**
 * A pinned leaf is the only anchor for its address: a partial chain makes it one even when a private CA issued it,
 * and OpenSSL and BoringSSL then verify it (validity, signature) like any other. The fingerprint is compared as
 * well, since a leaf that is also a CA could have signed others. A pin allows another name, nothing else.
 */
const pinnedOptions = (pin: Pin): TrustOptions => ({
  secureContext: newContext([pin.pem], true),
  checkServerIdentity: (_host, certificate) =>
    certificate.fingerprint256 === normalized(pin.fingerprint256) ? undefined : pinMismatch(),
})

/**
 * `extraCaPem`: text of the administrator's file; an unreadable one adds nothing (`parseCaFile` says why).
 * Pins whose certificate and fingerprint disagree are ignored, which leaves the ordinary, stricter rules.
 */
export const createTrust = (options: {
  readonly extraCaPem: string | null
  readonly pins: readonly Pin[]
}): Trust => {
  const parsed = options.extraCaPem === null ? null : parseCaFile(options.extraCaPem)
  const extra = parsed?.ok === true ? parsed.value : []
  const extraCertificates = extra.flatMap((pem) => readCertificate(pem) ?? [])
  const extraFingerprints = new Set(extraCertificates.map((certificate) => certificate.fingerprint256))
  const pins = new Map(options.pins.filter(usable).map((pin) => [keyOf(pin.host, pin.port), pin]))
  const pinned = new Map<string, TrustOptions>()
  let ordinary: TrustOptions | undefined

  const optionsFor = (key: string): TrustOptions => {
    const pin = pins.get(key)
    if (pin === undefined) {
      // Building a context from 150 certificates takes about 20 ms: once, and not before it is needed.
      ordinary ??= {
        secureContext: newContext([...builtInCertificates(), ...extra], false),
        checkServerIdentity: (host, certificate) => tls.checkServerIdentity(host, certificate),
      }
      return ordinary
    }
    const known = pinned.get(key) ?? pinnedOptions(pin)
    pinned.set(key, known)
    return known
  }

  const isExtra = (certificate: X509Certificate): boolean =>
    extraFingerprints.has(certificate.fingerprint256) ||
    extraCertificates.some((issuer) => isIssuedBy(certificate, issuer))

  return {
    tlsOptions: (host, port) => optionsFor(keyOf(host, port)),
    pinnedFingerprint: (host, port) => {
      const pin = pins.get(keyOf(host, port))
      return pin === undefined ? null : normalized(pin.fingerprint256)
    },
    authorizedBy: (host, port, chain) =>
      pins.has(keyOf(host, port)) ? 'pin' : chain.some(isExtra) ? 'extraCa' : 'system',
  }
}
