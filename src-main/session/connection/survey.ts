import type { Env } from '../events'
import { andThen, nodeOf, serverNow, stay, timerOn, withEffects, type SessionStep } from '../step'
import type { SessionState } from '../state'
import { probeOther } from './health'
import { readAgain, readOwn } from './service'

/** SystemInfo costs a server little and needs no password; spread so that a fleet never asks in step. */
const SURVEY_MS = 5 * 60_000
const SPREAD_MS = 60_000
/** Soon after the session lives: is there somewhere to go when it ends? */
const FIRST_MS = 5_000
/** A large team is a large answer: it is compared less often. A small one every time, whenever it was read last. */
const TEAM_MS_PER_ROW = 1_000

export const startSurvey = (state: SessionState, env: Env): SessionState =>
  timerOn(state, 'survey', FIRST_MS + env.random() * FIRST_MS)

/** How both nodes are, and what time it is there. */
export function askNodes(state: SessionState, env: Env): SessionStep {
  const node = nodeOf(state)
  if (state.phase.name !== 'online' || node === null) return stay(state)
  const next = timerOn(state, 'survey', SURVEY_MS + env.random() * SPREAD_MS)
  // A reverse proxy may want the password for it, and there is none (fault R4).
  if (state.passwordProblem !== null) return stay(next)
  return withEffects(next, { type: 'readSystemInfo', gen: next.gen, node: node.address }, ...probeOther(next))
}

const isTeamDue = (state: SessionState, env: Env): boolean => {
  const { team, members } = state.desk
  return team.status === 'ready' && serverNow(state, env) - team.readAt >= members.size * TEAM_MS_PER_ROW
}

/** Every few minutes everything is compared with what the events told: one of them may have been lost (fault X14). */
export function survey(state: SessionState, env: Env): SessionStep {
  // Then it is polled already, at the server's own pace.
  if (state.phase.name === 'online' && state.service.status !== 'ok')
    return stay(timerOn(state, 'survey', SURVEY_MS + env.random() * SPREAD_MS))
  const asked = askNodes(state, env)
  const { phase } = state
  // The first one comes right after everything was read.
  const isFirst = phase.name === 'online' && serverNow(state, env) - phase.since < SURVEY_MS / 2
  if (phase.name !== 'online' || isFirst) return asked
  return andThen(asked, isTeamDue(state, env) ? readAgain : readOwn)
}
