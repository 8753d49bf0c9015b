import type { Cause } from '../../src-contract/causes/ids'
import { cause, type CauseContext } from './context'

/** 3.1: five wrong passwords in a row lock the account for 5 minutes. */
const STRIKES = 5

/**
 * The server says no and never why: a wrong password, a locked account and a login name in place of the ID look the same
 * (3.1, rule 4). What else is known decides.
 */
export const causeOfPassword = (came: string, context: CauseContext): Cause => {
  const { authMode, deployment, loginId: id, passwordWorked, wrongPasswords = 0 } = context
  if (authMode === 'SSO') return cause('auth.sso', context, { mode: authMode })
  if (wrongPasswords >= STRIKES) return cause('auth.locked', context, { id, came })
  if (passwordWorked === true) return cause('auth.passwordChanged', context, { id, came })
  if (deployment === 'UCCE' && !/^\d+$/.test(id.trim())) return cause('auth.loginName', context, { id, came })
  return cause('auth.wrongPassword', context, { id, came })
}

/** SASL conditions of RFC 6120, 6.5. */
export const causeOfSasl = (condition: string, context: CauseContext): Cause => {
  const id = context.loginId
  switch (condition) {
    case 'not-authorized':
      return causeOfPassword(condition, context)
    case 'account-disabled':
      return cause('auth.locked', context, { id, came: condition })
    case 'temporary-auth-failure':
      return cause('auth.temporary', context, { condition })
    default:
      return cause('auth.refused', context, { id, condition })
  }
}
