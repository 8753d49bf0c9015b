import { ok, type Result } from '../finesse/result'
import type { RestClient, RestFailure } from '../finesse/rest/types'

/** What is to be known of an agent before a connection is made under that name. */
export interface Agent {
  readonly teamId: string | null
  /**
   * May presence be sent? Finesse ends the shift of an agent whose presence goes (13.1), even of one who works on the
   * other node: then our own good-bye would do it. Only for agents who are signed out it has nothing to end.
   */
  readonly announce: boolean
  readonly state: string | null
}

/** Without REST nobody can be asked, and the server need not be a Finesse. */
export const NOBODY: Result<Agent, RestFailure> = ok({ teamId: null, announce: true, state: null })

/** An error only where the password is refused: it must not be sent again (3.1, five strikes). */
export const askAbout = async (
  account: { readonly loginId: string } | null,
  rest: RestClient,
  signal: AbortSignal | undefined,
): Promise<Result<Agent, RestFailure>> => {
  if (account === null) return NOBODY
  const user = await rest.user(account.loginId, signal)
  if (user.ok) {
    const { teamId, state } = user.value
    return ok({ teamId, state, announce: state === 'LOGOUT' })
  }
  if (user.error.kind === 'status' && user.error.status === 401) return user
  // Not known to be signed out.
  return ok({ teamId: null, announce: false, state: null })
}
