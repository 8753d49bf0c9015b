import { describe, expect, it } from 'vitest'
import { problem } from '../../../src-contract/problem'
import type { SignInForm } from '../../../src-contract/state'
import { draftOf, fieldOf, missingFields, passwordHeldFor, problemOf } from './draft'

const form: SignInForm = {
  server: 'localhost:8445',
  loginId: '1001',
  extension: '2001',
  mode: 'replace',
  caFile: null,
  passwordHeld: true,
  simulator: 'running',
  simulatorAgents: [{ id: '1002', name: 'Tom', extension: '2002', supervisor: false }],
}

describe('sign-in draft', () => {
  it('may leave the password empty only for an agent main holds one for', () => {
    const draft = draftOf(form)
    expect(passwordHeldFor(form, draft)).toBe(true)
    expect(passwordHeldFor(form, { ...draft, loginId: '1002' })).toBe(true)
    expect(passwordHeldFor(form, { ...draft, loginId: '9999' })).toBe(false)
    expect(passwordHeldFor(form, { ...draft, server: 'finesse.example.com' })).toBe(false)
  })

  it('names what is missing in the order of the page', () => {
    const empty = { ...draftOf(form), server: ' ', extension: '' }
    expect(missingFields(empty, false)).toEqual(['server', 'password', 'extension'])
    expect(missingFields(empty, true)).toEqual(['server', 'extension'])
  })

  it('puts a problem beside the field it is about', () => {
    expect(fieldOf(problem('extensionUnknown'))).toBe('extension')
    expect(fieldOf(problem('stepTimeout'))).toBeNull()
  })

  it('explains a refusal at sign-in, not one in mid-shift', () => {
    const notice = problem('passwordWrong')
    expect(problemOf({ phase: 'signedOut', notice })).toBe(notice)
    const identity = { server: '', loginId: '', extension: '', mode: 'replace', resource: null } as const
    const blocked = {
      phase: 'blocked',
      identity,
      reason: 'passwordWrong',
      problem: notice,
      certificate: null,
    } as const
    expect(problemOf({ ...blocked, midShift: false })).toBe(notice)
    expect(problemOf({ ...blocked, midShift: true })).toBeNull()
  })
})
