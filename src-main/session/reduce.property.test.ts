import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SessionEvent } from './events'
import { failures, linkEvent, restFailureAt, World } from './testing/model'

const signIn: SessionEvent = {
  type: 'signInRequested',
  account: {
    server: 'fin-a.example.com:8445',
    node: { host: 'fin-a.example.com', port: 8445 },
    loginId: '1071',
    extension: '1001071',
    mode: 'replace',
    resource: 'desktop',
    key: 'k',
    partner: null,
  },
  favourites: [],
}

const person: fc.Arbitrary<SessionEvent> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(signIn) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<SessionEvent>(
      { type: 'stateRequested', state: 'READY', reasonCodeId: null },
      { type: 'stateRequested', state: 'NOT_READY', reasonCodeId: null },
      { type: 'signOutRequested', reasonCodeId: null },
      { type: 'resumeRequested' },
      { type: 'loginRequested' },
      { type: 'refusalDismissed' },
      { type: 'teamChosen', teamId: '5008' },
      { type: 'networkChanged' },
      { type: 'woke', asleepMs: 60_000 },
      { type: 'reconnectRequested' },
      { type: 'gapDismissed' },
      { type: 'trustChanged' },
      { type: 'preferencesChanged', preferences: { signInAfterFailover: true, restoreReady: true } },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<SessionEvent>(
      { type: 'signInCancelled' },
      { type: 'dismissed' },
      { type: 'leaveRequested', limitMs: 500 },
    ),
  },
)

const number = fc.nat(60)
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('person' as const), event: person }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('answer' as const), index: number, pick: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fail' as const), index: number, pick: number }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('link' as const), index: number, pick: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), pick: number }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const), index: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('repeat' as const), index: number }) },
)

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function perform(world: World, each: Act): void {
  switch (each.kind) {
    case 'person':
      return world.dispatch(each.event)
    case 'answer':
      return world.answer(each.index, null, each.pick)
    case 'fail':
      return world.answer(each.index, restFailureAt(each.pick), each.pick)
    case 'link':
      return world.tellLink(linkEvent(each.index, each.pick))
    case 'end': {
      const failure = failures[each.pick % failures.length]
      if (failure !== undefined) world.tellLink({ type: 'ended', failure, at: 0 })
      return
    }
    case 'tick':
      return world.fire(each.index)
    case 'repeat':
      return world.repeat(each.index)
  }
}

/** Everything answers well from now on. */
function settle(world: World): void {
  for (let round = 0; round < 80 && !world.settled; round += 1) {
    const { phase, link } = world.state
    if (link !== null && link.closing !== null)
      world.tellLink({ type: 'ended', failure: { kind: 'closedByUs' }, at: 0 })
    else if (world.due.length > 0) world.answer(0, null, 0)
    else if ('step' in phase && phase.step === 'connecting') world.tellLink(linkEvent(0, 0))
    else world.firePatiently()
  }
}

describe('the reducer', () => {
  it('holds one connection, releases what it held, ignores the stale and always settles', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(fc.boolean(), fc.array(act, { maxLength: 90, size: 'max' }), (signedIn, acts) => {
        const world = new World()
        if (signedIn) {
          world.dispatch(signIn)
          settle(world)
        }
        for (const each of acts) {
          perform(world, each)
          const { phase } = world.state
          const name = 'step' in phase ? `${phase.name}.${phase.step}` : phase.name
          seen.set(name, (seen.get(name) ?? 0) + 1)
        }
        settle(world)
        if (!world.settled) throw new Error(`does not settle: ${JSON.stringify(world.state.phase)}`)
      }),
      { numRuns: 20_000 },
    )
    // A schedule that never reaches a phase proves nothing about it.
    expect([...seen.keys()].sort()).toEqual([
      'blocked',
      'online',
      'recovering.connecting',
      'recovering.loading',
      'recovering.verifying',
      'recovering.waiting',
      'signedOut',
      'signingIn.connecting',
      'signingIn.loading',
      'signingIn.signingOn',
      'signingIn.verifying',
      'signingOut.asking',
      'signingOut.closing',
    ])
  }, 180_000)
})
