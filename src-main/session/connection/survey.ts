import type { Env } from '../events'
import { nodeOf, stay, timerOn, withEffects, type SessionStep } from '../step'
import type { SessionState } from '../state'
import { probeOther } from './health'

/** SystemInfo costs a server little and needs no password; spread so that a fleet never asks in step. */
const SURVEY_MS = 5 * 60_000
const SPREAD_MS = 60_000
/** Soon after the session lives: is there somewhere to go when it ends? */
const FIRST_MS = 5_000

export const startSurvey = (state: SessionState, env: Env): SessionState =>
  timerOn(state, 'survey', FIRST_MS + env.random() * FIRST_MS)

/** How both nodes are, and what time it is there. */
export function survey(state: SessionState, env: Env): SessionStep {
  const node = nodeOf(state)
  if (state.phase.name !== 'online' || node === null) return stay(state)
  const next = timerOn(state, 'survey', SURVEY_MS + env.random() * SPREAD_MS)
  // A reverse proxy may want the password for it, and there is none (fault R4).
  if (state.passwordProblem !== null) return stay(next)
  return withEffects(next, { type: 'readSystemInfo', gen: next.gen, node: node.address }, ...probeOther(next))
}
