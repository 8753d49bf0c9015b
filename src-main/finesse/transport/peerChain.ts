import type { X509Certificate } from 'node:crypto'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import { readCertificate } from './certificate'

const MAX_CHAIN = 10

/** The certificates of the peer, leaf first, up to the anchor where it is known; empty when there is none. */
export const peerChain = (socket: TLSSocket): readonly X509Certificate[] => {
  const chain: X509Certificate[] = []
  // Node answers `{}` or null without a certificate, and a root is its own issuer.
  let at: Partial<DetailedPeerCertificate> | null | undefined = socket.getPeerCertificate(true)
  while (at?.raw !== undefined && chain.length < MAX_CHAIN) {
    const certificate = readCertificate(at.raw)
    if (certificate === null) break
    chain.push(certificate)
    if (at.issuerCertificate === at) break
    at = at.issuerCertificate
  }
  return chain
}
