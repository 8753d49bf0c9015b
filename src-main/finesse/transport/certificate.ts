import { X509Certificate } from 'node:crypto'
import type { CertificateFacts } from '../failures'

const MAX_TEXT = 300
const MAX_NAMES = 100

/** A certificate's texts are written by whoever made it: no control characters, no endless lines. */
const shown = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what this removes
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, MAX_TEXT)

/** Node separates the parts of a name by line breaks, innermost last. */
const shownName = (name: string | undefined): string => shown((name ?? '').split('\n').join(', '))

/** `DNS:a.example.com, IP Address:10.0.0.1`; values with commas come quoted. */
const altNamesOf = (text: string | undefined): readonly string[] =>
  (text?.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [])
    .slice(0, MAX_NAMES)
    .map((entry) => shown(entry.trim().replace(/^(?:DNS|IP Address):/, '')))

const timeOf = (text: string): number => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? 0 : time
}

export const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** DER or PEM; null when it is no certificate. */
export const readCertificate = (source: Buffer | string): X509Certificate | null => {
  try {
    return new X509Certificate(source)
  } catch {
    return null
  }
}

export const certificateFacts = (certificate: X509Certificate): CertificateFacts => ({
  subject: shownName(certificate.subject),
  issuer: shownName(certificate.issuer),
  validFrom: timeOf(certificate.validFrom),
  validTo: timeOf(certificate.validTo),
  subjectAltNames: altNamesOf(certificate.subjectAltName),
  fingerprint256: certificate.fingerprint256,
  selfSigned: isIssuedBy(certificate, certificate),
  pem: certificate.toString(),
})
