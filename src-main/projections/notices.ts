import type { Translate } from '../../src-contract/messages/translate'
import type { Call, FeedEntry, FeedWhat } from '../../src-contract/model'
import type { Problem } from '../../src-contract/problem'
import type { ForcedSignOut } from '../../src-contract/state'
import { formatTimeOfDay } from '../../src-contract/words/duration'
import { wordProblem } from '../../src-contract/words/problem'
import { categoryOf, wordReason, wordState, wordSystemReason } from '../../src-contract/words/state'
import { emptyKeyed, getKeyed, keyedChanges } from '../session/keyed'
import type { SessionView } from '../session/view'
import { plainText } from './shown'

export type NoticeKind = 'call' | 'state' | 'lost' | 'restored' | 'blocked'

export interface Notice {
  /** `call:<dialog id>`, `state:<feed id>`, `connection`: a later one of the same id replaces it. */
  readonly id: string
  readonly kind: NoticeKind
  readonly title: string
  readonly body: string
}

export type NoticeIntent =
  { readonly type: 'show'; readonly notice: Notice } | { readonly type: 'close'; readonly id: string }

const isAlerting = (call: Call): boolean => call.ownState === 'ALERTING' && call.direction !== 'out'

const callNotice = (t: Translate, call: Call): Notice => {
  const queue = call.queue === null ? null : plainText(call.queue)
  const remote = call.remote === null ? null : plainText(call.remote)
  const body =
    remote === null
      ? queue === null
        ? t('shell.notify.callHidden')
        : t('shell.notify.callHiddenQueue', { queue })
      : queue === null
        ? t('shell.notify.callFrom', { remote })
        : t('shell.notify.callFromQueue', { remote, queue })
  return { id: `call:${call.id}`, kind: 'call', title: t('shell.notify.callTitle'), body }
}

type Stated = Extract<FeedWhat, { kind: 'agentState' | 'stateChangedMeanwhile' }>

/**
 * Did somebody else change the state against the agent's flow? A supervisor, or Finesse with a code of its own; or
 * it happened while nobody was looking. A call coming and going is no such thing.
 */
const forcedState = (entry: FeedEntry): Stated | null => {
  const { what } = entry
  if (what.kind === 'stateChangedMeanwhile') return isIdle(what) ? what : null
  if (what.kind !== 'agentState' || entry.by === 'you') return null
  if (entry.by === 'supervisor') return what
  return isIdle(what) && what.reason?.system === true ? what : null
}

const isIdle = (what: Stated): boolean => what.look === 'notReady' || what.look === 'signedOut'

const stateNotice = (t: Translate, entry: FeedEntry, what: Stated): Notice => {
  const category = categoryOf(what.look)
  const reason = what.reason && wordReason(t, what.reason, what.deployment, category)
  const why = what.reason && wordSystemReason(t, what.reason, what.deployment, category)
  const code = what.reason?.code
  const signedOutMeanwhile = what.kind === 'stateChangedMeanwhile' && what.look === 'signedOut'
  const who = signedOutMeanwhile
    ? ''
    : what.kind === 'stateChangedMeanwhile'
      ? t('shell.notify.stateMeanwhile')
      : entry.by === 'supervisor'
        ? t('shell.notify.stateBySupervisor')
        : t('shell.notify.stateByFinesse')
  const because = why ?? reason
  const numbered =
    because !== null && why !== null && typeof code === 'number' ? ` (${t('reason.code', { code })})` : ''
  // The title says it all when there is no reason.
  const body = [who, because === null ? '' : `${plainText(because, 200)}${numbered}`].filter(
    (part) => part !== '',
  )
  return {
    id: `state:${entry.id}`,
    kind: 'state',
    title: signedOutMeanwhile
      ? t('shell.notify.signedOutMeanwhileTitle')
      : t('shell.notify.stateTitle', { state: plainText(wordState(t, what.state, what.look)) }),
    body: body.join(' '),
  }
}

/** The phases in which a person is working: signing in and out makes no notices. */
const isWorking = (view: SessionView): boolean => {
  const { session } = view.slices
  return (
    session.phase === 'online' ||
    session.phase === 'recovering' ||
    (session.phase === 'blocked' && session.midShift)
  )
}

