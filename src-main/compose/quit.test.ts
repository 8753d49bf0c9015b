import { expect, it } from 'vitest'
import { ok } from '../finesse/result'
import { failed, settle, statusFailure } from '../session/testing/bench'
import { becomes, online, type Bench } from '../session/testing/scenes'
import { createQuitAnswer } from './quit'

const quitting = (bench: Bench) => {
  const done: string[] = []
  const { runtime, clock, commands } = bench
  const answer = createQuitAnswer({
    clock,
    view: runtime.view,
    onChange: runtime.onChange,
    signOut: async (reasonCodeId) => commands['session.signOut']({ reasonCodeId }),
    close: () => void done.push('close'),
    leave: () => {
      done.push('leave')
      return Promise.resolve()
    },
  })
  return { answer, done }
}

it('leaves at once when the agent stays signed in, and not at all when asked to', async () => {
  const { answer, done } = quitting(await online())
  expect(await answer({ choice: 'cancel', reasonCodeId: null })).toEqual(ok(null))
  expect(done).toEqual(['close'])
  expect(await answer({ choice: 'stay', reasonCodeId: null })).toEqual(ok(null))
  expect(done).toEqual(['close', 'close', 'leave'])
})

it('leaves when Finesse has signed the agent out', async () => {
  const bench = await online()
  const { answer, done } = quitting(bench)
  const answered = answer({ choice: 'signOut', reasonCodeId: '5' })
  await settle()
  expect(done).toEqual([])
  await becomes(bench, 'LOGOUT')
  await answered
  expect(done).toEqual(['close', 'leave'])
})

it('stays, and says why, when Finesse refuses', async () => {
  const bench = await online()
  bench.answers.signOut = () => failed(statusFailure(500))
  const { answer, done } = quitting(bench)
  expect(await answer({ choice: 'signOut', reasonCodeId: '5' })).toMatchObject({
    error: { code: 'serverError' },
  })
  expect(done).toEqual(['close'])
})

it('stays when nobody confirmed the sign-out, so that the sentence about it is seen', async () => {
  const bench = await online()
  bench.end({ kind: 'closed', code: 1006, reason: '' })
  bench.answers.signOut = () => failed({ kind: 'timeout', ms: 10_000 })
  const { answer, done } = quitting(bench)
  expect(await answer({ choice: 'signOut', reasonCodeId: null })).toMatchObject({
    error: { code: 'signOutUnconfirmed' },
  })
  expect(done).toEqual(['close'])
})
