import { computed, type ComputedRef } from 'vue'
import type { NodeView } from '../../../../src-contract/connection'
import type { CertificateQuestion } from '../../../../src-contract/model'
import { useReplica } from '../../../stores/replica'

export interface Untrusted {
  readonly node: NodeView
  /** Null: not a question for the agent, e.g. expired. */
  readonly question: CertificateQuestion | null
}

/** The server that cannot be used before somebody trusts its certificate; the one in use first. */
export const useUntrusted = (): ComputedRef<Untrusted | null> => {
  const replica = useReplica()
  return computed(() => {
    const found = replica.connection.nodes.filter((node) => node.health === 'untrusted')
    const node = found.find((each) => each.current) ?? found[0]
    return node ? { node, question: node.certificate } : null
  })
}
