// First: the next import fails without it.
import 'reflect-metadata'
import { KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

/** A certificate with its key, as PEM, for servers that only tests start. */
export interface TestIdentity {
  readonly cert: string
  readonly key: string
  /** Upper-case hex pairs joined by colons, like Node's `fingerprint256`. */
  readonly fingerprint256: string
}

export interface TestAuthority extends TestIdentity {
  issue(options?: LeafOptions): Promise<TestIdentity>
}

export interface LeafOptions {
  readonly commonName?: string
  /** Names and addresses of the subjectAltName extension. */
  readonly names?: readonly string[]
  readonly notBefore?: Date
  readonly notAfter?: Date
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const DEFAULT_NAMES = ['localhost', '127.0.0.1', '::1'] as const

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])

const serialNumber = (): string => {
  const bytes = webcrypto.getRandomValues(new Uint8Array(8))
  bytes[0] = 1
  return Buffer.from(bytes).toString('hex')
}

const isAddress = (name: string): boolean => name.includes(':') || /^[\d.]+$/.test(name)

const altNames = (names: readonly string[]): x509.SubjectAlternativeNameExtension =>
  new x509.SubjectAlternativeNameExtension(
    names.map((name) => ({ type: isAddress(name) ? ('ip' as const) : ('dns' as const), value: name })),
  )

const validity = (options: LeafOptions) => ({
  notBefore: options.notBefore ?? new Date(Date.now() - DAY_MS),
  notAfter: options.notAfter ?? new Date(Date.now() + 30 * DAY_MS),
})

const identity = async (
  certificate: x509.X509Certificate,
  privateKey: webcrypto.CryptoKey,
): Promise<TestIdentity> => {
  const digest = Buffer.from(await certificate.getThumbprint('SHA-256'))
    .toString('hex')
    .toUpperCase()
  return {
    cert: certificate.toString('pem'),
    key: KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint256: (digest.match(/../g) ?? []).join(':'),
  }
}

/** A certificate signed by its own key, not a CA: what a Finesse node shows after installation. */
export const selfSigned = async (options: LeafOptions = {}): Promise<TestIdentity> => {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${options.commonName ?? 'localhost'}, O=Example`,
    ...validity(options),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [altNames(options.names ?? DEFAULT_NAMES)],
  })
  return identity(certificate, keys.privateKey)
}

/** A private certificate authority that issues server certificates. */
export const authority = async (commonName = 'Example Private CA'): Promise<TestAuthority> => {
  const caKeys = await newKeys()
  const caCertificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${commonName}, O=Example`,
    ...validity({}),
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  const issue = async (options: LeafOptions = {}): Promise<TestIdentity> => {
    const keys = await newKeys()
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      issuer: caCertificate.subject,
      subject: `CN=${options.commonName ?? 'localhost'}, O=Example`,
      ...validity(options),
      signingAlgorithm: ALGORITHM,
      signingKey: caKeys.privateKey,
      publicKey: keys.publicKey,
      extensions: [altNames(options.names ?? DEFAULT_NAMES), new x509.BasicConstraintsExtension(false)],
    })
    return identity(certificate, keys.privateKey)
  }
  return { ...(await identity(caCertificate, caKeys.privateKey)), issue }
}
