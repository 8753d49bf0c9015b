import { expect, it } from 'vitest'
import { planOf, type Part } from './plan'

const sum = (plan: readonly Part[], count: Exclude<keyof Part, 'endsInCall'>): number =>
  plan.reduce((total, part) => total + part[count], 0)

it('spreads a shift of nine hours', () => {
  const plan = planOf(9)
  expect(plan.every(({ teamEvents, calls }) => teamEvents === 60_000 && calls === 50)).toBe(true)
  expect([
    sum(plan, 'stateChanges'),
    sum(plan, 'losses'),
    sum(plan, 'failovers'),
    sum(plan, 'sleeps'),
  ]).toEqual([120, 20, 5, 3])
})

it('leaves nothing out of a short one', () => {
  const plan = planOf(0.1)
  expect([sum(plan, 'calls'), sum(plan, 'losses'), sum(plan, 'failovers'), sum(plan, 'sleeps')]).toEqual([
    6, 1, 1, 1,
  ])
})
