/**
 * Everything that can go wrong, as a code with the facts a sentence needs. The sentences are in the message
 * catalogue under `problem.<code>`: what happened, what it means for the shift, what to do.
 *
 * Params by code. `at` stands for host, port. `stage` is one of the eleven stages or one of `systemInfo`, `signIn`,
 * `user`, `setState`, `signOut`, `reasonCodes`, `team`, `dialogs`, `clientLog`. `words` stands for type, message, data, code:
 * Finesse's own, each maybe empty. Times are epoch ms, `limit` is MiB.
 *
 * | code | params |
 * |---|---|
 * | serverAddressInvalid | server |
 * | caFileUnreadable, caFileInvalid | path |
 * | hostNotFound, hostUnreachable, connectionRefused | at, code, stage |
 * | proxyAuth, proxyRefused | host and port of the proxy, code, stage |
 * | connectionReset | at, code (stage when it was TCP) |
 * | stepTimeout | at, stage, seconds |
 * | certificateExpired, certificateNotYetValid, certificateWrongHost, certificateUntrusted, certificateChanged, tlsProtocol | at, code, stage; with a certificate also subject, issuer, validFrom, validTo, name (its names) |
 * | notFinesse | at, stage, status |
 * | httpStatus, serverError, forbidden, userUnknown (REST) | at, id, status, stage, type, message, maybe data, code |
 * | redirected | at, stage, status, path |
 * | answerUnreadable | at, stage, status, message |
 * | answerTooLarge | at, limit (stage when REST) |
 * | outOfService | at, id, stage, message (status and type when REST said 503); as an answer to a command: condition |
 * | systemInfoIncomplete | at, stage, message (the missing element) |
 * | ssoNotSupported | at, stage |
 * | upgradeRefused | at, status, stage |
 * | subprotocolMissing | at, name, stage |
 * | mechanismMissing | at, mechanisms, stage |
 * | bindRefused | at, condition, stage |
 * | subscribeRefused | at, node, condition |
 * | streamError | at, condition, message |
 * | malformedFrame | at, message |
 * | connectionClosed | at, code, message |
 * | pingTimeout | at, seconds |
 * | finesseAbsent | at, stage |
 * | passwordWrong | id, host, stage (condition from XMPP; status, words from REST); only id when none was given |
 * | accountLocked | id, host (stage, condition from XMPP; words from Finesse) |
 * | signedInElsewhere | at, id |
 * | userUnknown, extensionUnknown, extensionInUse, alreadySignedOn, deviceRefused (said by Finesse) | words, host, id, extension, stage |
 * | reasonRequired, reasonUnknown | type (NOT_READY or LOGOUT), id for unknown; words, host, id, extension when Finesse said so |
 * | stateRefused, notAllowedNow, finesseRefused | words, host, id, extension; notAllowedNow as an answer to a command: condition (a WhyNot) |
 * | eventsSilent, reconnectAsked | at |
 * | lastPasswordTry | id, host, minutes |
 * | noConfirmation | type (READY, NOT_READY, LOGOUT, LOGIN); at LOGIN also at, id, stage |
 * | signOutUnconfirmed | at |
 * | notConnected, busy | condition or nothing |
 * | fileUnreadable, fileNotSaved | path, code |
 * | notABundle, bundleNewer | path |
 * | bundleDamaged | path, name (a file in it) |
 * | bundleTooLarge | path (maybe empty), limit |
 * | bundleHoldsSecret | name (a file in it) |
 * | previewGone | nothing |
 * | cancelled, simulatorFailed | nothing |
 * | internal | message |
 */
export const PROBLEM_CODES = [
  // what was typed
  'serverAddressInvalid',
  'caFileUnreadable',
  'caFileInvalid',
  // the way to the server
  'hostNotFound',
  'hostUnreachable',
  'connectionRefused',
  'connectionReset',
  'proxyAuth',
  'proxyRefused',
  'stepTimeout',
  'certificateExpired',
  'certificateNotYetValid',
  'certificateWrongHost',
  'certificateUntrusted',
  'certificateChanged',
  'tlsProtocol',
  // what answered
  'notFinesse',
  'httpStatus',
  'redirected',
  'answerUnreadable',
  'answerTooLarge',
  'outOfService',
  'serverError',
  'systemInfoIncomplete',
  'ssoNotSupported',
  // the notification service
  'upgradeRefused',
  'subprotocolMissing',
  'mechanismMissing',
  'bindRefused',
  'subscribeRefused',
  'streamError',
  'malformedFrame',
  'connectionClosed',
  'pingTimeout',
  'eventsSilent',
  'reconnectAsked',
  'finesseAbsent',
  // who may sign in
  'passwordWrong',
  'accountLocked',
  'lastPasswordTry',
  'userUnknown',
  'forbidden',
  'extensionUnknown',
  'extensionInUse',
  'alreadySignedOn',
  'deviceRefused',
  'signedInElsewhere',
  // what was asked
  'reasonRequired',
  'reasonUnknown',
  'stateRefused',
  'notAllowedNow',
  'noConfirmation',
  'finesseRefused',
  'signOutUnconfirmed',
  // files
  'fileUnreadable',
  'fileNotSaved',
  'notABundle',
  'bundleNewer',
  'bundleDamaged',
  'bundleTooLarge',
  'bundleHoldsSecret',
  'previewGone',
  // ourselves
  'notConnected',
  'busy',
  'cancelled',
  'simulatorFailed',
  'internal',
] as const

export type ProblemCode = (typeof PROBLEM_CODES)[number]

export interface Problem {
  readonly code: ProblemCode
  /** Only what a person may see: hosts, ports, statuses, Finesse's own words. Never a secret. */
  readonly params: Readonly<Record<string, string | number>>
}

export const problem = (code: ProblemCode, params: Problem['params'] = {}): Problem => ({ code, params })
