import type { SelfTest, SelfTestCheck } from '../../../../src-contract/inspector'
import type { InspectorTranslate } from '../../../../src-contract/messages/inspector'
import type { Translate } from '../../../../src-contract/messages/translate'
import { wordStage } from '../../../../src-contract/words/state'
import { signedMs } from '../stages/factRows'
import { titleOf } from '../stages/findings'
import { stageLine } from '../stages/stageLine'

export const nameOfCheck = (t: InspectorTranslate, main: Translate, check: SelfTestCheck): string =>
  check.stage === 'systemInfo' || check.stage === 'clock'
    ? t(`selfTest.${check.stage}`)
    : wordStage(main, check.stage)

export const meansOfCheck = (t: InspectorTranslate, check: SelfTestCheck): string =>
  check.stage === 'systemInfo' || check.stage === 'clock'
    ? t(`selfTest.${check.stage}Means`)
    : t(`stages.means.${check.stage}`)

/** The facts of a check in a line. */
export const lineOfCheck = (t: InspectorTranslate, check: SelfTestCheck, now: number): string => {
  const { stage, status, ms, facts, chain, problem, cause } = check
  if (stage === 'clock') {
    const offset = facts['offsetMs']
    return typeof offset === 'number' ? signedMs(t, offset) : ''
  }
  if (stage === 'systemInfo')
    return ['status', 'deployment', 'xmppDomain']
      .flatMap((name) => facts[name] ?? [])
      .filter((value) => value !== '')
      .join(' · ')
  return stageLine({ stage, status, startedAt: null, ms, facts, chain, exchange: [], problem, cause }, t, now)
}

export interface CheckGroup {
  readonly server: string
  readonly checks: readonly SelfTestCheck[]
}

/** By server, in the order in which each was first tried. */
export const groupChecks = (checks: readonly SelfTestCheck[]): readonly CheckGroup[] => {
  const groups = new Map<string, SelfTestCheck[]>()
  for (const check of checks) groups.set(check.server, [...(groups.get(check.server) ?? []), check])
  return [...groups].map(([server, of]) => ({ server, checks: of }))
}

/** The result in a sentence; null while it runs. */
export const wordResult = (t: InspectorTranslate, main: Translate, test: SelfTest): string | null => {
  if (test.status === 'running') return null
  const { server, result, checks } = test
  // The second server is tried before the stages of the first one end: what ended the test came last.
  const broken =
    checks.findLast((check) => check.status === 'failed') ??
    checks.find((check) => check.status === 'degraded')
  const what = broken ? titleOf(main, broken) || nameOfCheck(t, main, broken) : ''
  switch (result) {
    case 'ok':
      return t('selfTest.result.ok', { server })
    case 'partly':
      return t('selfTest.result.partly', { server, what })
    case 'failed':
      return t('selfTest.result.failed', { server, what })
    case null:
      return t('selfTest.result.stopped')
  }
}
