import type { AttemptSummary } from '../../../../src-contract/inspector'
import type { InspectorTranslate } from '../../../../src-contract/messages/inspector'
import type { Translate } from '../../../../src-contract/messages/translate'
import type { StageStatus } from '../../../../src-contract/connection'
import { formatDuration } from '../../../../src-contract/words/duration'
import { wordStage } from '../../../../src-contract/words/state'
import { shortSpan } from '../format'
import { titleOf } from './findings'

const MARKS = {
  running: 'running',
  live: 'ok',
  failed: 'failed',
  ended: 'skipped',
} as const satisfies Record<AttemptSummary['outcome'], StageStatus>
/** A line that lived and was lost is no ordinary end. */
export const markOf = (attempt: AttemptSummary): StageStatus =>
  attempt.outcome === 'ended' && attempt.cause !== null ? 'degraded' : MARKS[attempt.outcome]

/** What became of an attempt, in a line. */
export const wordAttempt = (t: InspectorTranslate, main: Translate, attempt: AttemptSummary): string => {
  const title = titleOf(main, attempt)
  switch (attempt.outcome) {
    case 'running':
      return t('stages.outcome.running')
    case 'live':
      return t('stages.outcome.live')
    case 'failed': {
      if (title) return title
      const { failedAt } = attempt
      if (failedAt === null) return t('stages.outcome.failed')
      return t('stages.failedAt', {
        stage: failedAt === 'rest' ? t('stages.rest') : wordStage(main, failedAt),
      })
    }
    case 'ended':
      return title || t(attempt.liveAt === null ? 'stages.brokenOff' : 'stages.endedAfter')
  }
}

/** How long it lived, or how long it took to fail. */
export const spanOf = (attempt: AttemptSummary, now: number, locale: string): string => {
  const from = attempt.liveAt ?? attempt.startedAt
  const ms = (attempt.endedAt ?? now) - from
  return shortSpan(ms, locale) ?? formatDuration(ms)
}
