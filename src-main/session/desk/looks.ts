import type { Look } from '../../../src-contract/model'

const LOOKS: ReadonlyMap<string, Look> = new Map<string, Look>([
  ['LOGOUT', 'signedOut'],
  ['NOT_READY', 'notReady'],
  ['READY', 'ready'],
  ['RESERVED', 'reserved'],
  ['RESERVED_OUTBOUND', 'reserved'],
  ['RESERVED_OUTBOUND_PREVIEW', 'reserved'],
  ['TALKING', 'call'],
  ['HOLD', 'hold'],
  ['WORK', 'wrapUp'],
  ['WORK_READY', 'wrapUp'],
])

/** States we do not know are shown raw, with the neutral look (12.1). */
export const lookOf = (state: string): Look => LOOKS.get(state) ?? 'unknown'

const CALL_LOOKS: ReadonlyMap<string, Look> = new Map<string, Look>([
  ['ALERTING', 'reserved'],
  ['INITIATING', 'call'],
  ['INITIATED', 'call'],
  ['ACTIVE', 'call'],
  ['ACCEPTED', 'call'],
  ['HELD', 'hold'],
  ['WRAP_UP', 'wrapUp'],
  ['DROPPED', 'signedOut'],
  ['FAILED', 'unknown'],
])

/** Look of a call by the state of the own leg, else of the dialog (12.5, 12.6). */
export const callLook = (ownState: string | null, dialogState: string | null): Look =>
  CALL_LOOKS.get(ownState ?? dialogState ?? '') ?? 'unknown'
