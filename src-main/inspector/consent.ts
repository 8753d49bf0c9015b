import type { Session } from '../../src-contract/state'

interface Kept {
  setPlain(plain: boolean): void
  /** Drops the texts kept so far. */
  forget(): void
}

export interface Consent {
  /** A person gives it, or takes it back. */
  give(plain: boolean): void
  sessionChanged(before: Session, after: Session): void
  /** Whether any text kept so far may hold numbers and variables, however the consent stands now. */
  holdsPlain(): boolean
}

const isShift = (session: Session): boolean =>
  session.phase === 'online' ||
  session.phase === 'recovering' ||
  session.phase === 'signingOut' ||
  (session.phase === 'blocked' && session.midShift)

/** Consent to keep numbers and call variables: it ends with the shift, and no other agent inherits what it kept. */
export const createConsent = ({ setPlain, forget }: Kept): Consent => {
  let given = false
  let holds = false
  /** The last one seen. */
  let agent: string | null = null
  const give = (plain: boolean): void => {
    given = plain
    holds ||= plain
    setPlain(plain)
  }
  return {
    give,
    holdsPlain: () => holds,
    sessionChanged: (before, after) => {
      if (before === after) return
      if (given && after.phase === 'signedOut' && isShift(before)) give(false)
      if (!('identity' in after)) return
      const { server, loginId } = after.identity
      const now = `${server}\n${loginId}`
      if (agent !== null && agent !== now && holds) {
        if (given) give(false)
        holds = false
        forget()
      }
      agent = now
    },
  }
}
