import type { CertificateFacts, ConnectionFailure } from '../finesse/failures'
import type { Pin, Trust } from '../finesse/transport/trust'
import { createTrust } from '../finesse/transport/trust'

export interface TrustedNode {
  readonly host: string
  readonly port: number
}

export interface TrustBook extends Trust {
  /** The extra authorities of the present sign-in; null: none. */
  useCaFile(pem: string | null): void
  /** The same decision with other extra authorities: for a test that changes nothing for the session. */
  withCaFile(pem: string | null): Trust
  /** The embedded simulator's authority counts for its own nodes and for nothing else. */
  useSimulator(pem: string | null, nodes: readonly TrustedNode[]): void
  /** After a pin was added. */
  pinsChanged(): void
  /** Remembers a refused certificate, so that a person may accept exactly this one. */
  note(failure: ConnectionFailure): void
  noted(host: string, port: number, fingerprint256: string): CertificateFacts | null
}

const MAX_NOTED = 20

const keyOf = (host: string, port: number): string => `${host.toLowerCase()}:${String(port)}`

/** One decision about certificates that clients may keep while what it rests on changes. */
export const createTrustBook = (pins: () => readonly Pin[]): TrustBook => {
  let caPem: string | null = null
  let ordinary: Trust | null = null
  let simulator: { readonly trust: Trust; readonly keys: ReadonlySet<string> } | null = null
  const refused = new Map<string, CertificateFacts>()

  const deciding = (others: () => Trust): Trust => {
    const current = (host: string, port: number): Trust =>
      simulator?.keys.has(keyOf(host, port)) === true ? simulator.trust : others()
    return {
      tlsOptions: (host, port) => current(host, port).tlsOptions(host, port),
      pinnedFingerprint: (host, port) => current(host, port).pinnedFingerprint(host, port),
      authorizedBy: (host, port, chain) => current(host, port).authorizedBy(host, port, chain),
    }
  }

  return {
    ...deciding(() => (ordinary ??= createTrust({ extraCaPem: caPem, pins: pins() }))),
    withCaFile: (pem) => {
      let trust: Trust | null = null
      return deciding(() => (trust ??= createTrust({ extraCaPem: pem, pins: pins() })))
    },
    useCaFile: (pem) => {
      if (pem === caPem) return
      caPem = pem
      ordinary = null
    },
    useSimulator: (pem, nodes) => {
      simulator =
        pem === null
          ? null
          : {
              trust: createTrust({ extraCaPem: pem, pins: [] }),
              keys: new Set(nodes.map((node) => keyOf(node.host, node.port))),
            }
    },
    pinsChanged: () => {
      ordinary = null
    },
    note: (failure) => {
      if (failure.kind !== 'tls' || failure.certificate === null) return
      const key = keyOf(failure.host, failure.port)
      refused.delete(key)
      refused.set(key, failure.certificate)
      const oldest = refused.keys().next()
      if (refused.size > MAX_NOTED && !oldest.done) refused.delete(oldest.value)
    },
    noted: (host, port, fingerprint256) => {
      const facts = refused.get(keyOf(host, port))
      return facts?.fingerprint256 === fingerprint256 ? facts : null
    },
  }
}
