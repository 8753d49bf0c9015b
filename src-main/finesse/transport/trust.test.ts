import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { attempt, closeKept, failureOf, kept } from './testing/attempt'
import { authority, selfSigned, type TestAuthority, type TestIdentity } from './testing/certificates'
import { tlsServer } from './testing/servers'
import { createTrust, type Pin } from './trust'

const DAY_MS = 86_400_000

let ca: TestAuthority
let leaf: TestIdentity
let ownSigned: TestIdentity

beforeAll(async () => {
  ca = await authority()
  leaf = await ca.issue()
  ownSigned = await selfSigned()
})

afterEach(closeKept)

/** In the spelling people paste. */
const pinOf = (identity: TestIdentity, port: number): Pin => ({
  host: 'LOCALHOST',
  port,
  fingerprint256: identity.fingerprint256.toLowerCase().replaceAll(':', ''),
  pem: identity.cert,
})

const trusting = (...pins: readonly Pin[]) => ({ trust: createTrust({ extraCaPem: null, pins }) })

describe('a certificate that is refused (N17 to N21)', () => {
  it.each([
    ['expired', () => ca.issue({ notAfter: new Date(Date.now() - 1000) }), 'expired', 'CERT_HAS_EXPIRED'],
    [
      'not yet valid',
      () => ca.issue({ notBefore: new Date(Date.now() + DAY_MS) }),
      'notYetValid',
      'CERT_NOT_YET_VALID',
    ],
    ['self-signed', () => selfSigned(), 'selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'for another host',
      () => ca.issue({ names: ['other.example.com'] }),
      'wrongHost',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    [
      'of an unknown authority',
      async () => (await authority('Someone Else')).issue(),
      'untrustedIssuer',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    [
      'sent with its unknown authority',
      async () => {
        const other = await authority('Someone Else')
        const issued = await other.issue()
        return { ...issued, cert: `${issued.cert}\n${other.cert}` }
      },
      'untrustedIssuer',
      'SELF_SIGNED_CERT_IN_CHAIN',
    ],
  ] as const)('%s: says why and shows it', async (_, make, problem, code) => {
    const identity = await make()
    const server = await kept(tlsServer(identity))
    const { result, steps } = await attempt(server.port, ca.cert)
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'tls', host: 'localhost', port: server.port, problem, code },
    })
    if (result.ok || result.error.kind !== 'tls') return
    expect(result.error.certificate).toMatchObject({ fingerprint256: identity.fingerprint256 })
    expect(result.error.certificate?.pem).toContain('BEGIN CERTIFICATE')
    expect(result.error.certificate?.validTo).toBeGreaterThan(0)
    expect(result.error.certificate?.selfSigned).toBe(problem === 'selfSigned')
    expect(steps.at(-1)).toBe('tls failed')
    expect(server.received()).toBe('')
  })

  it('names the alternative names of a wrong host', async () => {
    const server = await kept(tlsServer(await ca.issue({ names: ['a.example.com', '10.0.0.7'] })))
    expect(await failureOf(server.port, ca.cert)).toMatchObject({
      certificate: { subjectAltNames: ['a.example.com', '10.0.0.7'] },
    })
  })

  it('TLS 1.1 only', async () => {
    const server = await kept(
      tlsServer(leaf, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
    )
    expect(await failureOf(server.port, ca.cert)).toMatchObject({
      kind: 'tls',
      problem: 'protocol',
      certificate: null,
    })
  })
})

describe('a pinned certificate (N18, N20)', () => {
  it.each([
    ['self-signed', () => selfSigned()],
    ['self-signed for another name', () => selfSigned({ names: ['uccxpub.example.com'] })],
    ['issued by an unknown authority', async () => (await authority('Private')).issue()],
  ])('%s: accepted', async (_, make) => {
    const identity = await make()
    const server = await kept(tlsServer(identity))
    const { result, reports } = await attempt(server.port, ca.cert, trusting(pinOf(identity, server.port)))
    expect(result.ok).toBe(true)
    expect(reports.at(-1)?.facts).toMatchObject({ authorizedBy: 'pin' })
  })

  it('refuses every other certificate, even a valid one', async () => {
    for (const identity of [await selfSigned(), leaf]) {
      const server = await kept(tlsServer(identity))
      const trust = createTrust({ extraCaPem: ca.cert, pins: [pinOf(ownSigned, server.port)] })
      expect(await failureOf(server.port, ca.cert, { trust })).toMatchObject({
        kind: 'tls',
        problem: 'pinMismatch',
        certificate: { fingerprint256: identity.fingerprint256 },
      })
      expect(server.received()).toBe('')
    }
  })

  it('refuses a certificate that the pinned one has signed', async () => {
    const server = await kept(tlsServer(leaf))
    expect(await failureOf(server.port, ca.cert, trusting(pinOf(ca, server.port)))).toMatchObject({
      problem: 'pinMismatch',
    })
  })

  it('holds for its host and port only', async () => {
    const server = await kept(tlsServer(ownSigned))
    const elsewhere = [pinOf(ownSigned, server.port + 1), { ...pinOf(ownSigned, server.port), host: 'b' }]
    expect(await failureOf(server.port, ca.cert, trusting(...elsewhere))).toMatchObject({
      problem: 'selfSigned',
    })
  })

  it('does not revive an expired certificate', async () => {
    const expired = await selfSigned({ notAfter: new Date(Date.now() - 1000) })
    const server = await kept(tlsServer(expired))
    expect(await failureOf(server.port, ca.cert, trusting(pinOf(expired, server.port)))).toMatchObject({
      problem: 'expired',
    })
  })

  it('is ignored when its certificate and fingerprint disagree', async () => {
    const server = await kept(tlsServer(ownSigned))
    const broken = { ...pinOf(ownSigned, server.port), pem: leaf.cert }
    expect(await failureOf(server.port, ca.cert, trusting(broken))).toMatchObject({ problem: 'selfSigned' })
  })
})
