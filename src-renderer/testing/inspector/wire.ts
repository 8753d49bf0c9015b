import type { Stage } from '../../../src-contract/connection'
import type { ChainCertificate, StageDetail } from '../../../src-contract/inspector'

const DAY = 86_400_000
const PRINT = Array.from({ length: 32 }, (_, n) =>
  ((n * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase(),
).join(':')

export const chainAt = (now: number, host: string): readonly ChainCertificate[] => [
  {
    subject: `CN=${host}, OU=Contact Centre, O=Example`,
    issuer: 'CN=Example Issuing CA 2, O=Example',
    subjectAltNames: [host, 'fin-b.example.com'],
    validFrom: now - 153 * DAY,
    validTo: now + 212 * DAY,
    fingerprint256: PRINT,
    selfSigned: false,
  },
  {
    subject: 'CN=Example Issuing CA 2, O=Example',
    issuer: 'CN=Example Root CA, O=Example',
    subjectAltNames: [],
    validFrom: now - 900 * DAY,
    validTo: now + 1200 * DAY,
    fingerprint256: PRINT.replaceAll('1', '7'),
    selfSigned: false,
  },
  {
    subject: 'CN=Example Root CA, O=Example',
    issuer: 'CN=Example Root CA, O=Example',
    subjectAltNames: [],
    validFrom: now - 2000 * DAY,
    validTo: now + 5000 * DAY,
    fingerprint256: PRINT.replaceAll('3', 'C'),
    selfSigned: true,
  },
]

export const MS: Readonly<Record<Stage, number>> = {
  dns: 2.1,
  tcp: 11,
  tls: 24,
  upgrade: 13,
  open: 12,
  auth: 38,
  bind: 12,
  presence: 14,
  subscribeUser: 13,
  subscribeTeam: 13,
  live: 14.6,
}

export const HOSTS = { A: 'fin-a.example.com', B: 'fin-b.example.com' } as const

export const FACTS = (host: string): Readonly<Record<Stage, StageDetail['facts']>> => ({
  dns: { host, addresses: ['192.0.2.10', '2001:db8::10'] },
  tcp: {
    address: '192.0.2.10',
    port: 8445,
    family: 'IPv4',
    tried: ['2001:db8::10 ENETUNREACH 1 ms', '192.0.2.10 ok 11 ms'],
  },
  tls: {
    serverName: host,
    version: 'TLSv1.2',
    cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
    authorizedBy: 'system',
  },
  upgrade: {
    path: '/ws/',
    status: 101,
    statusText: 'Switching Protocols',
    subprotocol: 'xmpp',
    server: 'openresty',
  },
  open: {
    to: host,
    from: host,
    streamId: '5rf2k1wq9z',
    mechanisms: ['PLAIN'],
    capsNode: 'http://www.igniterealtime.org/projects/openfire/',
    capsHash: 'sha-1',
    capsVer: 'Yo2lvbpZPz9iK7bMeCS6rV2HTYs=',
  },
  auth: { mechanism: 'PLAIN', user: '1001' },
  bind: { jid: `1001@${host}/desktop`, resource: 'desktop' },
  presence: { priority: 0, waitMs: 9, seen: `finesse@${host}/finesse`, others: [] },
  subscribeUser: {
    nodes: ['/finesse/api/User/1001', '/finesse/api/User/1001/Dialogs'],
    results: ['/finesse/api/User/1001 subscribed', '/finesse/api/User/1001/Dialogs subscribed'],
  },
  subscribeTeam: {
    nodes: ['/finesse/api/Team/5013/Users'],
    results: ['/finesse/api/Team/5013/Users subscribed'],
  },
  live: { proof: 'ping', roundTripMs: 14, firstEventNode: '/finesse/api/User/1001', firstEventMs: 420 },
})

export const WIRE = (host: string): Readonly<Partial<Record<Stage, readonly [string, string]>>> => ({
  upgrade: [
    `GET /ws/ HTTP/1.1\r\nHost: ${host}:8445\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: [redacted]\r\nSec-WebSocket-Protocol: xmpp`,
    'HTTP/1.1 101 Switching Protocols\r\nServer: openresty\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: xmpp\r\nSet-Cookie: [redacted]',
  ],
  open: [
    `<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="${host}" version="1.0"/>`,
    `<stream:features xmlns:stream="http://etherx.jabber.org/streams"><mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><mechanism>PLAIN</mechanism></mechanisms><c xmlns="http://jabber.org/protocol/caps" hash="sha-1" node="http://www.igniterealtime.org/projects/openfire/" ver="Yo2lvbpZPz9iK7bMeCS6rV2HTYs="/></stream:features>`,
  ],
  auth: [
    '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">[redacted]</auth>',
    '<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>',
  ],
  bind: [
    '<iq type="set" id="b1"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><resource>desktop</resource></bind></iq>',
    `<iq type="result" id="b1"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>1001@${host}/desktop</jid></bind></iq>`,
  ],
  presence: [
    '<presence xmlns="jabber:client"><priority>0</priority></presence>',
    `<presence from="finesse@${host}/finesse" to="1001@${host}/desktop"/>`,
  ],
  subscribeTeam: [
    `<iq type="set" to="pubsub.${host}" id="s2"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscribe node="/finesse/api/Team/5013/Users" jid="1001@${host}/desktop"/></pubsub></iq>`,
    `<iq type="result" id="s2" from="pubsub.${host}"><pubsub xmlns="http://jabber.org/protocol/pubsub"><subscription node="/finesse/api/Team/5013/Users" subscription="subscribed" subid="7K2"/></pubsub></iq>`,
  ],
  live: [
    `<iq type="get" id="p1" to="${host}"><ping xmlns="urn:xmpp:ping"/></iq>`,
    `<message from="pubsub.${host}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/1001/Dialogs"><item id="x1"><notification xmlns="http://jabber.org/protocol/pubsub">&lt;Update&gt;&lt;fromAddress&gt;[number 3]&lt;/fromAddress&gt;&lt;callVariable1&gt;[variable 2]&lt;/callVariable1&gt;&lt;/Update&gt;</notification></item></items></event></message>`,
  ],
})

export const REFUSED: Readonly<Partial<Record<Stage, string>>> = {
  upgrade:
    'HTTP/1.1 403 Forbidden\r\nServer: openresty\r\nContent-Type: text/html\r\n\r\n<html><body><h1>403 Forbidden</h1></body></html>',
  auth: '<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><not-authorized/></failure>',
  subscribeTeam:
    '<iq type="error" id="s2"><error type="auth"><forbidden xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error></iq>',
}
