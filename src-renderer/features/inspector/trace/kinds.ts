import type { Look } from '../../../../src-contract/model'
import type { TraceKind } from '../../../../src-contract/inspector'

/** Colours the kinds share with the states; the word always stands beside them. */
export const LOOK_OF_KIND = {
  event: 'call',
  iq: 'wrapUp',
  presence: 'ready',
  stream: 'unknown',
  ping: 'unknown',
  upgrade: 'reserved',
  rest: 'reserved',
  stage: 'notReady',
  note: 'unknown',
} as const satisfies Record<TraceKind, Look>
