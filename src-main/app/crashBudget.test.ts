import { expect, it } from 'vitest'
import { createCrashBudget } from './crashBudget'

it('P1: allows three reloads in five minutes, and more when they are old', () => {
  const allowed = createCrashBudget(3, 300_000)
  expect([0, 1000, 2000, 3000].map(allowed)).toEqual([true, true, true, false])
  expect(allowed(400_000)).toBe(true)
})
