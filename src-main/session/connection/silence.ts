import { problem } from '../../../src-contract/problem'
import type { Env } from '../events'
import { contextOf, stay, timerOff, timerOn, type SessionStep } from '../step'
import type { SessionState } from '../state'
import { attemptFailed } from './rounds'
import { doubtLive } from './track'

/** An event is sent within 0.1 s of the change (15.2); a read that is so much ahead of it has overtaken it. */
const OVERDUE_MS = 3_000
/** One lost event is repaired by reading. Two in a row: the notifications are dead although pings live (fault X26). */
const DEAD_AFTER = 2

/** A read shows what no event told: it should come now, or it is lost. */
export const expectEvent = (state: SessionState): SessionState =>
  state.phase.name !== 'online' || state.timers.miss !== undefined || state.degraded.userEvents
    ? state
    : timerOn(state, 'miss', OVERDUE_MS)

/** An event of our own: notifications live. */
export function eventCame(state: SessionState): SessionState {
  const proven = state.misses === 0 ? state : { ...state, misses: 0, track: doubtLive(state.track, null) }
  const calm = timerOff(proven, 'miss')
  // 5.2: Finesse subscribes the agent by itself; then the refused subscription did not matter.
  return calm.degraded.userEvents ? { ...calm, degraded: { ...calm.degraded, userEvents: false } } : calm
}

export function eventMissed(state: SessionState, env: Env): SessionStep {
  const misses = state.misses + 1
  const { host, port } = contextOf(state)
  const silent = problem('eventsSilent', { host, port })
  const counted = { ...state, misses, track: doubtLive(state.track, silent) }
  if (state.phase.name !== 'online' || state.service.status !== 'ok' || misses < DEAD_AFTER)
    return stay(counted)
  return attemptFailed({ ...counted, misses: 0 }, env, {
    problem: silent,
    side: 'server',
    retryAfterMs: null,
    certificate: null,
    move: true,
  })
}