const callIntents = (t: Translate, prev: SessionView, next: SessionView): readonly NoticeIntent[] => {
  // What a sign-in found is told when it is done: its calls may be read a step earlier.
  const begins = isWorking(next) && !isWorking(prev)
  const before: SessionView['collections']['calls'] = begins ? emptyKeyed() : prev.collections.calls
  const changes = keyedChanges(before, next.collections.calls)
  const set = changes.set.flatMap((call): readonly NoticeIntent[] => {
    const old = getKeyed(before, call.id)
    const was = old !== undefined && isAlerting(old)
    if (isAlerting(call)) return was ? [] : [{ type: 'show', notice: callNotice(t, call) }]
    return was ? [{ type: 'close', id: `call:${call.id}` }] : []
  })
  const removed = changes.removed
    .filter((id) => {
      const old = getKeyed(before, id)
      return old !== undefined && isAlerting(old)
    })
    .map((id): NoticeIntent => ({ type: 'close', id: `call:${id}` }))
  return [...set, ...removed]
}

const feedIntents = (t: Translate, prev: SessionView, next: SessionView): readonly NoticeIntent[] =>
  keyedChanges(prev.collections.feed, next.collections.feed)
    .set.filter((entry) => getKeyed(prev.collections.feed, entry.id) === undefined)
    .flatMap((entry): readonly NoticeIntent[] => {
      const what = forcedState(entry)
      return what ? [{ type: 'show', notice: stateNotice(t, entry, what) }] : []
    })

/** Said once, so by the time of day. */
const untilWhen = (t: Translate, forced: ForcedSignOut | null): readonly string[] =>
  forced === null
    ? []
    : forced.afterCall
      ? [t('shell.notify.lostAfterCall')]
      : [t('shell.notify.lostUntil', { time: formatTimeOfDay(forced.earliest) })]

const needsYou = (t: Translate, problem: Problem): NoticeIntent => {
  const words = wordProblem(t, problem)
  const body = plainText(`${words.what} ${words.cure}`, 300)
  return {
    type: 'show',
    notice: { id: 'connection', kind: 'blocked', title: t('shell.notify.blockedTitle'), body },
  }
}

const passwordProblemOf = ({ slices: { session } }: SessionView): Problem | null =>
  session.phase === 'online' ? session.passwordProblem : null

/** What the connection's change means to a person; null for changes within the same situation. */
const connectionIntents = (t: Translate, prev: SessionView, next: SessionView): readonly NoticeIntent[] => {
  const before = prev.slices.session
  const now = next.slices.session
  const refused = passwordProblemOf(next)
  if (refused !== null && passwordProblemOf(prev) === null) return [needsYou(t, refused)]
  if (before.phase === now.phase) return []
  if (now.phase === 'blocked' && now.midShift) return [needsYou(t, now.problem)]
  if (now.phase === 'recovering' && before.phase === 'online') {
    const what = plainText(wordProblem(t, now.cause).what, 200)
    const body = [what, t('shell.notify.lostBody'), ...untilWhen(t, now.forcedSignOut)].join(' ').trim()
    return [
      { type: 'show', notice: { id: 'connection', kind: 'lost', title: t('shell.notify.lostTitle'), body } },
    ]
  }
  if (now.phase === 'online' && isWorking(prev)) {
    const notice: Notice = {
      id: 'connection',
      kind: 'restored',
      title: t('shell.notify.restoredTitle'),
      body: t('shell.notify.restoredBody'),
    }
    return [{ type: 'show', notice }]
  }
  return isWorking(prev) && !isWorking(next) ? [{ type: 'close', id: 'connection' }] : []
}

/** What to tell and what to take back after one step of the session. Pure: `shownOnce` below remembers. */
export const decideNotices = (
  t: Translate,
  prev: SessionView,
  next: SessionView,
): readonly NoticeIntent[] => {
  if (prev === next) return []
  const working = isWorking(next)
  return [
    ...callIntents(t, prev, next).filter((intent) => working || intent.type === 'close'),
    ...(working && isWorking(prev) ? feedIntents(t, prev, next) : []),
    ...connectionIntents(t, prev, next),
  ]
}

/** The ids of calls and changes already told: a re-read that brings them anew must not ring twice. */
export type Told = readonly string[]

const MAX_TOLD = 500

/**
 * Drops what was told before. A call that stopped ringing while we were connected may ring again (it came back from
 * the queue); one that merely vanished with the connection may not.
 */
export const withoutRepeats = (
  told: Told,
  intents: readonly NoticeIntent[],
  connected: boolean,
): { readonly told: Told; readonly intents: readonly NoticeIntent[] } => {
  const over = connected ? intents.flatMap((intent) => (intent.type === 'close' ? [intent.id] : [])) : []
  const fresh = intents.filter(
    (intent) =>
      intent.type === 'close' || intent.notice.id === 'connection' || !told.includes(intent.notice.id),
  )
  const shown = fresh.flatMap((intent) => (intent.type === 'show' ? [intent.notice.id] : []))
  if (over.length === 0 && shown.length === 0) return { told, intents: fresh }
  return { told: [...told.filter((id) => !over.includes(id)), ...shown].slice(-MAX_TOLD), intents: fresh }
}
