import type { Actor, Call, FeedWhat } from '../../../src-contract/model'
import type { Dialog } from '../../finesse/model'
import type { Env } from '../events'
import { getKeyed, keyedValues, removeKeyed, setKeyed } from '../keyed'
import { serverNow, tell, withDesk } from '../step'
import type { CallNote, SessionState } from '../state'
import { callFrom, changedAt, ownLeg } from './callShape'

const ENDED_KEPT = 50

interface Told {
  readonly by: Actor
  readonly what: FeedWhat
}

const TALKING: ReadonlySet<string | null> = new Set(['ACTIVE', 'HELD'])

/** What a person would say about the first sight of a call. A POST may carry one already going on (9.6). */
function firstSight(call: Call): readonly Told[] {
  const { remote, queue } = call
  if (call.ownState === 'ALERTING') return [{ by: 'caller', what: { kind: 'callArrived', remote, queue } }]
  if (call.direction === 'in') return [{ by: 'finesse', what: { kind: 'callStarted', remote } }]
  return [{ by: 'you', what: { kind: 'callStarted', remote } }]
}

function change(before: Call, after: Call, dialog: Dialog, extension: string | null): readonly Told[] {
  if (before.ownState === after.ownState && before.state === after.state) return []
  const { remote } = after
  if (after.ownState === 'FAILED' || (after.state === 'FAILED' && before.state !== 'FAILED')) {
    const cause = dialog.participants.find((leg) => leg.stateCause !== null)?.stateCause ?? null
    return [{ by: 'finesse', what: { kind: 'callFailed', remote, cause } }]
  }
  if (before.ownState === 'ALERTING' && after.ownState === 'ACTIVE') {
    const since = before.ownSince ?? before.startedAt
    const at = ownLeg(dialog, extension)?.stateChangeTime ?? null
    const afterMs = at === null ? null : Math.max(0, at - since)
    return [{ by: 'you', what: { kind: 'callAnswered', remote, afterMs } }]
  }
  if (before.ownState !== 'HELD' && after.ownState === 'HELD')
    return [{ by: 'you', what: { kind: 'callHeld', remote } }]
  if (before.ownState === 'HELD' && after.ownState === 'ACTIVE')
    return [{ by: 'you', what: { kind: 'callRetrieved', remote } }]
  return []
}

export const isOver = (call: Call): boolean => call.ownState === 'DROPPED' || call.ownState === 'WRAP_UP'

function ending(call: Call, note: CallNote | undefined, now: number): readonly Told[] {
  if (note?.over === true) return []
  const { remote, queue } = call
  if (note?.answeredAt != null)
    return [
      { by: 'finesse', what: { kind: 'callEnded', remote, durationMs: Math.max(0, now - note.answeredAt) } },
    ]
  // Ring no answer: DELETE while still ALERTING, own leg DROPPED (9.6).
  return call.direction === 'in'
    ? [{ by: 'caller', what: { kind: 'callMissed', remote, queue } }]
    : [{ by: 'finesse', what: { kind: 'callEnded', remote, durationMs: null } }]
}

const noteOf = (state: SessionState, id: string): CallNote | undefined =>
  state.desk.callNotes.find((note) => note.id === id)

const withNote = (notes: readonly CallNote[], note: CallNote): readonly CallNote[] => [
  ...notes.filter((known) => known.id !== note.id),
  note,
]

const tellAll = (state: SessionState, env: Env, told: readonly Told[]): SessionState =>
  told.reduce((next, { by, what }) => tell(next, env, by, what), state)

