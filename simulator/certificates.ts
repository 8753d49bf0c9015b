import { webcrypto } from 'node:crypto'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

export interface NodeCertificate {
  readonly key: string
  readonly cert: string
}

export const CERTIFICATE_KINDS = ['good', 'expired', 'notYetValid', 'wrongHost', 'selfSigned'] as const
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number]

export interface ThrowAwayCa {
  /** PEM of the CA: what a client has to trust. */
  readonly ca: string
  issue(name: string, kind?: CertificateKind): Promise<NodeCertificate>
}

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY = 24 * 60 * 60_000
const HOSTS = ['localhost', '127.0.0.1', '::1']

const newKeys = () => webcrypto.subtle.generateKey(EC, true, ['sign', 'verify'])

const pemOfKey = async (key: webcrypto.CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')

/** A certificate authority that lives as long as the process and was never trusted by anything. */
export async function createCa(now: number): Promise<ThrowAwayCa> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
  const keys = await newKeys()
  const validity = { notBefore: new Date(now - DAY), notAfter: new Date(now + 30 * DAY) }
  const past = { notBefore: new Date(now - 30 * DAY), notAfter: new Date(now - DAY) }
  const future = { notBefore: new Date(now + DAY), notAfter: new Date(now + 30 * DAY) }
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Simulator throw-away CA',
    ...validity,
    signingAlgorithm: EC,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  })
  let serial = 1
  const issue = async (name: string, kind: CertificateKind = 'good'): Promise<NodeCertificate> => {
    const leaf = await newKeys()
    serial += 1
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serial.toString(16).padStart(2, '0'),
      subject: `CN=${name}`,
      issuer: kind === 'selfSigned' ? `CN=${name}` : ca.subject,
      ...(kind === 'expired' ? past : kind === 'notYetValid' ? future : validity),
      signingAlgorithm: EC,
      publicKey: leaf.publicKey,
      signingKey: kind === 'selfSigned' ? leaf.privateKey : keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
        new x509.SubjectAlternativeNameExtension(
          (kind === 'wrongHost' ? ['elsewhere.example'] : HOSTS).map((value) => ({
            type: /^[\d.]+$|:/.test(value) ? ('ip' as const) : ('dns' as const),
            value,
          })),
        ),
      ],
    })
    return { key: await pemOfKey(leaf.privateKey), cert: `${certificate.toString('pem')}\n` }
  }
  return { ca: `${ca.toString('pem')}\n`, issue }
}
