import type { ChainCertificate, WireText } from '../../src-contract/inspector'
import { placeOf } from '../diagnosis/context'
import type { CertificateFacts } from '../finesse/failures'
import type { StageFacts } from '../finesse/stages'
import type { TappedAnswer, TappedRequest } from '../finesse/tap'

/** Longest text kept of an exchange, characters. */
export const MOST_CHARACTERS = 32 * 1024
const MOST_CERTIFICATES = 10

/** A copy of its own: a slice would keep the whole text alive. */
const own = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

export const wireText = (direction: WireText['direction'], at: number, text: string): WireText =>
  text.length <= MOST_CHARACTERS
    ? { direction, at, text, cut: 0 }
    : { direction, at, text: own(text.slice(0, MOST_CHARACTERS)), cut: text.length - MOST_CHARACTERS }

export const chainOf = (certificates: readonly CertificateFacts[]): readonly ChainCertificate[] =>
  certificates.slice(0, MOST_CERTIFICATES).map((one) => ({
    subject: one.subject,
    issuer: one.issuer,
    subjectAltNames: one.subjectAltNames.slice(0, 100),
    validFrom: one.validFrom,
    validTo: one.validTo,
    fingerprint256: one.fingerprint256,
    selfSigned: one.selfSigned,
  }))

export const maskedFacts = (facts: StageFacts, mask: (text: string) => string): StageFacts => {
  const masked: Record<string, string | number | readonly string[]> = {}
  for (const [name, value] of Object.entries(facts))
    masked[name] =
      typeof value === 'number' ? value : typeof value === 'string' ? mask(value) : value.map(mask)
  return masked
}

/** Where something led, without what may be a ticket or a token. */
const PLACES: ReadonlySet<string> = new Set(['path', 'location'])

export const maskedParams = <T extends { readonly params: Readonly<Record<string, string | number>> }>(
  said: T,
  mask: (text: string) => string,
): T => ({
  ...said,
  params: Object.fromEntries(
    Object.entries(said.params).map(([name, value]) => [
      name,
      typeof value === 'string' ? mask(PLACES.has(name) ? placeOf(value) : value) : value,
    ]),
  ),
})

/** As it went over the wire, but for the secret. */
export const requestText = ({ method, path, headers, body }: TappedRequest): string => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}

export const answerText = ({ status, statusText, headers, body }: TappedAnswer): string => {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${String(status)} ${statusText}\r\n${lines.join('')}\r\n${body ?? ''}`
}
