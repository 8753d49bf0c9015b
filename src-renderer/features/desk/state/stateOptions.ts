import type { Agent, Look, Reason } from '../../../../src-contract/model'
import type { Choice, Reasons, StateChoices, StateTarget } from '../../../../src-contract/state'

export interface StateOption {
  readonly key: string
  readonly target: 'READY' | 'NOT_READY' | 'LOGOUT'
  readonly reason: Reason | null
  readonly choice: Choice
  readonly current: boolean
  readonly section: 'states' | 'favourites' | 'reasons' | 'end'
}

const LOOKS: Readonly<Record<StateTarget, Look>> = {
  READY: 'ready',
  NOT_READY: 'notReady',
  LOGOUT: 'signedOut',
}
export const lookOfTarget = (target: StateTarget): Look => LOOKS[target]

/** Favourites first, in the order they were used; the others as Finesse sorts them. */
const ordered = (reasons: Reasons): readonly { readonly reason: Reason; readonly favourite: boolean }[] => {
  const favourites = reasons.favourites.flatMap((id) => reasons.notReady.filter((reason) => reason.id === id))
  const others = reasons.notReady.filter((reason) => !favourites.includes(reason))
  return [
    ...favourites.map((reason) => ({ reason, favourite: true })),
    ...others.map((reason) => ({ reason, favourite: false })),
  ]
}

const isCurrent = (agent: Agent | null, reason: Reason | null): boolean =>
  agent?.look === 'notReady' && (agent.reason?.id ?? null) === (reason?.id ?? null)

/** All that the state panel offers, in its order, impossible choices included. */
export const stateOptions = (
  agent: Agent | null,
  choices: StateChoices,
  reasons: Reasons,
): readonly StateOption[] => {
  const notReady = agent?.look === 'notReady' ? choices.changeReason : choices.notReady
  const plain: StateOption = {
    key: 'notReady',
    target: 'NOT_READY',
    reason: null,
    choice: notReady,
    current: isCurrent(agent, null),
    section: 'states',
  }
  const withReasons = ordered(reasons).map(({ reason, favourite }): StateOption => ({
    key: `notReady-${reason.id ?? reason.code}`,
    target: 'NOT_READY',
    reason,
    choice: notReady,
    current: isCurrent(agent, reason),
    section: favourite ? 'favourites' : 'reasons',
  }))
  const asOne = !notReady.allowed || withReasons.length === 0
  const bare = choices.notReadyReasonRequired && withReasons.length > 0 ? [] : [plain]
  return [
    {
      key: 'ready',
      target: 'READY',
      reason: null,
      choice: choices.ready,
      current: agent?.look === 'ready',
      section: 'states',
    },
    ...(asOne ? [plain] : [...bare, ...withReasons]),
    {
      key: 'signOut',
      target: 'LOGOUT',
      reason: null,
      choice: choices.signOut,
      current: false,
      section: 'end',
    },
  ]
}

/** Case and accents do not matter; every word typed must occur. */
export const matchesText = (text: string, typed: string): boolean => {
  const hay = fold(text)
  return fold(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** The next or previous index, round the ends. */
export const step = (index: number, by: 1 | -1, count: number): number =>
  count === 0 ? -1 : (index + by + count) % count
