import type { Evidence, NodeHealth, Verdict } from '../../../src-contract/connection'
import type { ProblemCode } from '../../../src-contract/problem'
import type { Before, NodeReport, SessionState } from '../state'

/** Colleagues lost around the same time speak for the server from so many on, or from this part of the team. */
const MANY = 3
const PART = 0.2
/** Finesse tells of a lost colleague up to three minutes after the network broke (13.1). */
const AROUND_MS = 180_000

/** The server's machine answered, if only with a refusal: the network between is not to blame. */
const ANSWERED: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'connectionRefused',
  'connectionReset',
  'httpStatus',
  'serverError',
  'notFinesse',
  'answerUnreadable',
  'redirected',
  'outOfService',
])

const OUT: ReadonlySet<NodeHealth> = new Set<NodeHealth>(['outOfService', 'ctiDown'])

const answered = (report: NodeReport): boolean =>
  report.health !== 'unreachable' || (report.problem !== null && ANSWERED.has(report.problem.code))

interface Facts {
  /** The node the session was on, and the other; null: not asked since. */
  readonly current: NodeReport | null
  readonly other: NodeReport | null
  readonly many: boolean
}

function whoOf({ current, other, many }: Facts): Verdict['who'] | null {
  if (current === null) return null
  if (OUT.has(current.health))
    return other === null || OUT.has(other.health)
      ? 'phoneSystem'
      : answered(other)
        ? 'thisNode'
        : 'phoneSystem'
  if (current.health !== 'unreachable') return many ? 'thisNode' : 'yourNetwork'
  if (other === null) return answered(current) ? 'thisNode' : 'yourNetwork'
  if (other.health !== 'unreachable') return 'thisNode'
  return answered(current) || answered(other) ? 'bothNodes' : 'yourNetwork'
}

/**
 * "Only me or everybody?" from three witnesses: both nodes' SystemInfo, our own way to them, and what Finesse says of
 * the colleagues. Null while there is nothing to go by.
 */
export function verdictOf(state: SessionState, before: Before): Verdict | null {
  const { at: since, cause } = before
  const fresh = (name: 'A' | 'B' | undefined): NodeReport | null => {
    const report = name === undefined ? undefined : state.health[name]
    return report !== undefined && report.checkedAt >= since ? report : null
  }
  const other = state.nodes.find((node) => node.name !== before.node)
  const lost = state.desk.lostColleagues.filter((at) => at >= since - AROUND_MS).length
  const of = Math.max(0, state.desk.members.size - 1)
  const many = lost >= MANY || (of > 0 && lost / of >= PART)
  const who = whoOf({ current: fresh(before.node), other: fresh(other?.name), many })
  if (who === null) return null
  const nodes = state.nodes.flatMap((node): readonly Evidence[] => {
    const report = fresh(node.name)
    return report === null
      ? []
      : [{ kind: 'node', name: node.name, host: node.address.host, health: report.health }]
  })
  const colleagues: readonly Evidence[] = of === 0 ? [] : [{ kind: 'colleagues', lost, of }]
  return { who, evidence: [{ kind: 'cause', problem: cause }, ...nodes, ...colleagues] }
}

const sameWords = (one: Verdict | null, other: Verdict | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** Both nodes are polled at once: answers further apart are of two polls. */
const APART_MS = 2_500

/**
 * Out of service while the connection lives: being back ends it and proves nothing against the network, and one node
 * may be heard to be back a moment before the other.
 */
function isEnding(state: SessionState, before: Before): boolean {
  if (state.phase.name !== 'online' || before.cause.code !== 'outOfService') return false
  const [one, other] = state.nodes.map(({ name }) => state.health[name])
  if (state.health[before.node]?.health === 'inService') return true
  return (
    state.verdict !== null &&
    one !== undefined &&
    other !== undefined &&
    Math.abs(one.checkedAt - other.checkedAt) > APART_MS
  )
}

/** A server that answers again takes nothing back of what it did: the outage was still its own. */
const wasSettled = (state: SessionState, before: Before, next: Verdict): boolean =>
  next.who === 'yourNetwork' &&
  state.verdict !== null &&
  state.verdict.who !== 'yourNetwork' &&
  state.health[before.node]?.health !== 'unreachable'

/** Judges anew; what says the same stays the same object. */
export function judge(state: SessionState): SessionState {
  const { before } = state
  // A person wanted it: nobody's fault.
  if (before?.cause.code === 'reconnectAsked') return state
  const verdict = before === null || isEnding(state, before) ? null : verdictOf(state, before)
  if (verdict === null || before === null || wasSettled(state, before, verdict)) return state
  return sameWords(verdict, state.verdict) ? state : { ...state, verdict }
}
