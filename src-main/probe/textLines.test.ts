import { expect, test } from 'vitest'
import { problem } from '../../src-contract/problem'
import type { SelfTestCheck } from '../../src-contract/inspector'
import { createTextLines } from './textLines'

const ESCAPE = '\u001b[2J\u009b31m\u0007\u202eevil'

const CHECK: SelfTestCheck = {
  id: 0,
  stage: 'upgrade',
  server: 'fin-a:8445',
  status: 'ok',
  ms: 1,
  facts: { status: 101, statusText: ESCAPE, path: '/ws/' },
  chain: [],
  problem: null,
  cause: null,
}

test('what a server says can neither clear nor colour nor turn round the terminal', () => {
  const lines = createTextLines('en')
  const failed = {
    result: 'failed',
    failedAt: 'open',
    problem: problem('streamError', { condition: ESCAPE, message: ESCAPE, host: 'fin-a', port: 8445 }),
    cause: { id: 'live.streamError', params: { condition: ESCAPE, message: ESCAPE } },
    missing: [],
  } as const
  const told = [...lines.check(CHECK), ...lines.result(failed)]
  expect(told.join('')).toContain('evil')
  expect(told.join('')).not.toMatch(/[\p{Cc}\u202e]/u)
  expect(told[0]).toBe('fin-a:8445')
})
