import { computed, type ComputedRef } from 'vue'
import type { ServerMs } from '../../../../src-contract/model'
import { useReplica } from '../../../stores/replica'

export interface Stale {
  readonly why: 'lost' | 'outOfService'
  /** Null: not known any more, as after a stop. */
  readonly since: ServerMs | null
}

/** Nothing new is heard: what is shown is as old as this. */
export const useStale = (): ComputedRef<Stale | null> => {
  const replica = useReplica()
  return computed(() => {
    const { session } = replica
    if (session.phase === 'recovering') return { why: 'lost', since: session.since }
    if (session.phase === 'blocked') return { why: 'lost', since: null }
    if (session.phase !== 'online' || session.outOfServiceSince === null) return null
    return { why: 'outOfService', since: session.outOfServiceSince }
  })
}
