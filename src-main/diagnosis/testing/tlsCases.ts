import 'reflect-metadata'
import { KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { TlsOptions } from 'node:tls'
import { trusting } from '../../finesse/notifications/testing/desk'
import { kept } from '../../finesse/transport/testing/attempt'
import {
  authority,
  type LeafOptions,
  selfSigned,
  type TestIdentity,
} from '../../finesse/transport/testing/certificates'
import { httpsServer, tcpServer, tlsServer } from '../../finesse/transport/testing/servers'
import { createTrust } from '../../finesse/transport/trust'
import { openLink, provocation, restAt, startSite, testCa, type Evidence, type Provocation } from './provoke'

const DAY = 86_400_000
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY)

type Shown = Pick<TestIdentity, 'cert' | 'key'>

const facing = async (
  shown: Shown,
  options: TlsOptions = {},
  host = 'localhost',
  evidence: Evidence = {},
) => {
  const server = await kept(tlsServer(shown, options))
  const link = await openLink(server.port, { endpoints: [{ host, port: server.port, path: '/ws/' }] })
  return link.ended(evidence)
}

const facingLeaf = async (options: LeafOptions, host = 'localhost') =>
  facing(await (await testCa()).issue(options), {}, host)

const facingTcp = async (onData: (data: Buffer) => Buffer | string | null | undefined) => {
  const server = await kept(
    tcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', (data) => {
        const answer = onData(Buffer.isBuffer(data) ? data : Buffer.from(data))
        if (answer === null) socket.destroy()
        else if (answer !== undefined) socket.end(answer)
      })
    }),
  )
  return (await openLink(server.port)).ended()
}

/** RFC 8446, 6: a fatal alert. */
const alert = (description: number): Buffer => Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, description])

/** A certificate of the trusted authority that is meant for clients only. */
const forClients = async (): Promise<Shown & { readonly ca: string }> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const validity = { notBefore: daysFromNow(-1), notAfter: daysFromNow(30) }
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Example Private CA',
    ...validity,
    signingAlgorithm: algorithm,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  const leaf = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    issuer: root.subject,
    subject: 'CN=localhost',
    ...validity,
    signingAlgorithm: algorithm,
    signingKey: keys.privateKey,
    publicKey: leaf.publicKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }]),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2']),
    ],
  })
  return {
    ca: root.toString('pem'),
    cert: certificate.toString('pem'),
    key: KeyObject.from(leaf.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** OpenSSL does not serve TLS 1.1 otherwise; BoringSSL, which is Electron's, does and knows no levels. */
const OLD_CIPHERS: TlsOptions = 'electron' in process.versions ? {} : { ciphers: 'DEFAULT@SECLEVEL=0' }

export const tlsCases: readonly Provocation[] = [
  provocation('tls.expired', 'the certificate ended yesterday', () =>
    facingLeaf({ notBefore: daysFromNow(-30), notAfter: daysFromNow(-1) }),
  ),
  provocation('tls.notYetValid', 'the certificate begins tomorrow', () =>
    facingLeaf({ notBefore: daysFromNow(1), notAfter: daysFromNow(30) }),
  ),
  provocation('tls.clockWrong', 'by the clock SystemInfo showed before, it is valid', async () => {
    const site = await startSite({ clockOffsetMs: -10 * DAY })
    const answer = await site.rest.client.systemInfo()
    if (!answer.ok) throw new Error('SystemInfo was expected.')
    await site.control.setCertificate('A', 'expired')
    const link = await site.link()
    return link.ended({ clockOffsetMs: answer.value.clockOffsetMs, now: Date.now() })
  }),
  provocation('tls.expired', 'it is expired by the server’s clock as well', async () => {
    const identity = await (await testCa()).issue({ notBefore: daysFromNow(-30), notAfter: daysFromNow(-1) })
    return facing(identity, {}, 'localhost', { clockOffsetMs: 2_000, now: Date.now() })
  }),
  provocation('tls.wrongHost', 'a certificate of another server', () =>
    facingLeaf({ names: ['elsewhere.example.com'] }),
  ),
  provocation('tls.shortName', 'the short name of the certificate’s', () =>
    facingLeaf({ names: ['localhost.example.com'] }),
  ),
  provocation('tls.addressTyped', 'an address instead of the name', () =>
    facingLeaf({ names: ['fin-a.example.com'] }, '127.0.0.1'),
  ),
  provocation('tls.selfSigned', 'signed by itself', async () => facing(await selfSigned())),
  provocation('tls.incompleteChain', 'only the leaf of an unknown issuer', async () =>
    facing(await (await authority('Example Issuing CA 2')).issue()),
  ),
  provocation('tls.unknownIssuer', 'with its root, which nobody trusts', async () => {
    const other = await authority('Other Private CA')
    const leaf = await other.issue()
    return facing({ cert: `${leaf.cert}\n${other.cert}`, key: leaf.key })
  }),
  provocation('tls.intercepted', 'made up by a product that inspects TLS', async () => {
    const inspector = await authority('Zscaler Intermediate Root CA')
    return facing(await inspector.issue())
  }),
  provocation('tls.otherPort', 'trusted for REST, self-signed for notifications', async () => {
    const ca = await testCa()
    const https = await kept(
      httpsServer(await ca.issue(), (_request, response) => void response.writeHead(404).end()),
    )
    const rest = await restAt(https.port, ca.cert)
    const answer = await rest.client.systemInfo()
    if (answer.ok || answer.error.kind !== 'status') throw new Error('REST was expected to be trusted.')
    return facing(await selfSigned(), {}, 'localhost', { trustedPorts: [https.port] })
  }),
  provocation('tls.changed', 'another certificate than the pinned one', async () => {
    const before = await selfSigned()
    const server = await kept(tlsServer(await selfSigned()))
    const pin = {
      host: 'localhost',
      port: server.port,
      fingerprint256: before.fingerprint256,
      pem: before.cert,
    }
    const trust = createTrust({ extraCaPem: null, pins: [pin] })
    return (await openLink(server.port, {}, { trust })).ended()
  }),
  provocation('tls.rejected', 'meant for clients only', async () => {
    const shown = await forClients()
    const server = await kept(tlsServer(shown))
    return (await openLink(server.port, {}, { trust: trusting(shown.ca) })).ended()
  }),
  provocation('tls.tooOld', 'TLS 1.1 at most', async () =>
    facing(await (await testCa()).issue(), {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ...OLD_CIPHERS,
    }),
  ),
  provocation('tls.tooOld', 'the alert protocol_version', () => facingTcp(() => alert(70))),
  provocation('tls.tooOld', 'no cipher in common', () => facingTcp(() => alert(40))),
  provocation('tls.notTls', 'plain HTTP', () => facingTcp(() => 'HTTP/1.1 400 Bad Request\r\n\r\n')),
  provocation('tls.notTls', 'plain XMPP', () => facingTcp(() => "<?xml version='1.0'?><stream:stream>")),
  provocation('tls.nameUnknown', 'the alert unrecognized_name', () => facingTcp(() => alert(112))),
  provocation('tls.clientCertificate', 'a client certificate is required', async () =>
    facing(await (await testCa()).issue(), { requestCert: true, ca: (await testCa()).cert }),
  ),
  provocation('tls.cut', 'the peer hangs up in the handshake', () => facingTcp(() => null)),
  provocation('tls.timeout', 'the peer says nothing', () => facingTcp(() => undefined)),
]
