import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultTest, type FaultRun } from '../../testing/faultTest'
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

/** Says why, shows the certificate, and has sent nothing but the handshake. */
const refused = async (t: FaultRun, identity: TestIdentity, problem: string, code: string): Promise<void> => {
  const server = await kept(tlsServer(identity))
  t.watch()
  const { result, steps } = await attempt(server.port, ca.cert)
  t.log([JSON.stringify(result)])
  expect(result).toMatchObject({
    ok: false,
    error: { kind: 'tls', host: 'localhost', port: server.port, problem, code },
  })
  if (result.ok || result.error.kind !== 'tls') return
  expect(result.error.certificate).toMatchObject({ fingerprint256: identity.fingerprint256 })
  expect(result.error.certificate?.subject).toContain('CN=localhost')
  expect(result.error.certificate?.pem).toContain('BEGIN CERTIFICATE')
  expect(result.error.certificate?.validTo).toBeGreaterThan(0)
  expect(result.error.certificate?.selfSigned).toBe(problem === 'selfSigned')
  expect(steps.at(-1)).toBe('tls failed')
  expect(server.received()).toBe('')
}

describe('a certificate that is refused', () => {
  faultTest('N17', 'an expired one', async (t) =>
    refused(t, await ca.issue({ notAfter: new Date(Date.now() - 1000) }), 'expired', 'CERT_HAS_EXPIRED'),
  )

  faultTest('N17', 'one that is not valid yet', async (t) =>
    refused(
      t,
      await ca.issue({ notBefore: new Date(Date.now() + DAY_MS) }),
      'notYetValid',
      'CERT_NOT_YET_VALID',
    ),
  )

  faultTest('N18', 'a self-signed one', async (t) =>
    refused(t, await selfSigned(), 'selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'),
  )

  faultTest('N18', 'one of an unknown authority', async (t) =>
    refused(
      t,
      await (await authority('Someone Else')).issue(),
      'untrustedIssuer',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ),
  )

  faultTest('N18', 'one that is sent with its unknown authority', async (t) => {
    const other = await authority('Someone Else')
    const issued = await other.issue()
    const chain = { ...issued, cert: `${issued.cert}\n${other.cert}` }
    await refused(t, chain, 'untrustedIssuer', 'SELF_SIGNED_CERT_IN_CHAIN')
  })

  faultTest('N19', 'one for another host, though its authority is trusted', async (t) =>
    refused(t, await ca.issue({ names: ['other.example.com'] }), 'wrongHost', 'ERR_TLS_CERT_ALTNAME_INVALID'),
  )

  faultTest('N19', 'the names it is for are told', async (t) => {
    const server = await kept(tlsServer(await ca.issue({ names: ['a.example.com', '10.0.0.7'] })))
    t.watch()
    expect(await failureOf(server.port, ca.cert)).toMatchObject({
      certificate: { subjectAltNames: ['a.example.com', '10.0.0.7'] },
    })
  })

  faultTest('N21', 'TLS 1.1 at most', async (t) => {
    const server = await kept(
      tlsServer(leaf, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
    )
    t.watch()
    expect(await failureOf(server.port, ca.cert)).toMatchObject({
      kind: 'tls',
      problem: 'protocol',
      certificate: null,
    })
  })

  faultTest('N21', 'ciphers that authenticate or encrypt nothing', async (t) => {
    for (const ciphers of ['aNULL:@SECLEVEL=0', 'eNULL:@SECLEVEL=0']) {
      const server = await kept(tlsServer(leaf, { maxVersion: 'TLSv1.2', ciphers }))
      t.watch()
      expect(await failureOf(server.port, ca.cert), ciphers).toMatchObject({ kind: 'tls' })
      expect(server.received()).toBe('')
    }
  })
})

describe('a pinned certificate', () => {
  for (const [name, make] of [
    ['a self-signed one', () => selfSigned()],
    ['a self-signed one for another name', () => selfSigned({ names: ['uccxpub.example.com'] })],
    ['one of an unknown authority', async () => (await authority('Private')).issue()],
  ] as const)
    faultTest('N18', `${name} is accepted once it is pinned`, async (t) => {
      const identity = await make()
      const server = await kept(tlsServer(identity))
      t.watch()
      const { result, reports } = await attempt(server.port, ca.cert, trusting(pinOf(identity, server.port)))
      expect(result.ok).toBe(true)
      expect(reports.at(-1)?.facts).toMatchObject({ authorizedBy: 'pin' })
    })

  faultTest('N20', 'every other certificate is refused, even a valid one', async (t) => {
    t.watch()
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

  faultTest('N20', 'one that the pinned certificate has signed is refused', async (t) => {
    t.watch()
    const server = await kept(tlsServer(leaf))
    expect(await failureOf(server.port, ca.cert, trusting(pinOf(ca, server.port)))).toMatchObject({
      problem: 'pinMismatch',
    })
  })

  faultTest('N18', 'a pin holds for its host and port only', async (t) => {
    t.watch()
    const server = await kept(tlsServer(ownSigned))
    const elsewhere = [pinOf(ownSigned, server.port + 1), { ...pinOf(ownSigned, server.port), host: 'b' }]
    expect(await failureOf(server.port, ca.cert, trusting(...elsewhere))).toMatchObject({
      problem: 'selfSigned',
    })
  })

  faultTest('N17', 'a pin does not revive an expired certificate', async (t) => {
    t.watch()
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
