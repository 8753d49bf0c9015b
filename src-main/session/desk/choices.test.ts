import { describe, expect, it } from 'vitest'
import type { Choice } from '../../../src-contract/state'
import { choicesFor, type ChoiceInput } from './choices'

const input = (part: Partial<ChoiceInput>): ChoiceInput => ({
  online: true,
  serviceOk: true,
  passwordOk: true,
  deployment: 'UCCE',
  state: 'NOT_READY',
  pending: null,
  requesting: false,
  onCall: false,
  notReadyReasons: 0,
  signOutReasons: 0,
  ...part,
})

/** `now`, `after` (the call), or why not. */
const word = (choice: Choice): string => (choice.allowed ? (choice.afterCall ? 'after' : 'now') : choice.why)

const words = (part: Partial<ChoiceInput>): string => {
  const { ready, notReady, changeReason, signOut } = choicesFor(input(part))
  return [ready, notReady, changeReason, signOut].map(word).join(' ')
}

describe('choices', () => {
  // ready, notReady, changeReason, signOut: docs/finesse-protocol.md 8.4 to 8.7
  it.each([
    ['NOT_READY', null, 'now already now now'],
    ['READY', null, 'already now now now'],
    ['RESERVED', null, 'reserved reserved reserved reserved'],
    ['RESERVED_OUTBOUND', null, 'now now now outboundReserved'],
    ['RESERVED_OUTBOUND_PREVIEW', null, 'after after after outboundReserved'],
    ['TALKING', null, 'after after after onCallSignOut'],
    ['TALKING', 'READY', 'already after after onCallSignOut'],
    ['TALKING', 'NOT_READY', 'after already after onCallSignOut'],
    ['HOLD', null, 'after after after onCallSignOut'],
    ['WORK', null, 'now now now wrapUpSignOut'],
    ['WORK_READY', null, 'now now now wrapUpSignOut'],
    ['LOGOUT', null, 'signedOut signedOut signedOut signedOut'],
    ['UNKNOWN', null, 'unknownState unknownState unknownState unknownState'],
    ['A_LATER_STATE', null, 'unknownState unknownState unknownState unknownState'],
  ])('UCCE %s, chosen %s: %s', (state, pending, expected) => {
    expect(words({ state, pending })).toBe(expected)
  })

  it.each([
    ['NOT_READY', null, false, 'now already now now'],
    ['NOT_READY', null, true, 'onCallUccx already now now'],
    ['READY', null, false, 'already now now now'],
    ['RESERVED', null, false, 'reserved reserved reserved reserved'],
    ['RESERVED_OUTBOUND', null, false, 'outboundReserved outboundReserved outboundReserved outboundReserved'],
    [
      'RESERVED_OUTBOUND_PREVIEW',
      null,
      false,
      'outboundReserved outboundReserved outboundReserved outboundReserved',
    ],
    ['TALKING', null, true, 'onCallUccx after after onCallSignOut'],
    ['TALKING', 'NOT_READY', true, 'onCallUccx pendingOnce pendingOnce onCallSignOut'],
    ['TALKING', 'LOGOUT', true, 'onCallUccx pendingOnce pendingOnce onCallSignOut'],
    ['WORK', null, false, 'now now now wrapUpSignOut'],
    ['LOGOUT', null, false, 'signedOut signedOut signedOut signedOut'],
    ['UNKNOWN', null, false, 'unknownState unknownState unknownState unknownState'],
  ])('UCCX %s, chosen %s, on call %s: %s', (state, pending, onCall, expected) => {
    expect(words({ deployment: 'UCCX', state, pending, onCall })).toBe(expected)
  })

  it.each([
    [{ online: false }, 'notConnected'],
    [{ state: null }, 'notConnected'],
    [{ serviceOk: false }, 'serverUnavailable'],
    [{ requesting: true }, 'requestPending'],
    [{ online: false, serviceOk: false, requesting: true }, 'notConnected'],
    [{ serviceOk: false, state: 'LOGOUT' }, 'serverUnavailable'],
  ] as const)('%o stops everything: %s', (part, why) => {
    expect(words(part)).toBe(`${why} ${why} ${why} ${why}`)
  })

  it('requires a reason where reasons are configured', () => {
    expect(choicesFor(input({ notReadyReasons: 2 }))).toMatchObject({
      notReadyReasonRequired: true,
      signOutReasonRequired: false,
    })
    expect(choicesFor(input({ signOutReasons: 1 }))).toMatchObject({ signOutReasonRequired: true })
  })
})
