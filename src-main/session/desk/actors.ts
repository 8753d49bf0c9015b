import type { Actor, Reason } from '../../../src-contract/model'

/** Codes a supervisor's action leaves behind (12.8). 22 and 33 are UCCX's. */
const SUPERVISOR_CODES: Readonly<Record<'UCCE' | 'UCCX', ReadonlySet<number>>> = {
  UCCE: new Set([999]),
  UCCX: new Set([22, 33]),
}

export const isSupervisorCode = (code: number, deployment: string | null): boolean =>
  SUPERVISOR_CODES[deployment === 'UCCX' ? 'UCCX' : 'UCCE'].has(code)

/** Codes by which Finesse says that it lost an agent's desktop, or the phone system the agent (12.8). */
export const connectionLossCodes: ReadonlySet<number> = new Set([255, 50_001, 50_002, 32_764, 32_765])

const bySupervisor = (reason: Reason, deployment: string | null): boolean =>
  reason.code !== null && isSupervisorCode(reason.code, deployment) && reason.id === null

/**
 * Who changed our own state. Finesse does not say: our own request, a supervisor's code, a system code, or a code
 * only a person can choose (then it was this agent, at another desktop: 15.30).
 */
export function ownActor(confirmed: boolean, reason: Reason | null, deployment: string | null): Actor {
  // First: it may come just when the own request for the same state is under way.
  if (reason !== null && bySupervisor(reason, deployment)) return 'supervisor'
  if (confirmed) return 'you'
  if (reason === null) return 'finesse'
  return reason.system ? 'finesse' : 'you'
}

export function memberActor(reason: Reason | null, deployment: string | null): Actor {
  if (reason === null) return 'colleague'
  if (bySupervisor(reason, deployment)) return 'supervisor'
  return reason.system ? 'finesse' : 'colleague'
}
