import type { ProblemCode } from '../../../src-contract/problem'
import type { Env } from '../events'
import { nodeOf, serverNow, tell, timerOn, withEffects, stay, type SessionStep } from '../step'
import type { BlockedReason, Failure, NodeName, Recovering, Round, SessionState } from '../state'
import { delayBefore, pollDelayMs } from './backOff'
import { forcedSignOutAfter } from './forcedSignOut'
import { rememberBefore } from './gap'
import { withHealth } from './health'
import { closeTrack, enterBlocked, enterSignedOut, enterVerifying, frozenDesk, letGo, logged } from './phases'
import { allWaitMs, mayTry, noteRetryAfter, startIndex } from './patience'
import { judge } from './verdict'

/** A person has to decide: trying again could lock the account, or put somebody else out. */
const NEVER_RETRIED: ReadonlyMap<string, BlockedReason> = new Map<string, BlockedReason>([
  ['passwordWrong', 'passwordWrong'],
  ['signedInElsewhere', 'signedInElsewhere'],
  ['accountLocked', 'other'],
])

/** At sign-in the other node is tried only where this node is at fault, not what was typed. */
const NODES_FAULT: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'hostNotFound',
  'hostUnreachable',
  'connectionRefused',
  'connectionReset',
  'stepTimeout',
  'outOfService',
  'serverError',
  'upgradeRefused',
  'connectionClosed',
  'pingTimeout',
  'streamError',
])

/** The server answers and says that it cannot work: it is polled (fault F3), which is cheaper than signing in. */
const isOutOfService = ({ problem }: Failure): boolean => problem.code === 'outOfService'

/** A failed connection is news about the node, more than its SystemInfo (fault F4). */
function noteFailure(state: SessionState, env: Env, failure: Failure): SessionState {
  const node = nodeOf(state)
  const { phase } = state
  const connecting = 'step' in phase && phase.step === 'connecting'
  if (node === null || !connecting) return state
  return withHealth(state, node.name, {
    health:
      failure.certificate !== null ? 'untrusted' : isOutOfService(failure) ? 'outOfService' : 'unreachable',
    checkedAt: serverNow(state, env),
    problem: failure.problem,
    certificate: failure.certificate,
  })
}

/** Asked at the beginning of this try, and not worth a connection. */
const isKnownBad = ({ health, round }: SessionState, name: NodeName): boolean => {
  const report = health[name]
  return report !== undefined && report.checkedAt >= round.at && report.health !== 'inService'
}

const nextIndex = (state: SessionState, env: Env, tried: Round['tried']): number =>
  state.nodes.findIndex(
    (node) =>
      !tried.includes(node.name) &&
      !isKnownBad(state, node.name) &&
      mayTry(state, node, serverNow(state, env)),
  )

/** The other node, in the same try: the first delay has spread the herd already (fault N24). */
function tryOther(state: SessionState, env: Env, failure: Failure): SessionStep | null {
  const node = nodeOf(state)
  if (node === null) return null
  const { round } = state
  const tried = [...round.tried, node.name]
  const nodeIndex = nextIndex(state, env, tried)
  if (nodeIndex < 0) return null
  return enterVerifying(
    { ...state, nodeIndex, round: { ...round, tried, first: round.first ?? failure } },
    env,
  )
}

function delayAfter(state: SessionState, env: Env, failure: Failure, tries: number): number {
  const waitMs = allWaitMs(state, serverNow(state, env))
  if (waitMs === null && tries > 0 && isOutOfService(failure))
    return pollDelayMs(state.round.polls, env.random())
  return delayBefore(tries, failure.side, env.random(), waitMs)
}

/** Waits for the next try; it begins with the node the session lived on, unless that is the one to leave. */
function enterWaiting(state: SessionState, env: Env, failure: Failure): SessionStep {
  const { phase, round } = state
  const lost = phase.name === 'online'
  const now = serverNow(state, env)
  const provenAt = Math.min(state.asleep?.since ?? now, now - (failure.silentMs ?? 0))
  // A connection that did not hold is as good as a failed try (fault N15).
  const held = lost && state.timers.stable === undefined
  const tries = held ? state.backOff.tries : state.backOff.tries + 1
  const told = lost
    ? tell(rememberBefore(state, provenAt, failure.problem), env, 'finesse', {
        kind: 'connectionLost',
        problem: failure.problem,
      })
    : state
  const decisive = round.first ?? failure
  const delay = delayAfter(state, env, decisive, tries)
  const recovering: Recovering = {
    name: 'recovering',
    step: 'waiting',
    cause: decisive.problem,
    since: phase.name === 'recovering' ? phase.since : now,
    nextTryAt: now + Math.round(delay),
    forcedSignOut: phase.name === 'recovering' ? phase.forcedSignOut : forcedSignOutAfter(state, provenAt),
  }
  const move = failure.move === true && state.nodes.length > 1
  const polls = isOutOfService(decisive) ? round.polls + 1 : 0
  const next: SessionState = {
    ...frozenDesk(letGo(closeTrack(told, env, failure.problem))),
    phase: recovering,
    nodeIndex: move ? 1 - state.nodeIndex : state.homeIndex,
    backOff: { tries },
    round: { ...round, at: now, tried: [], first: null, polls: lost ? 0 : polls },
  }
  return withEffects(
    timerOn(judge(next), 'retry', delay),
    logged(state, 'warn', lost ? 'session.lost' : 'session.tryFailed', failure.problem),
  )
}

/** The one place that decides what follows a failed try or a lost connection. */
export function attemptFailed(state: SessionState, env: Env, failure: Failure): SessionStep {
  const { phase } = state
  if (phase.name === 'signedOut' || phase.name === 'blocked') return stay(state)
  if (phase.name === 'signingOut') return enterSignedOut(state, env, null)
  const reason = NEVER_RETRIED.get(failure.problem.code)
  if (phase.name === 'signingIn') {
    if (reason !== undefined && reason !== 'other') return enterBlocked(state, env, reason, failure)
    if (failure.certificate !== null && state.nodeIndex === 0)
      return enterBlocked(state, env, 'untrustedCertificate', failure)
    const noted = noteFailure(state, env, failure)
    // After LOGIN the agent is at work on this node: nobody signs in elsewhere because a list was slow.
    const early = phase.step === 'verifying' || phase.step === 'connecting'
    const other =
      early && NODES_FAULT.has(failure.problem.code)
        ? tryOther(closeTrack(noted, env, failure.problem), env, failure)
        : null
    return other ?? enterSignedOut(state, env, (state.round.first ?? failure).problem)
  }
  if (reason !== undefined) return enterBlocked(state, env, reason, failure)
  if (phase.name === 'online') return enterWaiting(state, env, failure)
  const noted = judge(noteRetryAfter(noteFailure(state, env, failure), env, failure))
  return tryOther(closeTrack(noted, env, failure.problem), env, failure) ?? enterWaiting(noted, env, failure)
}

/** Begins a try at once: a person asked, the network changed, or a wait is over. */
export const beginRound = (state: SessionState, env: Env): SessionStep =>
  enterVerifying(
    {
      ...state,
      nodeIndex: startIndex(state, serverNow(state, env)),
      round: { ...state.round, at: serverNow(state, env), tried: [], first: null },
    },
    env,
  )
