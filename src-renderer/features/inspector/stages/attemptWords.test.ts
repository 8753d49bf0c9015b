import { expect, it } from 'vitest'
import type { AttemptSummary } from '../../../../src-contract/inspector'
import { createInspectorTranslator } from '../../../../src-contract/messages/inspector'
import { createTranslator } from '../../../../src-contract/messages/translate'
import { markOf, wordAttempt } from './attemptWords'

const ended: AttemptSummary = {
  id: 1,
  node: 'A',
  endpoint: 'fin-a.example.com:8445',
  startedAt: 0,
  endedAt: 900,
  outcome: 'ended',
  liveAt: 300,
  failedAt: null,
  problem: null,
  cause: null,
}
const said = (attempt: AttemptSummary): string =>
  wordAttempt(createInspectorTranslator('en'), createTranslator('en'), attempt)

it('tells a good end from one that was no life at all, and from a loss', () => {
  expect([said(ended), markOf(ended)]).toEqual(['Was live, then ended', 'skipped'])
  expect(said({ ...ended, liveAt: null })).toBe('Broken off')
  const lost: AttemptSummary = { ...ended, cause: { id: 'live.cut', params: { host: 'fin-a', port: 8445 } } }
  expect(said(lost)).toContain('fin-a')
  expect(markOf(lost)).toBe('degraded')
})
