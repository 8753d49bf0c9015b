import { describe, expect, it } from 'vitest'
import { err } from '../finesse/result'
import { createBench, SECRET, TEAM_NODE, USER_NODE } from './testing/bench'
import { summary, user, userUpdate } from './testing/samples'
import { becomes, online, setState } from './testing/scenes'

describe('the runtime', () => {
  it('keeps the password out of state, view and log', async () => {
    const bench = await online()
    bench.end({ kind: 'closed', code: 1006, reason: '' })
    await bench.clock.advance(5_000)
    expect(JSON.stringify([bench.runtime.state(), bench.runtime.view(), bench.logged])).not.toContain(SECRET)
  })

  it('keeps the identity of what did not change', async () => {
    const bench = await online()
    const before = bench.runtime.view()
    bench.notify(TEAM_NODE, userUpdate(summary('TALKING', { loginId: '1072', stateChangeTime: 9_000 })))
    const after = bench.runtime.view()
    expect(after.collections.members).not.toBe(before.collections.members)
    for (const name of ['session', 'agent', 'choices', 'request', 'reasons', 'team'] as const)
      expect(after.slices[name]).toBe(before.slices[name])
  })

  it('takes events one at a time, even those that listeners cause', async () => {
    const bench = await online()
    const seen: string[] = []
    bench.runtime.onChange((previous, next) => {
      seen.push(`${String(previous.slices.agent?.state)}>${String(next.slices.agent?.state)}`)
      if (next.slices.agent?.state === 'READY')
        bench.notify(USER_NODE, userUpdate(user('RESERVED', { stateChangeTime: bench.clock.now() + 1 })))
    })
    bench.notify(USER_NODE, userUpdate(user('READY', { stateChangeTime: bench.clock.now() })))
    expect(seen.filter((step) => step !== 'RESERVED>RESERVED')).toEqual(['NOT_READY>READY', 'READY>RESERVED'])
  })

  it('survives a listener that throws', async () => {
    const bench = await online()
    bench.runtime.onChange(() => {
      throw new Error('bug')
    })
    await becomes(bench, 'READY')
    expect(bench.slices().agent?.state).toBe('READY')
  })

  it('says good-bye when it stops, and signs nobody out', async () => {
    const bench = await online()
    await bench.runtime.stop(1_000)
    expect(bench.link().closedBy).toBe('close')
    expect(bench.requests.filter((each) => each.includes('signOut'))).toEqual([])
    expect(bench.clock.pending()).toBe(0)
    bench.runtime.dispatch({ type: 'networkChanged' })
  })

  it('answers commands that make no sense now', async () => {
    const bench = createBench()
    expect(await bench.commands['session.signOut']({ reasonCodeId: null })).toEqual(
      err({ code: 'notConnected', params: {} }),
    )
    expect(await bench.commands['session.takeOver']({})).toMatchObject({ ok: false })
    expect(await bench.commands['session.signInAgain']({})).toMatchObject({ ok: false })
    expect(await bench.commands['team.choose']({ teamId: '1' })).toMatchObject({ ok: false })
    expect(await setState(bench, 'READY')).toMatchObject({ ok: false, error: { code: 'notConnected' } })
  })
})
