import { describe, expect, it } from 'vitest'
import { createTranslator } from '../../src-contract/messages/translate'
import { problem } from '../../src-contract/problem'
import type { ForcedSignOut } from '../../src-contract/state'
import type { Actor, FeedWhat } from '../../src-contract/model'
import { decideNotices, withoutRepeats } from './notices'
import { call, entry, online, recovering, signedOut, signingIn, takenOver, viewOf } from './testing/views'

const t = createTranslator('en')
const idle = viewOf(online)
const ringing = viewOf(online, { calls: [call('7', 'ALERTING')] })

const forced = (by: Actor, code: number, system: boolean): FeedWhat & { by: Actor } => ({
  by,
  kind: 'agentState',
  state: 'NOT_READY',
  look: 'notReady',
  reason: { id: null, code, label: null, system },
  deployment: 'UCCE',
})

const afterEntry = (by: Actor, what: FeedWhat) =>
  decideNotices(t, idle, viewOf(online, { feed: [entry('e1', by, what)] }))

describe('an incoming call', () => {
  it('is told with number and queue', () => {
    expect(decideNotices(t, idle, ringing)).toEqual([
      {
        type: 'show',
        notice: {
          id: 'call:7',
          kind: 'call',
          title: 'Incoming call',
          body: 'From +44 7700 900114, queue Support',
        },
      },
    ])
  })

  it('is told in words when the number is hidden', () => {
    const hidden = viewOf(online, { calls: [{ ...call('7', 'ALERTING', null), queue: null }] })
    expect(decideNotices(t, idle, hidden)).toMatchObject([{ notice: { body: 'Hidden number' } }])
  })

  it('is not told again while it goes on ringing', () => {
    const still = viewOf(online, { calls: [{ ...call('7', 'ALERTING'), queue: 'Sales' }] })
    expect(decideNotices(t, ringing, still)).toEqual([])
  })

  it.each([
    ['answered', viewOf(online, { calls: [call('7', 'ACTIVE')] })],
    ['gone', idle],
    ['gone with the session', viewOf(signedOut)],
  ])('is taken back when it is %s', (_name, next) => {
    expect(decideNotices(t, ringing, next)).toContainEqual({ type: 'close', id: 'call:7' })
  })

  it('is not an outgoing one', () => {
    const dialled = viewOf(online, { calls: [{ ...call('7', 'ALERTING'), direction: 'out' }] })
    expect(decideNotices(t, idle, dialled)).toEqual([])
  })

  it('is told once although a lost connection makes it vanish and come back', () => {
    const first = withoutRepeats([], decideNotices(t, idle, ringing), true)
    const lost = withoutRepeats(first.told, decideNotices(t, ringing, viewOf(recovering)), false)
    const back = withoutRepeats(lost.told, decideNotices(t, viewOf(recovering), ringing), true)
    expect(back.intents.map((intent) => (intent.type === 'show' ? intent.notice.kind : intent.type))).toEqual(
      ['restored'],
    )
  })

  it('is told at the end of a sign-in that found it ringing, whenever it was read', () => {
    const found = viewOf(signingIn, { calls: [call('7', 'ALERTING')] })
    expect(decideNotices(t, viewOf(signingIn), found)).toEqual([])
    expect(decideNotices(t, found, ringing)).toMatchObject([{ type: 'show', notice: { id: 'call:7' } }])
  })

  it('is told again when it went back to the queue and returns', () => {
    const first = withoutRepeats([], decideNotices(t, idle, ringing), true)
    const gone = withoutRepeats(first.told, decideNotices(t, ringing, idle), true)
    expect(withoutRepeats(gone.told, decideNotices(t, idle, ringing), true).intents).toHaveLength(1)
  })
})

