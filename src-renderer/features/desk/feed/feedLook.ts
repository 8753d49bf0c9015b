import type { FeedEntry, FeedWhat, Look } from '../../../../src-contract/model'

/** The glyph of an event: the state it leads to. */
export const lookOfEvent = (what: FeedWhat): Look => {
  switch (what.kind) {
    case 'agentState':
    case 'agentPending':
    case 'memberState':
    case 'stateChangedMeanwhile':
      return what.look
    case 'callArrived':
      return 'reserved'
    case 'callStarted':
    case 'callAnswered':
    case 'callRetrieved':
    case 'callEnded':
      return 'call'
    case 'callHeld':
      return 'hold'
    case 'callMissed':
    case 'callFailed':
    case 'connectionLost':
    case 'requestRefused':
    case 'finesseError':
      return 'lost'
    case 'connectionRestored':
    case 'nodeChanged':
    case 'readyAskedAgain':
    case 'signedIn':
      return 'ready'
    case 'signInAskedAgain':
      return 'notReady'
    case 'signedOut':
      return 'signedOut'
    case 'serverStatus':
      return what.inService ? 'ready' : 'lost'
    case 'gap':
    case 'noted':
    case 'unreadable':
    case 'other':
      return 'unknown'
  }
}

/** About this agent or this connection, not about colleagues. */
export const isOwn = (entry: FeedEntry): boolean =>
  entry.what.kind !== 'memberState' && entry.what.kind !== 'noted' && entry.what.kind !== 'other'

/** Newest first. */
export const feedRows = (entries: Iterable<FeedEntry>, which: 'own' | 'all'): readonly FeedEntry[] =>
  [...entries].filter((entry) => which === 'all' || isOwn(entry)).reverse()
