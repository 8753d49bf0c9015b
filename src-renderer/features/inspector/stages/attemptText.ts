import type { AttemptDetail, RestCallView, StageDetail } from '../../../../src-contract/inspector'
import type { InspectorTranslate } from '../../../../src-contract/messages/inspector'
import type { Translate } from '../../../../src-contract/messages/translate'
import { wordStage } from '../../../../src-contract/words/state'
import { wordCause } from '../causeWords'
import { preciseTime } from '../format'
import { factRows } from './factRows'
import { titleOf, type Broken } from './findings'
import { pretty } from './wireMarkup'

interface Words {
  readonly t: InspectorTranslate
  readonly main: Translate
}

const causeLines = ({ t, main }: Words, broken: Broken): readonly string[] => {
  const title = titleOf(main, broken)
  const words = broken.cause ? wordCause(t.locale, broken.cause) : null
  if (!words) return title ? [title] : []
  return [
    title || words.title,
    words.agent,
    `${t('stages.expected')}: ${words.expected}`,
    `${t('stages.came')}: ${words.came}`,
    `${t('stages.reasons')}:`,
    ...words.reasons.map((reason, index) => `  ${index + 1}. ${reason}`),
    `${t('stages.checks')}:`,
    ...words.checks.map((check) => `  - ${check}`),
  ]
}

const wireLines = ({ t }: Words, exchange: StageDetail['exchange']): readonly string[] =>
  exchange.flatMap((wire) => [
    `${t(wire.direction === 'sent' ? 'stages.sent' : 'stages.received')} ${preciseTime(wire.at, t.locale)}`,
    pretty(wire.text),
    '',
  ])

const ms = (t: InspectorTranslate, value: number | null): string =>
  value === null ? '' : ` ${t('stages.ms', { ms: Math.round(value) })}`

/** One stage as text for a mail or a ticket. */
export const stageText = (words: Words, stage: StageDetail): string => {
  const { t, main } = words
  return [
    `${wordStage(main, stage.stage)}: ${t(`stages.status.${stage.status}`)}${ms(t, stage.ms)}`,
    ...causeLines(words, stage),
    ...factRows(t, { facts: stage.facts, chain: [] }).map((row) => `${row.label}: ${row.values.join(', ')}`),
    ...stage.chain.map(
      (each) => `${each.subject} <- ${each.issuer}, ${t('stages.chain.fingerprint')} ${each.fingerprint256}`,
    ),
    ...wireLines(words, stage.exchange),
  ].join('\n')
}

/** One REST call as text. */
export const callText = (words: Words, call: RestCallView): string =>
  [
    `${call.method} ${call.path} ${call.status ?? ''}${ms(words.t, call.ms)}`,
    call.server,
    ...causeLines(words, call),
    ...wireLines(words, call.exchange),
  ].join('\n')

/** All of an attempt as text. */
export const attemptText = (words: Words, attempt: AttemptDetail): string =>
  [
    `${attempt.endpoint} ${new Date(attempt.startedAt).toISOString()}`,
    ...attempt.stages.map((stage) => stageText(words, stage)),
    ...attempt.calls.map((call) => callText(words, call)),
  ].join('\n\n')