describe('a state that was forced', () => {
  it('is told with the reason in words and its number', () => {
    const [intent] = afterEntry('finesse', forced('finesse', 50002, true))
    expect(intent).toMatchObject({ type: 'show', notice: { title: 'You are now Not Ready' } })
    const body = intent?.type === 'show' ? intent.notice.body : ''
    expect(body).toMatch(/^Changed by Finesse\. .+\(code 50002\)$/)
  })

  it('is told when a supervisor did it', () => {
    expect(afterEntry('supervisor', forced('supervisor', 999, true))).toMatchObject([
      { notice: { body: expect.stringContaining('supervisor') as string } },
    ])
  })

  it('is told when it happened while nobody was looking', () => {
    const what: FeedWhat = {
      kind: 'stateChangedMeanwhile',
      state: 'LOGOUT',
      look: 'signedOut',
      reason: null,
      deployment: 'UCCE',
    }
    expect(afterEntry('finesse', what)).toMatchObject([
      { notice: { title: 'Finesse signed you out while you were disconnected', body: '' } },
    ])
  })

  it.each([
    ['the agent chose it', 'you', forced('you', 1, false)],
    ['a call did it', 'caller', { ...forced('caller', 1, false), look: 'call', state: 'TALKING' }],
    ['it is the choice made for after the call', 'finesse', forced('finesse', 3, false)],
  ] as const)('is not told when %s', (_name, by, what) => {
    expect(afterEntry(by, what as FeedWhat)).toEqual([])
  })

  it('is not told again for entries that were there before', () => {
    const feed = [entry('e1', 'finesse', forced('finesse', 50002, true))]
    expect(decideNotices(t, viewOf(online, { feed }), viewOf(online, { feed: [...feed] }))).toEqual([])
  })

  it('is not told for what the sign-in brings', () => {
    const feed = [entry('e1', 'finesse', forced('finesse', 50002, true))]
    expect(decideNotices(t, viewOf(signingIn), viewOf(online, { feed }))).toEqual([])
  })
})

describe('the connection', () => {
  it('is told with the time until which the agent stays signed in at least', () => {
    const until = { earliest: new Date(2026, 2, 29, 9, 5, 3).getTime(), latest: 0, afterCall: false }
    const body = (forcedSignOut: ForcedSignOut) => {
      const [intent] = decideNotices(t, idle, viewOf({ ...recovering, forcedSignOut }))
      return intent?.type === 'show' ? intent.notice.body : ''
    }
    expect(body(until)).toContain('Finesse signs you out at 09:05:03 at the earliest.')
    expect(body({ ...until, afterCall: true })).toContain('Finesse signs you out when the call is over.')
  })

  it('is told once when it is lost, whatever the retries do', () => {
    const lost = viewOf(recovering)
    expect(decideNotices(t, idle, lost)).toMatchObject([{ notice: { id: 'connection', kind: 'lost' } }])
    expect(
      decideNotices(t, lost, viewOf({ ...recovering, step: 'connecting', attempt: 4 } as never)),
    ).toEqual([])
  })

  it('is told when it is back', () => {
    expect(decideNotices(t, viewOf(recovering), idle)).toMatchObject([{ notice: { kind: 'restored' } }])
  })

  it('asks for the person when it stopped in mid-shift', () => {
    expect(decideNotices(t, idle, viewOf(takenOver))).toMatchObject([{ notice: { kind: 'blocked' } }])
  })

  it('asks for the person when Finesse refuses the password while events still come, once', () => {
    const refused = viewOf({ ...online, passwordProblem: problem('passwordWrong', { id: '1001' }) })
    expect(decideNotices(t, idle, refused)).toMatchObject([{ notice: { kind: 'blocked' } }])
    expect(
      decideNotices(t, refused, viewOf({ ...refused.slices.session, degraded: ['team'] } as never)),
    ).toEqual([])
    expect(decideNotices(t, refused, idle)).toEqual([])
  })

  it('says nothing about signing in and out', () => {
    expect(decideNotices(t, viewOf(signedOut), viewOf(signingIn))).toEqual([])
    expect(decideNotices(t, viewOf(signingIn), idle)).toEqual([])
    expect(decideNotices(t, idle, viewOf(signedOut))).toEqual([{ type: 'close', id: 'connection' }])
  })
})

it('speaks Dutch', () => {
  expect(decideNotices(createTranslator('nl'), idle, ringing)).toMatchObject([
    { notice: { title: 'Inkomend gesprek' } },
  ])
})
