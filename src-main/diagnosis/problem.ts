import type { Cause, CauseId } from '../../src-contract/causes/ids'
import { STAGES, type Stage } from '../../src-contract/connection'
import type { Problem, ProblemCode } from '../../src-contract/problem'
import { TIMEOUTS } from './connection'
import { cause, placeOf, type CauseContext } from './context'

/** Where a problem is all that is known. `unknown`: it is not about a connection. */
export const CAUSE_OF_PROBLEM: Readonly<Record<ProblemCode, CauseId>> = {
  serverAddressInvalid: 'unknown',
  caFileUnreadable: 'unknown',
  fileUnreadable: 'unknown',
  fileNotSaved: 'unknown',
  notABundle: 'unknown',
  bundleNewer: 'unknown',
  bundleDamaged: 'unknown',
  bundleTooLarge: 'unknown',
  bundleHoldsSecret: 'unknown',
  previewGone: 'unknown',
  caFileInvalid: 'unknown',
  hostNotFound: 'dns.notFound',
  hostUnreachable: 'tcp.unreachable',
  connectionRefused: 'tcp.refused',
  connectionReset: 'live.cut',
  proxyAuth: 'proxy.auth',
  proxyRefused: 'proxy.refused',
  stepTimeout: 'rest.timeout',
  certificateExpired: 'tls.expired',
  certificateNotYetValid: 'tls.notYetValid',
  certificateWrongHost: 'tls.wrongHost',
  certificateUntrusted: 'tls.unknownIssuer',
  certificateChanged: 'tls.changed',
  tlsProtocol: 'tls.tooOld',
  notFinesse: 'rest.notFinesse',
  httpStatus: 'rest.refused',
  redirected: 'rest.redirected',
  answerUnreadable: 'rest.unreadable',
  answerTooLarge: 'rest.tooLarge',
  outOfService: 'rest.outOfService',
  serverError: 'rest.serverError',
  systemInfoIncomplete: 'rest.noXmppDomain',
  ssoNotSupported: 'auth.sso',
  upgradeRefused: 'upgrade.refused',
  subprotocolMissing: 'upgrade.noSubprotocol',
  mechanismMissing: 'auth.noPlain',
  bindRefused: 'bind.refused',
  subscribeRefused: 'subscribe.refused',
  streamError: 'live.streamError',
  malformedFrame: 'live.malformed',
  connectionClosed: 'live.closed',
  pingTimeout: 'live.pingTimeout',
  eventsSilent: 'live.silent',
  reconnectAsked: 'app.cancelled',
  finesseAbsent: 'presence.finesseGone',
  passwordWrong: 'auth.wrongPassword',
  accountLocked: 'auth.locked',
  lastPasswordTry: 'auth.wrongPassword',
  userUnknown: 'rest.userUnknown',
  forbidden: 'rest.forbidden',
  extensionUnknown: 'rest.extensionUnknown',
  extensionInUse: 'rest.extensionInUse',
  alreadySignedOn: 'rest.alreadySignedOn',
  deviceRefused: 'rest.deviceRefused',
  signedInElsewhere: 'live.conflict',
  reasonRequired: 'rest.refused',
  reasonUnknown: 'rest.refused',
  stateRefused: 'rest.refused',
  notAllowedNow: 'rest.refused',
  noConfirmation: 'rest.refused',
  finesseRefused: 'rest.refused',
  signOutUnconfirmed: 'unknown',
  notConnected: 'unknown',
  busy: 'unknown',
  cancelled: 'app.cancelled',
  simulatorFailed: 'app.internal',
  internal: 'app.internal',
}

const isStage = (value: unknown): value is Stage => STAGES.some((stage) => stage === value)

/** Some problems tell of themselves what they are about. */
const idOf = ({ code, params }: Problem): CauseId => {
  if (code === 'stepTimeout' && isStage(params.stage)) return TIMEOUTS[params.stage]
  // `outOfServiceProblem`: in service by its own word, without the heartbeat of the phone system.
  if (code === 'outOfService' && params.message === 'CTI failure') return 'rest.ctiDown'
  return CAUSE_OF_PROBLEM[code]
}

/** For what the session finds out by itself: notifications that stay away, `finesse` that left, out of service. */
export const causeOfProblem = (problem: Problem, context: CauseContext): Cause => {
  const { params } = problem
  const id = idOf(problem)
  const came = params.condition ?? (params.status === undefined ? '' : `HTTP ${String(params.status)}`)
  return cause(id, context, {
    ...(id === 'unknown' ? { code: problem.code } : {}),
    id: context.loginId,
    extension: context.extension ?? '',
    came,
    offered: params.mechanisms ?? params.name ?? '',
    names: params.name ?? '',
    location: placeOf(String(params.path ?? '')),
    ...params,
  })
}
