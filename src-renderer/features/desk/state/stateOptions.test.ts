import { describe, expect, it } from 'vitest'
import type { Agent, Reason } from '../../../../src-contract/model'
import type { Reasons, StateChoices } from '../../../../src-contract/state'
import { matchesText, stateOptions, step } from './stateOptions'

const reason = (id: string, label: string): Reason => ({ id, label, code: Number(id), system: false })
const reasons: Reasons = {
  status: 'ready',
  notReady: [reason('1', 'Lunch'), reason('2', 'Break'), reason('3', 'Training')],
  signOut: [],
  favourites: ['3', '9', '2'],
}
const yes = { allowed: true, afterCall: false } as const
const choices: StateChoices = {
  ready: yes,
  notReady: yes,
  changeReason: { allowed: false, why: 'onCallUccx' },
  signOut: yes,
  notReadyReasonRequired: true,
  signOutReasonRequired: false,
}
const keys = (options: readonly { key: string }[]) => options.map((option) => option.key)

describe('state options', () => {
  it('puts the favourites first, newest first, and skips one that no longer exists', () => {
    expect(keys(stateOptions(null, choices, reasons))).toEqual([
      'ready',
      'notReady-3',
      'notReady-2',
      'notReady-1',
      'signOut',
    ])
  })

  it('offers Not Ready without a reason only where none is required', () => {
    expect(keys(stateOptions(null, { ...choices, notReadyReasonRequired: false }, reasons))).toContain(
      'notReady',
    )
    expect(keys(stateOptions(null, choices, { ...reasons, notReady: [] }))).toEqual([
      'ready',
      'notReady',
      'signOut',
    ])
  })

  it('shows an impossible Not Ready once, with why', () => {
    const agent = { look: 'notReady', reason: reason('1', 'Lunch') } as unknown as Agent
    const options = stateOptions(agent, choices, reasons)
    expect(keys(options)).toEqual(['ready', 'notReady', 'signOut'])
    expect(options[1]?.choice).toEqual({ allowed: false, why: 'onCallUccx' })
  })
})

it('matches every word typed, whatever the case and accents', () => {
  expect(matchesText('Pauze café 12', 'CAFE 1')).toBe(true)
  expect(matchesText('Pauze café', 'cafe x')).toBe(false)
})

it('steps round the ends', () => {
  expect([step(0, -1, 3), step(2, 1, 3), step(-1, 1, 3), step(0, 1, 0)]).toEqual([2, 0, 0, -1])
})
