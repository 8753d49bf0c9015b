import type { Cause } from '../../src-contract/causes/ids'
import type { Stage } from '../../src-contract/connection'
import type { ConnectionFailure } from '../finesse/failures'
import type { SystemInfo } from '../finesse/model'
import type { RestFailure } from '../finesse/rest/types'
import { causeOf } from './connection'
import type { CauseContext } from './context'
import { type AskedCall, causeOfCall } from './rest'
import { causeOfInfo } from './systemInfo'

export type { CauseContext } from './context'
export { causeOfProblem } from './problem'
export { causeOfApiError } from './rest'
export { releaseOf } from './release'

/**
 * Why a stage of the notification session, or the living session, broke. Total. `finesse` that leaves a living session
 * is `{ kind: 'presence' }` at stage `live`; what only the session finds out is for `causeOfProblem`.
 */
export const causeOfConnection = (failure: ConnectionFailure, stage: Stage, context: CauseContext): Cause =>
  causeOf(failure, stage, context, 'notifications')

/** Why a REST call gave nothing. Total. */
export const causeOfRest = (failure: RestFailure, call: AskedCall, context: CauseContext): Cause =>
  causeOfCall(failure, call, context)

/** What a good answer of SystemInfo says of trouble: out of service, no phone system, no XMPP domain, clock. */
export const causeOfSystemInfo = (info: SystemInfo, context: CauseContext): Cause | null =>
  causeOfInfo(info, context)
