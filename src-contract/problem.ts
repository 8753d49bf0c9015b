/**
 * Everything that can go wrong, as a code with the facts a sentence needs. The sentences are in the message
 * catalogue under `problem.<code>`: what happened, what it means for the shift, what to do.
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
  'finesseAbsent',
  // who may sign in
  'passwordWrong',
  'accountLocked',
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
