import { describe, expect, it } from 'vitest'
import type { NodeView } from '../connection'
import { createTranslator } from '../messages/translate'
import { problem } from '../problem'
import type { ForcedSignOut, Gap } from '../state'
import { formatCountdown } from './duration'
import { wordEvidence, wordGap, wordSignOut, wordSpan, wordTimeLeft, wordVerdict } from './outage'

const t = createTranslator('en')
const forced: ForcedSignOut = { earliest: 60_000, latest: 180_000, afterCall: false }
const onCall: ForcedSignOut = { ...forced, afterCall: true }

describe('the countdown', () => {
  it('never promises more than there is, and never goes below 0', () => {
    expect([61_000, 60_000, 59_999, 1, 0, -5000].map(formatCountdown)).toEqual([
      '1:01',
      '1:00',
      '0:59',
      '0:00',
      '0:00',
      '0:00',
    ])
  })

  it('falls by exactly one second from tick to tick until the earliest moment, then says what may be', () => {
    const second = Array.from({ length: 61 }, (_, n) => wordTimeLeft(t, forced, n * 1000))
    expect(new Set(second).size).toBe(61)
    expect([second[0], second[18], second[59], second[60]]).toEqual([
      'signed out in 1:00',
      'signed out in 0:42',
      'signed out in 0:01',
      'maybe signed out',
    ])
    expect(wordTimeLeft(t, forced, 179_999)).toBe('maybe signed out')
    expect(wordTimeLeft(t, forced, 180_000)).toBe('probably signed out')
  })

  it('counts down during a call as well, and then waits for its end', () => {
    expect(wordTimeLeft(t, onCall, 18_000)).toBe('signed out in 0:42')
    expect(wordTimeLeft(t, onCall, 60_000)).toBe('signed out after the call')
    expect(wordTimeLeft(t, onCall, 999_000)).toBe('signed out after the call')
  })

  it('says in words when Finesse signs out', () => {
    const at = [18_000, 60_000, 180_000]
    expect(at.map((now) => wordSignOut(t, forced, now))).toEqual([
      'Finesse signs you out in 0:42 at the earliest, in 2:42 at the latest.',
      'Finesse may have signed you out by now, or does so in 2:00 at the latest.',
      'Finesse has probably signed you out by now, or set you Not Ready.',
    ])
    expect(at.map((now) => wordSignOut(t, onCall, now))).toEqual([
      'Your call goes on. Finesse signs you out after it, in 0:42 at the earliest.',
      'Your call goes on. Finesse signs you out when it is over.',
      'Once your call is over, Finesse signs you out, if it has not done so by now.',
    ])
    expect(wordSignOut(t, null, 0)).toBe('You were not signed in: you miss no calls.')
  })
})

const node = (name: 'A' | 'B', health: NodeView['health']): NodeView => ({
  name,
  host: `fin-${name.toLowerCase()}.example.com`,
  port: 8445,
  current: name === 'A',
  health,
  checkedAt: 0,
  problem: null,
  certificate: null,
})

describe('the verdict', () => {
  const cure = (...nodes: NodeView[]): string => wordVerdict(t, { who: 'thisNode', evidence: [] }, nodes).cure

  it('promises to move only where there is a server to move to', () => {
    expect(cure(node('A', 'outOfService'), node('B', 'inService'))).toContain('moves to the other server')
    expect(cure(node('A', 'outOfService'))).toContain('goes on trying')
    expect(cure(node('A', 'outOfService'), node('B', 'untrusted'))).toContain('certificate')
  })

  it('words each piece of evidence', () => {
    expect(wordEvidence(t, { kind: 'colleagues', lost: 0, of: 17 })).toContain('none of your 17')
    expect(wordEvidence(t, { kind: 'colleagues', lost: 4, of: 17 })).toContain('4 of your 17')
    expect(wordEvidence(t, { kind: 'node', name: 'B', host: 'fin-b.example.com', health: 'ctiDown' })).toBe(
      'Node B, fin-b.example.com: without the phone system.',
    )
    expect(
      wordEvidence(t, { kind: 'cause', problem: problem('pingTimeout', { host: 'fin-a', seconds: 20 }) }),
    ).toBe('fin-a has not answered for 20 s.')
  })
})

describe('the gap', () => {
  const gap: Gap = { from: 0, to: 47_000, nodes: ['A', 'A'], changes: [] }

  it('says that nothing changed, or everything in one sentence', () => {
    expect(wordGap(t, gap, 'UCCE')).toBe('Your state and your calls are as before.')
    expect(
      wordGap(
        t,
        {
          ...gap,
          nodes: ['A', 'B'],
          changes: [
            {
              kind: 'state',
              before: { state: 'READY', look: 'ready' },
              after: {
                state: 'NOT_READY',
                look: 'notReady',
                reason: { id: null, code: 50002, label: null, system: true },
              },
            },
            { kind: 'callEnded', remote: null },
            { kind: 'members', count: 1 },
          ],
        },
        'UCCE',
      ),
    ).toBe(
      'While you were disconnected: your state became Not Ready, connection failure; ' +
        `Call with ${t('call.hidden')} ended; 1 colleague changed state; You are on node B now.`,
    )
  })

  it('gives short times in seconds', () => {
    expect([wordSpan(t, 47_400), wordSpan(t, 125_000), wordSpan(t, -5)]).toEqual([
      '47\u00a0s',
      '02:05',
      '1\u00a0s',
    ])
  })
})
