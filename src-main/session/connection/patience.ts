import type { Env } from '../events'
import { nodeOf, serverNow } from '../step'
import type { Failure, Node, NodeName, SessionState } from '../state'

/** `Retry-After` holds for the node that said it: the other one is tried as if nothing had been said (fault N9). */
export function noteRetryAfter(state: SessionState, env: Env, failure: Failure): SessionState {
  const node = nodeOf(state)
  return node === null ? state : noteWait(state, env, node.name, failure.retryAfterMs)
}

export function noteWait(state: SessionState, env: Env, name: NodeName, waitMs: number | null): SessionState {
  if (waitMs === null) return state
  const { round } = state
  const notBefore = { ...round.notBefore, [name]: serverNow(state, env) + waitMs }
  return { ...state, round: { ...round, notBefore } }
}

export const mayTry = ({ round }: SessionState, { name }: Node, now: number): boolean =>
  (round.notBefore[name] ?? 0) <= now

/** How long every node there is wants to be left alone, ms; null: one of them does not. */
export function allWaitMs(state: SessionState, now: number): number | null {
  if (state.nodes.some((node) => mayTry(state, node, now))) return null
  return Math.min(...state.nodes.map(({ name }) => state.round.notBefore[name] ?? 0)) - now
}

/** The node a try begins with: this one, unless it wants to be left alone and the other does not. */
export function startIndex(state: SessionState, now: number): number {
  const wanted = state.nodes[state.nodeIndex]
  if (wanted === undefined || mayTry(state, wanted, now)) return state.nodeIndex
  const other = state.nodes.findIndex((node) => mayTry(state, node, now))
  return other < 0 ? state.nodeIndex : other
}
