import type { NodeName } from './faults/table'
import type { Site } from './site'
import type { Reason } from './world/types'

/** An entry of a reason code list as an administrator sees it. */
export interface ReasonEntry {
  readonly id: string
  readonly category: 'NOT_READY' | 'LOGOUT'
  readonly code: number
  readonly label: string
  readonly forAll?: boolean
}

const key = ({ id, category }: Reason) => `${category} ${id ?? ''}`

/**
 * Changes the lists in mid-shift, on both nodes or on one. The world behind knows what any node lists, so the same id
 * must not mean two things.
 */
export function setReasonCodes(site: Site, entries: readonly ReasonEntry[], name?: NodeName): void {
  const reasons = entries.map((one): Reason => ({ forAll: true, ...one }))
  for (const node of site.nodes)
    node.ownReasons = name === undefined || node.name === name ? reasons : node.reasons
  const all = new Map(site.nodes.flatMap((node) => node.reasons.map((one) => [key(one), one] as const)))
  site.engine.world.reasons = [...all.values()]
}
