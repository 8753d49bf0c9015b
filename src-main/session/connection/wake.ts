import { problem } from '../../../src-contract/problem'
import type { Env } from '../events'
import { contextOf, serverNow, stay, timerOn, withEffects, type SessionStep } from '../step'
import type { SessionState } from '../state'
import { slept } from './clock'
import { attemptFailed, beginRound } from './rounds'
import { askNodes } from './survey'

/** Faults T3, T4: an open socket is not believed; it answers within this time or is given up. */
const CHECK_MS = 2_000
/** Everybody's machine wakes at nine, and a whole floor hangs on one access point. */
const SPREAD_MS = 2_000

const sooner = (state: SessionState, env: Env): SessionStep => {
  const { phase } = state
  if (phase.name !== 'recovering' || phase.step !== 'waiting') return stay(state)
  const now = serverNow(state, env)
  const delay = env.random() * SPREAD_MS
  // Changes come in bursts, and the try that is due may be nearer.
  if (phase.nextTryAt !== null && phase.nextTryAt <= now + delay) return stay(state)
  return stay(timerOn({ ...state, phase: { ...phase, nextTryAt: now + Math.round(delay) } }, 'retry', delay))
}

/** Another network, or a wake from sleep: prove the connection, or try at once. */
export function networkChanged(state: SessionState, env: Env): SessionStep {
  if (state.phase.name !== 'online' || state.link === null) return sooner(state, env)
  const asked = askNodes(state, env)
  return {
    state: asked.state,
    effects: [{ type: 'checkLink', gen: state.link.gen, limitMs: CHECK_MS }, ...asked.effects],
  }
}

/** From here on nobody knows what the server hears. */
export const suspended = (state: SessionState, env: Env): SessionState =>
  state.phase.name !== 'online' || state.asleep !== null
    ? state
    : { ...state, asleep: { since: serverNow(state, env), over: false } }

/** The connection is proved again. */
export const pingAnswered = (state: SessionState): SessionState =>
  state.asleep?.over === true ? { ...state, asleep: null } : state

/**
 * Timers stood still as long as the machine slept, and so did the countdown to the next try: it is over or as good
 * as over now. Server time went on.
 */
export function woke(state: SessionState, env: Env, asleepMs: number | null): SessionStep {
  const { asleep } = suspended(state, env)
  const awake: SessionState = { ...state, asleep: asleep === null ? null : { ...asleep, over: true } }
  return networkChanged(slept(awake, asleepMs), env)
}

/** "Reconnect now" really rebuilds: what looks alive is given up as well. */
export function reconnect(state: SessionState, env: Env): SessionStep {
  const { phase } = state
  if (phase.name === 'recovering') return beginRound(state, env)
  if (phase.name !== 'online') return stay(state)
  const { host, port } = contextOf(state)
  const lost = attemptFailed(state, env, {
    problem: problem('reconnectAsked', { host, port }),
    side: 'local',
    retryAfterMs: null,
    certificate: null,
  })
  const begun = beginRound(lost.state, env)
  return withEffects(begun.state, ...lost.effects, ...begun.effects)
}
