import type { Cause } from '../../../../src-contract/causes/ids'
import type { Problem } from '../../../../src-contract/problem'
import type { Translate } from '../../../../src-contract/messages/translate'
import { wordProblem } from '../../../../src-contract/words/problem'
import { wordCause } from '../causeWords'

/** Anything that can have broken: a stage, a call, an attempt, a check. */
export interface Broken {
  readonly problem: Problem | null
  readonly cause: Cause | null
}

/** What went wrong in one sentence; empty when nothing did. */
export const titleOf = (t: Translate, { problem, cause }: Broken): string => {
  const words = cause && cause.id !== 'unknown' ? wordCause(t.locale, cause) : null
  if (words) return words.title
  return problem ? wordProblem(t, problem).what : ''
}
