import type { Cause } from '../../src-contract/causes/ids'
import type { Stage } from '../../src-contract/connection'
import type { ConnectionFailure } from '../finesse/failures'
import type { SystemInfo } from '../finesse/model'
import type { RestFailure } from '../finesse/rest/types'
import type { RestCall } from '../session/problems'

/** What is known around a failure and decides between causes that look the same on the wire. */
export interface CauseContext {
  readonly host: string
  readonly port: number
  readonly loginId: string
  /** Of SystemInfo, for example `12.6(1)`. */
  readonly version: string | null
  /** Server clock minus ours, ms. */
  readonly clockOffsetMs: number | null
  /** What the stage had seen before it failed. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>
}

/** Why a stage, or a living connection, broke. Total: what nobody knows is `unknown`. */
export const causeOfConnection = (
  _failure: ConnectionFailure,
  _stage: Stage,
  _context: CauseContext,
): Cause => ({ id: 'unknown', params: {} })

/** Why a REST call gave nothing. */
export const causeOfRest = (
  _failure: RestFailure,
  _call: RestCall | 'other',
  _context: CauseContext,
): Cause => ({
  id: 'unknown',
  params: {},
})

/** What a good answer of SystemInfo says of trouble: out of service, no phone system, no XMPP domain, clock. */
export const causeOfSystemInfo = (_info: SystemInfo, _context: CauseContext): Cause | null => null
