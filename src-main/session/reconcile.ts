import type { Effect } from './events'
import type { SessionState, Timer, TimerName } from './state'

const TIMER_NAMES = [
  'step',
  'retry',
  'stable',
  'request',
  'login',
  'poll',
  'move',
  'reread',
  'watch',
  'miss',
  'survey',
  'team',
  'restore',
] as const satisfies readonly TimerName[]

const timerEffects = (
  name: TimerName,
  before: Timer | undefined,
  after: Timer | undefined,
): readonly Effect[] => {
  if (before?.id === after?.id) return []
  const cancel: readonly Effect[] = before === undefined ? [] : [{ type: 'cancelTimer', name, id: before.id }]
  const start: readonly Effect[] =
    after === undefined ? [] : [{ type: 'startTimer', name, id: after.id, ms: after.ms }]
  return [...cancel, ...start]
}

function linkEffects(before: SessionState, after: SessionState): readonly Effect[] {
  const old = before.link
  const now = after.link
  const terminate: readonly Effect[] =
    old !== null && old.gen !== now?.gen ? [{ type: 'terminateLink', gen: old.gen }] : []
  if (now === null) return terminate
  if (old?.gen !== now.gen)
    return after.account === null
      ? terminate
      : [...terminate, { type: 'openLink', link: now, account: after.account }]
  return old.closing === null && now.closing !== null
    ? [{ type: 'closeLink', gen: now.gen, limitMs: now.closing }]
    : []
}

/**
 * What is held (connection, timers, answers under way) is part of the state; what has to be opened or let go follows
 * from the difference. So leaving a state cannot forget to release, and there is never a second connection.
 */
export function reconcile(before: SessionState, after: SessionState): readonly Effect[] {
  if (before === after) return []
  const calls: readonly Effect[] = before.gen === after.gen ? [] : [{ type: 'abandonCalls', gen: before.gen }]
  const links = before.link === after.link ? [] : linkEffects(before, after)
  const timers =
    before.timers === after.timers
      ? []
      : TIMER_NAMES.flatMap((name) => timerEffects(name, before.timers[name], after.timers[name]))
  return [...calls, ...links, ...timers]
}
