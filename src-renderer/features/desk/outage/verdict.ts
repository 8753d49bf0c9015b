import { computed, type ComputedRef } from 'vue'
import type { Verdict } from '../../../../src-contract/connection'
import { useReplica } from '../../../stores/replica'

/** A connection that was given up on demand is nobody's fault. */
const wasAskedFor = ({ evidence }: Verdict): boolean =>
  evidence.some((piece) => piece.kind === 'cause' && piece.problem.code === 'reconnectAsked')

/** "Only me or everybody?", where that is a question. */
export const useVerdict = (): ComputedRef<Verdict | null> => {
  const replica = useReplica()
  return computed(() => {
    const { verdict } = replica.connection
    return verdict && !wasAskedFor(verdict) ? verdict : null
  })
}