/** `quiet`: calls found at sign-in are no news, except one that rings now. */
export function putCall(state: SessionState, env: Env, dialog: Dialog, quiet = false): SessionState {
  const { desk } = state
  // After the DELETE late events of that id mean nothing (9.6); non-voice tasks are not calls (9.7).
  if (desk.endedCalls.includes(dialog.id) || (dialog.mediaType !== null && dialog.mediaType !== 'Voice'))
    return state
  const known = getKeyed(desk.calls, dialog.id)
  const note = noteOf(state, dialog.id)
  const newest = changedAt(dialog)
  if (note !== undefined && newest > 0 && newest < note.changedAt) return state
  const extension = desk.user?.extension ?? state.account?.extension ?? null
  const now = serverNow(state, env)
  const call = callFrom(dialog, extension, known, now)
  const over = isOver(call)
  const told = known === undefined ? firstSight(call) : change(known, call, dialog, extension)
  const heard = quiet ? told.filter(({ what }) => what.kind === 'callArrived') : told
  const ended = over && known !== undefined && !quiet ? ending(call, note, now) : []
  const answered =
    note?.answeredAt ??
    (TALKING.has(call.ownState) && call.state === 'ACTIVE' ? (call.ownSince ?? now) : null)
  const seen = state.counter + 1
  const next = withDesk(
    { ...state, counter: seen },
    {
      calls: setKeyed(desk.calls, call),
      callNotes: withNote(desk.callNotes, {
        id: call.id,
        answeredAt: answered,
        over: over || note?.over === true,
        changedAt: Math.max(newest, note?.changedAt ?? 0),
        seen,
      }),
    },
  )
  return tellAll(tellAll(next, env, heard), env, ended)
}

/** A DELETE is the end, whatever state it carries (9.6). */
export function endCall(state: SessionState, env: Env, id: string): SessionState {
  const { desk } = state
  const known = getKeyed(desk.calls, id)
  const endedCalls = desk.endedCalls.includes(id)
    ? desk.endedCalls
    : [...desk.endedCalls, id].slice(-ENDED_KEPT)
  if (known === undefined) return withDesk(state, { endedCalls })
  const told = ending(known, noteOf(state, id), serverNow(state, env))
  const next = withDesk(state, {
    calls: removeKeyed(desk.calls, id),
    callNotes: desk.callNotes.filter((note) => note.id !== id),
    endedCalls,
  })
  return tellAll(next, env, told)
}

/** Calls that no event told of since number `from`. */
const unseenSince = (state: SessionState, from: number): readonly Call[] =>
  [...keyedValues(state.desk.calls)].filter((call) => (noteOf(state, call.id)?.seen ?? 0) <= from)

function adopt(
  state: SessionState,
  env: Env,
  dialogs: readonly Dialog[],
  from: number,
  quiet: boolean,
): SessionState {
  const ids = new Set(dialogs.map((dialog) => dialog.id))
  const gone = unseenSince(state, from).filter((call) => !ids.has(call.id))
  const cleared = gone.reduce((next, call) => endCall(next, env, call.id), state)
  return dialogs.reduce((next, dialog) => putCall(next, env, dialog, quiet), cleared)
}

/**
 * The list a connection begins with: what is not in it is over (fault F8). Taken as it is: after a failover the times
 * may start anew (14). `first`: nothing was known before.
 */
export const adoptDialogs = (
  state: SessionState,
  env: Env,
  dialogs: readonly Dialog[],
  first: boolean,
): SessionState => {
  const callNotes = state.desk.callNotes.map((note) => ({ ...note, changedAt: 0 }))
  return adopt(withDesk(state, { callNotes }), env, dialogs, state.counter, first)
}

/** A list on the living connection: events since it was asked for (number `from`) know better (fault R11). */
export const refreshDialogs = (
  state: SessionState,
  env: Env,
  dialogs: readonly Dialog[],
  from: number,
): SessionState => adopt(state, env, dialogs, from, false)

/** What a person would call the same calls. */
export const callFaces = (calls: SessionState['desk']['calls']): string =>
  [...keyedValues(calls)]
    .map((call) => `${call.id} ${call.state} ${call.ownState ?? ''}`)
    .sort()
    .join()

/** A call whose own leg is still in it: wrap-up and a leg that was dropped are none. */
export const hasCall = (calls: SessionState['desk']['calls']): boolean =>
  calls.size > 0 && [...keyedValues(calls)].some((call) => !isOver(call))
