import type { Accounts } from './accounts'
import type { CertificateKind, NodeCertificate } from './certificates'
import type { Clock } from './clock'
import type { Engine } from './engine'
import type { NodeName } from './faults/table'
import type { ActiveFaults } from './faults/active'
import type { Log } from './log'
import type { SimulatedNode } from './node'
import type { Settings } from './options'
import type { Random } from './random'

/** What both nodes of one installation share. */
export interface Site {
  readonly options: Settings
  readonly engine: Engine
  readonly clock: Clock
  readonly random: Random
  readonly accounts: Accounts
  readonly faults: ActiveFaults
  readonly log: Log
  readonly nodes: readonly SimulatedNode[]
  /** From the start on. */
  issue(node: NodeName, kind: CertificateKind): Promise<NodeCertificate>
}
