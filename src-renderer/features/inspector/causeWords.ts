import { CAUSE_IDS, type Cause } from '../../../src-contract/causes/ids'
import { wordCause as wordKnown, type CauseWords } from '../../../src-contract/causes/words'
import type { Locale } from '../../../src-contract/state'

// The catalogue of causes is large: it comes with these views, and nothing else of the window may import it.

export type { CauseWords } from '../../../src-contract/causes/words'

const known: ReadonlySet<string> = new Set(CAUSE_IDS)

/** A bundle may come from a newer Sidetone: a cause that is not known here yet is an unknown one. */
export const wordCause = (locale: Locale, cause: Cause): CauseWords =>
  wordKnown(locale, known.has(cause.id) ? cause : { ...cause, id: 'unknown' })
