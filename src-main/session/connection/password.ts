import type { Problem } from '../../../src-contract/problem'
import { refuse } from '../desk/requests'
import type { Env } from '../events'
import { andThen, stay, withDesk, withEffects, type SessionStep } from '../step'
import type { SessionState } from '../state'
import { struck } from './phases'
import { askService, readAgain } from './service'

/**
 * Every further call with it would count towards the lock (15.13). The connection lives on and events still come, so
 * that Finesse does not lose the agent while the password is being typed (fault R4).
 */
export function passwordRefused(state: SessionState, env: Env, why: Problem): SessionStep {
  if (state.passwordProblem !== null) return stay(state)
  const stopped = withDesk({ ...struck(state, env), passwordProblem: why }, { reread: null })
  const asked = withEffects(stopped, { type: 'forgetPassword' })
  return andThen(asked, (next) => refuse(next, env, why))
}

/** A person has given another one: all that may have changed is read with it. */
export const passwordGiven = (state: SessionState): SessionStep => {
  const next = { ...state, passwordProblem: null }
  return next.service.status === 'ok' ? readAgain(next) : askService(next)
}
