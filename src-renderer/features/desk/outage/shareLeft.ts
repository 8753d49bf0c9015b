import type { ServerMs } from '../../../../src-contract/model'
import type { ForcedSignOut } from '../../../../src-contract/state'

/** Finesse waits so long at least before it signs a lost agent out (13.1). */
const GRACE_MS = 60_000

/** How much of that time is left, 1 to 0. */
export const shareLeft = ({ earliest }: ForcedSignOut, now: ServerMs): number =>
  Math.min(1, Math.max(0, (earliest - now) / GRACE_MS))
