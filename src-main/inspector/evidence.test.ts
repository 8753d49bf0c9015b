import { expect, test } from 'vitest'
import type { ApiError } from '../finesse/model'
import type { RestFailure } from '../finesse/rest/types'
import { createEvidence } from './evidence'
import { createMask } from './mask'
import { createAttemptRecorder } from './recorder'
import { maskedParams } from './wireText'

const PLACE = { host: 'fin-a', port: 8445, now: 0 }

const refusal = (status: number, errors: readonly ApiError[] = []): RestFailure => ({
  kind: 'status',
  status,
  errors,
  retryAfterMs: null,
  body: 'finesse',
})
const errorOf = (type: string): ApiError => ({
  type,
  message: null,
  data: null,
  peripheralErrorCode: null,
  peripheralErrorMessage: null,
  peripheralErrorText: null,
})

const workstation = () => {
  let loginId = '1001'
  const evidence = createEvidence(() => ({ loginId, extension: '2001' }))
  return {
    evidence,
    comes: (id: string): void => {
      loginId = id
      evidence.passwordTyped()
    },
    wrong: () => evidence.rest(refusal(401), 'user', PLACE).cause.id,
  }
}

test('a password that worked says nothing of the next one that is typed', () => {
  const { evidence, comes, wrong } = workstation()
  evidence.passwordWorked()
  expect(wrong()).toBe('auth.passwordChanged')
  comes('1001')
  expect(wrong()).toBe('auth.wrongPassword')
})

test('neither do the passwords of one agent say anything of those of another', () => {
  const { evidence, comes, wrong } = workstation()
  for (let strike = 1; strike < 5; strike += 1) expect(wrong()).toBe('auth.wrongPassword')
  expect(wrong()).toBe('auth.locked')
  comes('1002')
  expect(wrong()).toBe('auth.wrongPassword')
  evidence.passwordWorked()
  comes('1003')
  expect(wrong()).toBe('auth.wrongPassword')
})

test('a missing right and an invalid state are no strikes (15.12)', () => {
  const { evidence, wrong } = workstation()
  for (let call = 0; call < 6; call += 1) {
    expect(evidence.rest(refusal(401), 'team', PLACE).cause.id).toBe('rest.forbidden')
    expect(evidence.rest(refusal(401, [errorOf('Invalid State')]), 'setState', PLACE).cause.id).toBe(
      'rest.refused',
    )
  }
  expect(wrong()).toBe('auth.wrongPassword')
})

test('where a redirect led is told without its ticket: in the problem, the cause and the answer', () => {
  const location = 'https://idp.example.com/login?ticket=ST-4711&RelayState=r-0815'
  const mask = createMask({ redact: (text) => text })
  const recorder = createAttemptRecorder({
    mask,
    offset: () => 0,
    who: () => ({ loginId: '1001', extension: '2001' }),
    now: () => 0,
  })
  const tap = recorder.restTap('fin-a:8445')
  tap.requested(1, { method: 'GET', path: '/finesse/api/User/1001', headers: {}, body: null }, 0)
  const answer = { status: 302, statusText: 'Found', body: null, bytes: 0, roundTripMs: 1 }
  tap.answered(1, { ...answer, headers: [['Location', location]] }, 1)
  tap.finished(1, { kind: 'redirect', status: 302, location }, 1)
  const told = JSON.stringify(recorder.calls())
  expect(told).toContain('https://idp.example.com/login')
  expect(told).not.toMatch(/ST-4711|r-0815/)
  const params = { path: location, host: 'fin-a' }
  expect(maskedParams({ params }, mask.facts).params).toEqual({
    path: 'https://idp.example.com/login',
    host: 'fin-a',
  })
})
