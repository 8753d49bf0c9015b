import { STAGES, type Stage } from '../connection'
import { en } from '../messages/en'
import type { Params, Translate } from '../messages/translate'
import type { Problem } from '../problem'
import { wordStage } from './state'

/** What happened, what it means for the shift, what to do: shown in that order. */
export interface ProblemWords {
  readonly what: string
  readonly means: string
  readonly cure: string
}

const isStage = (value: unknown): value is Stage => STAGES.some((stage) => stage === value)

const isRestCall = (value: unknown): value is keyof typeof en.restCall =>
  typeof value === 'string' && Object.hasOwn(en.restCall, value)

const day = (t: Translate, ms: number): string =>
  new Intl.DateTimeFormat(t.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(ms)

/** Stages and calls by name, dates of certificates as dates. Everything else is shown as it came. */
const worded = (t: Translate, params: Params): Params => {
  const result: Record<string, string | number> = { ...params }
  if (isStage(params.stage)) result.stage = wordStage(t, params.stage)
  if (isRestCall(params.stage)) result.stage = t(`restCall.${params.stage}`)
  for (const key of ['validFrom', 'validTo']) {
    const value = params[key]
    if (typeof value === 'number') result[key] = day(t, value)
  }
  return result
}

export const wordProblem = (t: Translate, problem: Problem): ProblemWords => {
  const params = worded(t, problem.params)
  return {
    what: t(`problem.${problem.code}.what`, params),
    means: t(`problem.${problem.code}.means`, params),
    cure: t(`problem.${problem.code}.cure`, params),
  }
}
