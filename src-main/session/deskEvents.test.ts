import { describe, expect, it } from 'vitest'
import { getKeyed, keyedValues } from './keyed'
import { DIALOGS_NODE, settle, TEAM_NODE, USER_NODE } from './testing/bench'
import { dialog, dialogUpdate, ownLegIn, summary, userUpdate } from './testing/samples'
import { feed, kinds, online } from './testing/scenes'

describe('calls', () => {
  it('are told once each: offered, answered, held, ended', async () => {
    const bench = await online()
    const ringing = dialog()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', ringing))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ringing))
    const active = { ...ownLegIn(ringing, 'ACTIVE', 6_000), state: 'ACTIVE' }
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', active))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', active))
    // An older event of the same call changes nothing any more.
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ringing))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ownLegIn(active, 'HELD', 7_000)))
    expect([...keyedValues(bench.runtime.view().collections.calls)][0]).toMatchObject({
      direction: 'in',
      remote: '0612345678',
      ownState: 'HELD',
      look: 'hold',
    })
    bench.notify(DIALOGS_NODE, dialogUpdate('DELETE', active))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', ownLegIn(active, 'WRAP_UP', 9_000)))
    expect(bench.runtime.view().collections.calls.size).toBe(0)
    expect(kinds(bench)).toEqual(['signedIn', 'callArrived', 'callAnswered', 'callHeld', 'callEnded'])
  })

  it('not answered are missed, though the DELETE still says ALERTING', async () => {
    const bench = await online()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', dialog()))
    bench.notify(DIALOGS_NODE, dialogUpdate('DELETE', ownLegIn(dialog(), 'DROPPED', 20_000)))
    expect(kinds(bench)).toEqual(['signedIn', 'callArrived', 'callMissed'])
  })

  it('ended during an outage are not shown as present', async () => {
    const bench = await online()
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', dialog()))
    bench.end({ kind: 'closed', code: 1006, reason: '' })
    await bench.clock.advance(5_000)
    bench.ready()
    await settle()
    expect(bench.runtime.view().collections.calls.size).toBe(0)
  })
})

describe('notifications that change nothing', () => {
  it('are in the feed all the same, named', async () => {
    const bench = await online()
    const before = feed(bench).length
    bench.notify(DIALOGS_NODE, dialogUpdate('POST', dialog()))
    bench.notify(DIALOGS_NODE, dialogUpdate('PUT', dialog()))
    bench.notify(TEAM_NODE, userUpdate(summary('READY', { loginId: '1072', stateChangeTime: 1 })))
    expect(feed(bench).slice(before)).toMatchObject([
      { kind: 'callArrived' },
      { kind: 'noted', about: 'call', name: '0612345678' },
      { kind: 'noted', about: 'member', name: 'Ada Nord' },
    ])
  })

  it('leave the own day in the feed, however busy the team', async () => {
    const bench = await online()
    for (let at = 0; at < 700; at += 1)
      bench.notify(
        TEAM_NODE,
        userUpdate(
          summary(at % 2 ? 'READY' : 'NOT_READY', { loginId: '1072', stateChangeTime: 10_000 + at }),
        ),
      )
    expect(kinds(bench)).toContain('signedIn')
    expect(feed(bench).length).toBeLessThanOrEqual(600)
  })
})

describe('the team', () => {
  it('follows summaries, keeps names, tells who moved', async () => {
    const bench = await online()
    bench.notify(
      TEAM_NODE,
      userUpdate(
        summary('NOT_READY', { loginId: '1072', firstName: null, lastName: null, stateChangeTime: 9_000 }),
      ),
    )
    bench.notify(TEAM_NODE, userUpdate(summary('READY', { loginId: '1072', stateChangeTime: 8_000 })))
    expect(getKeyed(bench.runtime.view().collections.members, '1072')).toMatchObject({
      name: 'Bo Nord',
      state: 'NOT_READY',
      since: 9_000,
    })
    expect(kinds(bench)).toEqual(['signedIn', 'memberState'])
  })

  it('does not lose what we are to a summary of ourselves', async () => {
    const bench = await online()
    bench.notify(USER_NODE, userUpdate(summary('RESERVED', { stateChangeTime: bench.clock.now() + 5 })))
    expect(bench.slices().agent).toMatchObject({
      state: 'RESERVED',
      teamId: '5013',
      teamName: 'Blue',
      extension: '1001071',
    })
  })
})
