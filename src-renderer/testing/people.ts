import type { FeedEntry, Look, Member, Reason } from '../../src-contract/model'

const FIRST = [
  'Mara',
  'Tom',
  'Ines',
  'Jon',
  'Lea',
  'Sam',
  'Nina',
  'Per',
  'Eva',
  'Kai',
  'Ruth',
  'Ole',
  'Zoë',
  'Émile',
]
const LAST = [
  'Lind',
  'Aker',
  'Roth',
  'Vale',
  'Brandt',
  'Okoro',
  'Falk',
  'Holm',
  'Stern',
  'Moller',
  'Amsel',
  'Berg',
]
const STATES: readonly (readonly [string, Look])[] = [
  ['READY', 'ready'],
  ['READY', 'ready'],
  ['TALKING', 'call'],
  ['TALKING', 'call'],
  ['TALKING', 'call'],
  ['HOLD', 'hold'],
  ['WORK', 'wrapUp'],
  ['NOT_READY', 'notReady'],
  ['NOT_READY', 'notReady'],
  ['RESERVED', 'reserved'],
  ['LOGOUT', 'signedOut'],
]
const REASONS = [
  'Lunch',
  'Training',
  'Break',
  'Meeting',
  'Back office',
  'Coaching',
  'Technical problem',
  'Email',
]
/** Reasons as a server lists them. */
export const reasons = (count: number): readonly Reason[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${n + 1}`,
    code: 10 + n,
    label: `${REASONS[n % REASONS.length]}${n >= REASONS.length ? ` ${Math.floor(n / REASONS.length) + 1}` : ''}`,
    system: false,
  }))

/** Chance with a seed: the same people every time. */
export const chance = (seed: number): ((n: number) => number) => {
  let state = seed
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n
}

export const memberAt = (n: number, now: number, random: (n: number) => number): Member => {
  const [state, look] = STATES[random(STATES.length)] ?? ['READY', 'ready']
  const count = Math.floor(n / (FIRST.length * LAST.length))
  const name = `${FIRST[n % FIRST.length]} ${LAST[Math.floor(n / FIRST.length) % LAST.length]}${count ? ` ${count + 1}` : ''}`
  return {
    id: `${1001 + n}`,
    name,
    extension: `${2001 + n}`,
    state,
    look,
    since: now - random(5_000_000),
    reason: look === 'notReady' ? (reasons(8)[random(8)] ?? null) : null,
  }
}

export const feedOf = (now: number): readonly FeedEntry[] => {
  const lunch = { id: '1', code: 10, label: 'Lunch', system: false }
  const entries: Omit<FeedEntry, 'id'>[] = [
    { at: now - 3_600_000, by: 'you', what: { kind: 'signedIn', server: 'fin-a.example.com:8445' } },
    {
      at: now - 3_500_000,
      by: 'you',
      what: { kind: 'agentState', state: 'NOT_READY', look: 'notReady', reason: lunch, deployment: 'UCCE' },
    },
    {
      at: now - 2_000_000,
      by: 'sidetone',
      what: {
        kind: 'connectionLost',
        problem: { code: 'pingTimeout', params: { host: 'fin-a.example.com', seconds: 20 } },
      },
    },
    { at: now - 1_991_000, by: 'sidetone', what: { kind: 'connectionRestored', afterMs: 9000, node: 'A' } },
    {
      at: now - 1_800_000,
      by: 'finesse',
      what: {
        kind: 'agentState',
        state: 'NOT_READY',
        look: 'notReady',
        reason: { id: null, code: 50002, label: null, system: true },
        deployment: 'UCCE',
      },
    },
    {
      at: now - 1_200_000,
      by: 'you',
      what: { kind: 'agentState', state: 'READY', look: 'ready', reason: null, deployment: 'UCCE' },
    },
    {
      at: now - 900_000,
      by: 'colleague',
      what: {
        kind: 'memberState',
        name: 'Kai Moller',
        state: 'NOT_READY',
        look: 'notReady',
        reason: lunch,
        deployment: 'UCCE',
      },
    },
    {
      at: now - 600_000,
      by: 'caller',
      what: { kind: 'callMissed', remote: '+44 7700 900 220', queue: 'Support' },
    },
    {
      at: now - 196_000,
      by: 'caller',
      what: { kind: 'callArrived', remote: '+44 7700 900 114', queue: 'Support' },
    },
    {
      at: now - 192_000,
      by: 'you',
      what: { kind: 'callAnswered', remote: '+44 7700 900 114', afterMs: 4000 },
    },
  ]
  return entries.map((entry, n) => ({ ...entry, id: `f${n}` }))
}
