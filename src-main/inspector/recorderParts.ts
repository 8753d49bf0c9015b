import type { AttemptWork } from './attemptWork'
import type { Evidence, Who } from './evidence'
import type { Mask } from './mask'
import type { RestCalls } from './restCalls'
import type { WireListener } from './wireListener'

export interface RecorderOptions {
  /** Server clock minus ours, ms. */
  readonly offset: () => number
  readonly mask: Pick<Mask, 'text' | 'facts'>
  readonly who: () => Who
  /** Our wall clock. */
  readonly now: () => number
  /** An attempt, a stage or a call has changed. */
  readonly changed?: () => void
  /** Hears everything too, masked. */
  readonly listener?: WireListener
}

/** What the taps of a recorder share. */
export interface RecorderParts extends Required<RecorderOptions> {
  readonly evidence: Evidence
  readonly calls: RestCalls
  readonly nextId: () => number
  readonly begun: (attempt: AttemptWork) => void
  readonly ended: (attempt: AttemptWork) => void
}
