import { expect, it } from 'vitest'
import { parseRetryAfter } from './retryAfter'

const NOW = Date.UTC(2026, 0, 20, 9, 0, 0)

it.each([
  ['7', 7_000],
  [' 0 ', 0],
  ['Tue, 20 Jan 2026 09:00:05 GMT', 5_000],
  ['Tue, 20 Jan 2026 08:00:00 GMT', 0],
  ['999999999', 3_600_000],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected)
})
