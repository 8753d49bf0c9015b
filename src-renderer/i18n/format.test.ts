import { expect, it } from 'vitest'
import { milliseconds, wholeNumber, timeOfDay } from './format'

it('writes midnight as 00, not 24', () => {
  expect(timeOfDay(new Date(2026, 0, 1, 0, 5, 9).getTime(), 'en')).toBe('00:05:09')
})

it('groups thousands the way the language does', () => {
  expect(milliseconds(4210, 'nl')).toBe('4.210')
  expect(milliseconds(0.4, 'en')).toBe('<1')
})

it('knows no negative zero', () => {
  expect([-0.4, -0, 0.4, -1].map((value) => wholeNumber(value, 'en'))).toEqual(['0', '0', '0', '-1'])
})
