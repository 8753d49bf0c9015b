import type { ForcedSignOut } from '../../../src-contract/state'
import { hasCall } from '../desk/calls'
import type { SessionState } from '../state'

/** 13.1: how long Finesse takes to notice a dead network at most, and how long it waits then. */
const NOTICED_WITHIN_MS = 120_000
const GRACE_MS = 60_000

/**
 * From the moment we believe the server lost us, which is the last proof of life: it may have noticed then, or take
 * its time. Null: nobody is signed in.
 */
export function forcedSignOutAfter(state: SessionState, provenAt: number): ForcedSignOut | null {
  const { user, calls } = state.desk
  if (user === null || user.state === 'LOGOUT') return null
  return {
    earliest: provenAt + GRACE_MS,
    latest: provenAt + NOTICED_WITHIN_MS + GRACE_MS,
    afterCall: hasCall(calls),
  }
}
