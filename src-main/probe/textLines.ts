import type { SelfTestCheck } from '../../src-contract/inspector'
import { createTranslator } from '../../src-contract/messages/translate'
import { createProbeWords } from '../../src-contract/messages/probe'
import type { Locale } from '../../src-contract/state'
import { wordProblem } from '../../src-contract/words/problem'
import { describe } from './describe'
import type { ProbeOutcome } from './types'

export interface TextLines {
  readonly check: (check: SelfTestCheck) => readonly string[]
  readonly result: (outcome: ProbeOutcome) => readonly string[]
}

const milliseconds = (ms: number | null): string => (ms === null ? '' : `${ms.toFixed(1)} ms`)

/** For people: one aligned line for each check, under its server; at the end what it means. */
export const createTextLines = (locale: Locale): TextLines => {
  const t = createProbeWords(locale)
  const say = createTranslator(locale)
  const statuses = (['ok', 'failed', 'degraded', 'skipped'] as const).map((one) => t(`status.${one}`).length)
  const width = Math.max(...statuses)
  let server = ''

  const nameOf = (stage: SelfTestCheck['stage']): string =>
    stage === 'systemInfo' || stage === 'clock' ? t(`stage.${stage}`) : say(`stage.${stage}`)

  const check = (one: SelfTestCheck): readonly string[] => {
    const heading = one.server === server ? [] : [...(server === '' ? [] : ['']), one.server]
    server = one.server
    const what = one.problem === null ? describe(t, one) : wordProblem(say, one.problem).what
    const parts = [
      t(`status.${one.status}`).padEnd(width),
      nameOf(one.stage).padEnd(14),
      milliseconds(one.ms).padStart(10),
      ` ${what}`,
    ]
    return [...heading, `  ${parts.join(' ')}`.trimEnd()]
  }

  const result = (outcome: ProbeOutcome): readonly string[] => {
    const { failedAt, problem, missing } = outcome
    const besides = [...new Set(missing.map((one) => `${nameOf(one.stage)} (${one.server})`))]
    const list = besides.length === 0 ? [] : [t('result.missing', { list: besides.join(', ') })]
    if (outcome.result !== 'failed') return ['', t(`result.${outcome.result}`), ...list]
    if (failedAt === null || problem === null || problem.code === 'cancelled')
      return ['', t('result.stopped'), ...list]
    const { what, means, cure } = wordProblem(say, problem)
    return ['', t('result.failed', { stage: nameOf(failedAt), what }), means, cure, ...list]
  }
  return { check, result }
}
