import type { Actor, FeedWhat } from '../../src-contract/model'
import type { Env, Effect, Step } from './events'
import { removeKeyed, setKeyed } from './keyed'
import type { ProblemContext } from './problems'
import type { Desk, Node, SessionState, TimerName, Track } from './state'

export type SessionStep = Step<SessionState>

export const stay = (state: SessionState): SessionStep => ({ state, effects: [] })

export const withEffects = (state: SessionState, ...effects: readonly Effect[]): SessionStep => ({
  state,
  effects,
})

/** First one, then the other with its state; effects in order. */
export function andThen(step: SessionStep, next: (state: SessionState) => SessionStep): SessionStep {
  const after = next(step.state)
  return { state: after.state, effects: [...step.effects, ...after.effects] }
}

export const timerOn = (state: SessionState, name: TimerName, ms: number): SessionState => {
  const id = state.counter + 1
  return { ...state, counter: id, timers: { ...state.timers, [name]: { id, ms } } }
}

export const timerOff = (state: SessionState, name: TimerName): SessionState => {
  if (state.timers[name] === undefined) return state
  const { [name]: gone, ...timers } = state.timers
  void gone
  return { ...state, timers }
}

/** Server time now: monotonic, so that a jump of the local clock moves nothing (section 14, fault T1). */
export const serverNow = (state: SessionState, env: Env): number =>
  state.clockBase === null ? env.now : Math.round(state.clockBase + env.monotonic)

export const withDesk = (state: SessionState, part: Partial<Desk>): SessionState => ({
  ...state,
  desk: { ...state.desk, ...part },
})

export const withTrack = (state: SessionState, track: Track): SessionState =>
  track === state.track ? state : { ...state, track }

export const nodeOf = (state: SessionState): Node | null => state.nodes[state.nodeIndex] ?? null

export const contextAt = (state: SessionState, node: Node): ProblemContext => ({
  ...contextOf(state),
  host: node.address.host,
  port: node.address.port,
})

export const contextOf = (state: SessionState): ProblemContext => ({
  host: nodeOf(state)?.address.host ?? state.account?.node.host ?? '',
  port: nodeOf(state)?.address.port ?? state.account?.node.port ?? 0,
  loginId: state.account?.loginId ?? '',
  extension: state.account?.extension ?? '',
})

/** The notification service may listen elsewhere than REST: its last endpoint names the port. */
export function linkContextOf(state: SessionState): ProblemContext {
  const context = contextOf(state)
  const port = /:(\d+)$/.exec(state.track.attempts.at(-1)?.endpoint ?? '')?.[1]
  return port === undefined ? context : { ...context, port: Number(port) }
}

export const newRequestId = (state: SessionState): { readonly state: SessionState; readonly id: string } => {
  const counter = state.counter + 1
  return { state: { ...state, counter }, id: `${state.account?.key ?? 'sidetone'}-${String(counter)}` }
}

/** Of each kind: a busy team must not push the agent's own day out of the feed. */
const FEED_LIMIT = 300

const isAboutOthers = (what: FeedWhat): boolean =>
  what.kind === 'memberState' || what.kind === 'noted' || what.kind === 'other'

/** Adds to the event feed. Ids grow lexically, so that sorting by id is sorting by arrival. */
export function tell(state: SessionState, env: Env, by: Actor, what: FeedWhat): SessionState {
  const counter = state.counter + 1
  const id = `e${String(counter).padStart(14, '0')}`
  const { desk } = state
  const list = isAboutOthers(what) ? 'othersFeedIds' : 'feedIds'
  const ids = [...desk[list], id]
  const oldest = ids.length > FEED_LIMIT ? ids.shift() : undefined
  const feed = setKeyed(desk.feed, { id, at: serverNow(state, env), by, what })
  return {
    ...state,
    counter,
    desk: { ...desk, [list]: ids, feed: oldest === undefined ? feed : removeKeyed(feed, oldest) },
  }
}
