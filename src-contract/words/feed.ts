import type { Translate } from '../messages/translate'
import type { Actor, FeedWhat, Look, Reason, Deployment } from '../model'
import { formatDuration, formatTimeOfDay } from './duration'
import { wordProblem } from './problem'
import { categoryOf, wordReason, wordState, wordSystemReason } from './state'

interface Stated {
  readonly state: string
  readonly look: Look
  readonly reason: Reason | null
  readonly deployment: Deployment
}

const stated = (t: Translate, what: Stated): { state: string; reason: string | null; why: string | null } => {
  const category = categoryOf(what.look)
  return {
    state: wordState(t, what.state, what.look),
    reason: what.reason ? wordReason(t, what.reason, what.deployment, category) : null,
    why: what.reason ? wordSystemReason(t, what.reason, what.deployment, category) : null,
  }
}

const remoteOf = (t: Translate, remote: string | null): string => remote ?? t('call.hidden')

/** One sentence for one notification. Exhaustive: a new kind does not compile without its words. */
export const wordFeed = (t: Translate, what: FeedWhat): string => {
  switch (what.kind) {
    case 'agentState': {
      const { state, reason, why } = stated(t, what)
      if (why && what.reason)
        return t('feed.agentStateSystem', { state, why: withoutStop(why), code: what.reason.code ?? '' })
      return reason ? t('feed.agentStateReason', { state, reason }) : t('feed.agentState', { state })
    }
    case 'stateChangedMeanwhile': {
      const { state, reason } = stated(t, what)
      return reason
        ? t('feed.stateChangedMeanwhileReason', { state, reason })
        : t('feed.stateChangedMeanwhile', { state })
    }
    case 'memberState': {
      const { state, reason } = stated(t, what)
      const name = what.name
      return reason
        ? t('feed.memberStateReason', { name, state, reason })
        : t('feed.memberState', { name, state })
    }
    case 'agentPending':
      return t('feed.agentPending', { state: wordState(t, what.state, what.look) })
    case 'callArrived':
      return what.queue
        ? t('feed.callArrivedQueue', { remote: remoteOf(t, what.remote), queue: what.queue })
        : t('feed.callArrived', { remote: remoteOf(t, what.remote) })
    case 'callStarted':
      return what.remote ? t('feed.callStarted', { remote: what.remote }) : t('feed.callStartedUnknown')
    case 'callAnswered':
      return what.afterMs === null
        ? t('feed.callAnswered', { remote: remoteOf(t, what.remote) })
        : t('feed.callAnsweredAfter', {
            remote: remoteOf(t, what.remote),
            seconds: Math.round(what.afterMs / 1000),
          })
    case 'callHeld':
      return t('feed.callHeld', { remote: remoteOf(t, what.remote) })
    case 'callRetrieved':
      return t('feed.callRetrieved', { remote: remoteOf(t, what.remote) })
    case 'callEnded':
      return what.durationMs === null
        ? t('feed.callEnded', { remote: remoteOf(t, what.remote) })
        : t('feed.callEndedAfter', {
            remote: remoteOf(t, what.remote),
            duration: formatDuration(what.durationMs),
          })
    case 'callMissed':
      return what.queue
        ? t('feed.callMissedQueue', { remote: remoteOf(t, what.remote), queue: what.queue })
        : t('feed.callMissed', { remote: remoteOf(t, what.remote) })
    case 'callFailed':
      return what.cause
        ? t('feed.callFailedCause', { remote: remoteOf(t, what.remote), cause: what.cause })
        : t('feed.callFailed', { remote: remoteOf(t, what.remote) })
    case 'signedIn':
      return t('feed.signedIn', { server: what.server })
    case 'signedOut':
      return t('feed.signedOut', { server: what.server })
    case 'connectionLost':
      return t('feed.connectionLost', { what: wordProblem(t, what.problem).what })
    case 'connectionRestored':
      return t('feed.connectionRestored', { duration: formatDuration(what.afterMs), node: what.node })
    case 'gap':
      return t('feed.gap', { from: formatTimeOfDay(what.from), to: formatTimeOfDay(what.to) })
    case 'nodeChanged':
      return t('feed.nodeChanged', { node: what.node, host: what.host })
    case 'readyAskedAgain':
      return t('feed.readyAskedAgain')
    case 'signInAskedAgain':
      return t('feed.signInAskedAgain', { node: what.node })
    case 'requestRefused':
      return t('feed.requestRefused', {
        state: wordState(t, what.target, 'unknown'),
        what: wordProblem(t, what.problem).what,
      })
    case 'serverStatus':
      return what.inService ? t('feed.inService') : t('feed.outOfService', { status: what.status })
    case 'finesseError':
      return t('feed.finesseError', { what: wordProblem(t, what.problem).what })
    case 'noted':
      return t(`feed.noted.${what.about}`, { name: what.name ?? remoteOf(t, null) })
    case 'unreadable':
      return t('feed.unreadable', { node: what.node, problem: what.problem })
    case 'other':
      return t('feed.other', { node: what.node, root: what.root, event: what.event })
    default: {
      const never: never = what
      return never
    }
  }
}

const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '')

export const wordActor = (t: Translate, actor: Actor): string => t(`actor.${actor}`)
