/**
 * Every cause the inspector can name, by the stage at which it shows, with the parameters its sentences may use.
 * All of them also carry `host` and `port`: of the server, or of the proxy under `proxy.*`. Never a secret. What was
 * expected, what came, the usual reasons and what to check are in the catalogue of causes (`words.ts`).
 *
 * `code`: of the operating system, of TLS or of CTI. `condition`: of XMPP or SASL. `status`: of HTTP. `seconds`: how long
 * was waited. `version`: the release as far as SystemInfo betrays it (`12.6+`, `12.5`, `<12.5`). `validFrom`, `validTo`:
 * epoch ms. `came`: what refused the password, in the words of its protocol.
 */
export const CAUSE_PARAMS = {
  unknown: ['code'],

  'dns.notFound': ['code'],
  'dns.shortName': ['code'],
  'dns.noAnswer': ['code'],
  'dns.timeout': ['seconds'],

  'proxy.unreachable': ['code'],
  'proxy.auth': [],
  'proxy.refused': ['code', 'target'],
  'proxy.unsupported': ['code', 'target'],

  'tcp.refused': ['code'],
  'tcp.port8445': ['version', 'code'],
  'tcp.port7443': ['version', 'code'],
  'tcp.timeout': ['seconds'],
  'tcp.unreachable': ['code'],

  'tls.expired': ['subject', 'validTo'],
  'tls.notYetValid': ['subject', 'validFrom'],
  'tls.clockWrong': ['validFrom', 'validTo', 'offset'],
  'tls.wrongHost': ['subject', 'names'],
  'tls.shortName': ['subject', 'names', 'name'],
  'tls.addressTyped': ['subject', 'names'],
  'tls.selfSigned': ['subject', 'fingerprint'],
  'tls.incompleteChain': ['subject', 'issuer'],
  'tls.unknownIssuer': ['subject', 'issuer'],
  'tls.intercepted': ['subject', 'issuer'],
  'tls.otherPort': ['subject', 'issuer', 'trusted'],
  'tls.changed': ['subject', 'fingerprint'],
  'tls.rejected': ['subject', 'code'],
  'tls.tooOld': ['code'],
  'tls.notTls': ['code'],
  'tls.nameUnknown': ['code'],
  'tls.clientCertificate': ['code'],
  'tls.cut': ['code'],
  'tls.timeout': ['seconds'],

  'upgrade.stripped': ['status'],
  'upgrade.unauthorized': ['status'],
  'upgrade.forbidden': ['status'],
  'upgrade.notFound': ['status', 'path'],
  'upgrade.port7443': ['status', 'version'],
  'upgrade.notAllowed': ['status', 'path'],
  'upgrade.gateway': ['status'],
  'upgrade.unavailable': ['status', 'retrySeconds'],
  'upgrade.redirected': ['status', 'location'],
  'upgrade.refused': ['status'],
  'upgrade.badAccept': ['status'],
  'upgrade.noSubprotocol': ['offered'],
  'upgrade.notHttp': ['code'],
  'upgrade.cut': ['code'],
  'upgrade.timeout': ['seconds'],

  'open.hostUnknown': ['condition', 'domain'],
  'open.timeout': ['seconds'],

  'auth.noPlain': ['offered'],
  'auth.wrongPassword': ['id', 'came'],
  'auth.locked': ['id', 'came'],
  'auth.passwordChanged': ['id', 'came'],
  'auth.loginName': ['id', 'came'],
  'auth.sso': ['mode'],
  'auth.temporary': ['condition'],
  'auth.refused': ['id', 'condition'],
  'auth.timeout': ['seconds'],

  'bind.conflict': ['id', 'resource', 'condition'],
  'bind.refused': ['resource', 'condition'],
  'bind.timeout': ['seconds'],

  'presence.finesseAbsent': ['seconds'],
  'presence.finesseGone': [],

  'subscribe.userForbidden': ['node', 'condition'],
  'subscribe.teamForbidden': ['node', 'condition', 'id'],
  'subscribe.nodeNotFound': ['node', 'condition'],
  'subscribe.pubsubUnknown': ['node', 'condition'],
  'subscribe.refused': ['node', 'condition'],
  'subscribe.timeout': ['seconds'],

  'live.pingTimeout': ['seconds'],
  'live.silent': [],
  'live.conflict': ['id'],
  'live.shutdown': ['condition'],
  'live.policyViolation': ['condition'],
  'live.streamError': ['condition', 'message'],
  'live.closed': ['code'],
  'live.cut': ['code'],
  'live.slowFrame': ['seconds'],
  'live.malformed': ['message'],
  'live.badWebSocket': ['message'],
  'live.tooLarge': ['limit'],

  'rest.notFinesse': ['status'],
  'rest.outOfService': ['message'],
  'rest.ctiDown': ['message'],
  'rest.maintenance': ['message'],
  'rest.noXmppDomain': ['message'],
  'rest.proxyLogin': ['status'],
  'rest.loginPage': ['status'],
  'rest.unreadable': ['status', 'message'],
  'rest.compressed': ['status'],
  'rest.tooLarge': ['limit'],
  'rest.redirected': ['status', 'location'],
  'rest.notFound': ['status'],
  'rest.throttled': ['status', 'retrySeconds'],
  'rest.serverError': ['status', 'message'],
  'rest.gateway': ['status'],
  'rest.timeout': ['seconds'],
  'rest.cut': ['code'],
  'rest.forbidden': ['status', 'type', 'message'],
  'rest.userUnknown': ['id', 'status', 'type', 'message'],
  'rest.extensionUnknown': ['extension', 'code', 'message'],
  'rest.extensionInUse': ['extension', 'code', 'message'],
  'rest.alreadySignedOn': ['id', 'extension', 'code', 'message'],
  'rest.deviceRefused': ['extension', 'code', 'message'],
  'rest.refused': ['status', 'type', 'message', 'code'],

  'clock.drift': ['offset'],

  'app.cancelled': [],
  'app.internal': ['message'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type CauseId = keyof typeof CAUSE_PARAMS

export const CAUSE_IDS = Object.keys(CAUSE_PARAMS) as readonly CauseId[]

/** A cause with the facts its sentences need: hosts, ports, statuses, conditions. Never a secret. */
export interface Cause {
  readonly id: CauseId
  readonly params: Readonly<Record<string, string | number>>
}
