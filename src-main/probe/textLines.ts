import { wordCause } from '../../src-contract/causes/words'
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

/** A server's texts must not move the cursor, colour or hide what a terminal shows: ESC, CSI, overrides of direction. */
const printable = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD'))

const milliseconds = (ms: number | null): string => (ms === null ? '' : `${ms.toFixed(1)} ms`)
const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)
const numbered = (lines: readonly string[]): readonly string[] =>
  indented(lines.map((line, index) => `${String(index + 1)}. ${line}`))

/** For people: one aligned line for each check, under its server; at the end what it means and what to do. */
export const createTextLines = (locale: Locale): TextLines => {
  const t = createProbeWords(locale)
  const say = createTranslator(locale)
  const statuses = (['ok', 'failed', 'degraded', 'skipped'] as const).map((one) => t(`status.${one}`).length)
  const width = Math.max(...statuses)
  let server = ''

  const nameOf = (stage: SelfTestCheck['stage']): string =>
    stage === 'systemInfo' || stage === 'clock' ? t(`stage.${stage}`) : say(`stage.${stage}`)

  const troubleOf = ({ cause, problem }: Pick<SelfTestCheck, 'cause' | 'problem'>): string | null => {
    if (cause !== null && cause.id !== 'unknown') return wordCause(locale, cause).title
    return problem === null ? null : wordProblem(say, problem).what
  }

  const check = (one: SelfTestCheck): readonly string[] => {
    const heading = one.server === server ? [] : [...(server === '' ? [] : ['']), one.server]
    server = one.server
    const parts = [
      t(`status.${one.status}`).padEnd(width),
      nameOf(one.stage).padEnd(14),
      milliseconds(one.ms).padStart(10),
      ` ${troubleOf(one) ?? describe(t, one)}`,
    ]
    return [...heading, `  ${parts.join(' ')}`.trimEnd()]
  }

  const explanation = ({ cause, problem }: ProbeOutcome): readonly string[] => {
    if (cause === null || cause.id === 'unknown') {
      if (problem === null) return []
      const { means, cure } = wordProblem(say, problem)
      return [means, cure]
    }
    const { agent, expected, came, reasons, checks } = wordCause(locale, cause)
    return [
      agent,
      '',
      `${t('expected')}: ${expected}`,
      `${t('came')}: ${came}`,
      `${t('reasons')}:`,
      ...numbered(reasons),
      `${t('checks')}:`,
      ...numbered(checks),
    ]
  }

  const result = (outcome: ProbeOutcome): readonly string[] => {
    const { failedAt, problem, missing } = outcome
    const besides = [...new Set(missing.map((one) => `${nameOf(one.stage)} (${one.server})`))]
    const list = besides.length === 0 ? [] : ['', t('result.missing', { list: besides.join(', ') })]
    if (outcome.result !== 'failed') return ['', t(`result.${outcome.result}`), ...list]
    if (failedAt === null || problem === null || problem.code === 'cancelled')
      return ['', t('result.stopped'), ...list]
    const what = troubleOf(outcome) ?? ''
    return ['', t('result.failed', { stage: nameOf(failedAt), what }), ...explanation(outcome), ...list]
  }
  return {
    check: (one) => printable(check(one)),
    result: (outcome) => printable(result(outcome)),
  }
}
