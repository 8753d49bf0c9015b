import type { CtiError, Deployment, Reason, ReasonCategory, World } from './types'

/** System codes never appear in a list, only in events (12.8). */
export const systemReason = (category: ReasonCategory, code: number, label: string): Reason => ({
  id: null,
  category,
  code,
  label,
  forAll: true,
})

export const ringNoAnswer = (deployment: Deployment): Reason =>
  deployment === 'UCCE'
    ? systemReason('NOT_READY', 32767, 'Call Not Answered')
    : systemReason('NOT_READY', 32763, 'Ring No Answer')

export const supervisorReason = (deployment: Deployment, category: ReasonCategory): Reason => {
  if (deployment === 'UCCE') return systemReason(category, 999, 'Supervisor Initiated')
  return category === 'LOGOUT'
    ? systemReason('LOGOUT', 22, 'Logged Out by Supervisor')
    : systemReason('NOT_READY', 33, 'Not Ready by Supervisor')
}

export const connectionFailure = (category: ReasonCategory): Reason =>
  category === 'LOGOUT'
    ? systemReason('LOGOUT', 255, 'Connection Failure')
    : systemReason('NOT_READY', 50002, 'Connection Failure')

/** UCCX, the first state after its server was lost (13.5). */
export const relogon = systemReason('NOT_READY', 32767, 'Relogon')

export const callFromReady = systemReason('NOT_READY', 50006, 'Call Made from Ready')

export const reasonById = (
  world: Pick<World, 'reasons'>,
  id: string,
  category: ReasonCategory,
): Reason | null => world.reasons.find((reason) => reason.id === id && reason.category === category) ?? null

const cti = (type: string, data: number, message: string, peripheralErrorCode?: string): CtiError => ({
  type,
  data: String(data),
  message,
  ...(peripheralErrorCode === undefined ? {} : { peripheralErrorCode }),
})

/** Sections 6.2, 8.3 and 8.7. Which errorType goes with 281 and 283 is our guess. */
export const ctiErrors = {
  invalidDevice: cti('Invalid Device', 260, 'CF_INVALID_LOGON_DEVICE_SPECIFIED', '10125'),
  extensionInUse: cti('Invalid Device', 283, 'CF_SPECIFIED_EXTENSION_ALREADY_IN_USE'),
  alreadySignedOn: cti('Generic Error', 259, 'CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON'),
  invalidPassword: cti('Invalid State', 257, 'CF_INVALID_PASSWORD_SPECIFIED'),
  invalidParameter: cti('Invalid State', 1010, 'CF_INVALID_PARAMETER'),
  invalidObjectState: cti('Invalid State', 22, 'CF_INVALID_OBJECT_STATE'),
  invalidWorkMode: cti('Invalid State', 265, 'CF_INVALID_AGENT_WORKMODE'),
  resourceBusy: cti('Invalid State', 33, 'CF_RESOURCE_BUSY'),
  reasonCodeRequired: cti('Invalid State', 281, 'CF_REASON_CODE_REQUIRED'),
  wrapUpDataRequired: cti('Invalid State', 280, 'CF_WRAPUP_DATA_REQUIRED'),
  callInvalidState: cti('Call Operation Failure', 22, 'CF_INVALID_OBJECT_STATE'),
  noCallToAnswer: cti('Call Operation Failure', 28, 'CF_NO_CALL_TO_ANSWER'),
  invalidDestination: cti('Invalid Destination', 14, 'CF_INVALID_DESTINATION'),
} as const

export const actionRefused = (action: string, extension: string): CtiError => ({
  type: 'Generic Error',
  data: extension,
  message: `INVALID_ACTION ${action} on extension ${extension}`,
})
