import type { ConnectionFailure } from '../../finesse/failures'
import type { NotificationEvent } from '../../finesse/notifications/types'
import type { StageReport } from '../../finesse/stages'
import { applyNotification } from '../desk/notified'
import type { Env } from '../events'
import { connectionProblem } from '../problems'
import { andThen, linkContextOf, nodeOf, serverNow, stay, withTrack, type SessionStep } from '../step'
import type { Failure, SessionState } from '../state'
import { causeSide, certificateQuestion, retryAfterOf } from './causes'
import { MAX_BUFFER, startLoad } from './load'
import { otherNode } from './health'
import { endpointsOf, userNode } from './nodes'
import { enterSignedOut } from './phases'
import { attemptFailed } from './rounds'
import { askServiceSoon, serviceLost } from './service'
import { eventCame } from './silence'
import { pingAnswered } from './wake'
import { loginNotified, startLogin } from './signOn'
import { reportStage, switchEndpoint } from './track'

const EVENT_TIME_STEP_MS = 1_000

/** XMPP says that this machine goes away, before its SystemInfo knows of it (fault X24). */
const GOING_AWAY: ReadonlySet<string> = new Set(['system-shutdown', 'host-gone'])

const addressIn = (text: string): string | null => {
  const uri = /^wss:\/\//i.test(text) ? text : text.includes('://') ? null : `wss://${text}`
  return uri !== null && URL.canParse(uri) ? new URL(uri).host.toLowerCase() : null
}

/** The server points to our other node, and nowhere else would we follow (fault X23). */
function pointsToOther(state: SessionState, failure: ConnectionFailure): boolean {
  const other = otherNode(state)
  if (other === null || failure.kind !== 'streamError') return false
  if (failure.condition !== 'see-other-host' && failure.condition !== 'see-other-uri') return false
  const named = addressIn(failure.text)
  const { host, port } = other.address
  const known = endpointsOf(other.address).map((endpoint) => `${endpoint.host}:${String(endpoint.port)}`)
  return (
    named !== null && [host, `${host}:${String(port)}`, ...known].some((one) => one.toLowerCase() === named)
  )
}

const isLeaving = (state: SessionState, failure: ConnectionFailure): boolean =>
  (failure.kind === 'streamError' && GOING_AWAY.has(failure.condition)) || pointsToOther(state, failure)

const linkFailed = (state: SessionState, failure: ConnectionFailure): Failure => ({
  problem: connectionProblem(failure, linkContextOf(state)),
  side: causeSide(failure),
  retryAfterMs: retryAfterOf(failure),
  certificate: certificateQuestion(failure),
  ...(failure.kind === 'pingTimeout' ? { silentMs: failure.silentMs } : {}),
  ...(isLeaving(state, failure) ? { move: true } : {}),
})

function staged(
  state: SessionState,
  env: Env,
  report: StageReport,
  endpoint: { readonly host: string; readonly port: number },
): SessionState {
  const id = state.counter + 1
  const address = `${endpoint.host}:${String(endpoint.port)}`
  const start = { id, endpoint: address, node: nodeOf(state)?.name ?? 'A', at: serverNow(state, env) }
  const switched = switchEndpoint(state.track, start)
  const problem = 'failure' in report ? connectionProblem(report.failure, linkContextOf(state)) : null
  const track = reportStage(switched, report, problem, serverNow(state, env) - env.now)
  const degraded = report.status === 'degraded'
  return {
    ...withTrack({ ...state, counter: id }, track),
    degraded: {
      userEvents: state.degraded.userEvents || (degraded && report.stage === 'subscribeUser'),
      finessePresence: state.degraded.finessePresence || (degraded && report.stage === 'presence'),
    },
  }
}

/** Stages 1 to 9 are done. At sign-in the agent is signed on next; after a loss never against their will (F6). */
function ready(state: SessionState, jid: string): SessionStep {
  if (state.link === null) return stay(state)
  const bound: SessionState = {
    ...state,
    link: { ...state.link, ready: true },
    resource: jid.includes('/') ? jid.slice(jid.indexOf('/') + 1) : state.resource,
  }
  const { phase } = state
  if (phase.name === 'signingIn' && phase.step === 'connecting') return startLogin(bound)
  if (phase.name === 'recovering' && phase.step === 'connecting') return startLoad(bound)
  return stay(bound)
}

const isFinesse = (user: string): boolean => user.split('@')[0]?.toLowerCase() === 'finesse'

function presence(state: SessionState, env: Env, user: string, available: boolean): SessionStep {
  if (!isFinesse(user)) return stay(state)
  if (!available) return serviceLost(state, env)
  const next = state.degraded.finessePresence
    ? { ...state, degraded: { ...state.degraded, finessePresence: false } }
    : state
  return askServiceSoon(next, env)
}

const noteEvent = (state: SessionState, env: Env): SessionState => {
  const now = serverNow(state, env)
  const known = state.track.lastEventAt
  // To the second: otherwise each of 10,000 events a second would change the whole slice.
  return known !== null && now - known < EVENT_TIME_STEP_MS
    ? state
    : { ...state, track: { ...state.track, lastEventAt: now } }
}

/** Of the agent's own User and Dialogs nodes. */
const isOwn = (state: SessionState, node: string): boolean =>
  node.toLowerCase().startsWith(userNode(state.account?.loginId ?? '').toLowerCase())

function notified(
  state: SessionState,
  env: Env,
  event: Extract<NotificationEvent, { type: 'notified' | 'undecodable' }>,
): SessionStep {
  const noted = noteEvent(state, env)
  if (noted.phase.name === 'online')
    return applyNotification(isOwn(noted, event.node) ? eventCame(noted) : noted, env, event)
  if (noted.phase.name !== 'signingIn' && noted.phase.name !== 'recovering') return stay(noted)
  const buffered = noted.buffer.length < MAX_BUFFER ? { ...noted, buffer: [...noted.buffer, event] } : noted
  return loginNotified(buffered, env, event)
}

function ended(state: SessionState, env: Env, failure: ConnectionFailure): SessionStep {
  const gone: SessionState = { ...state, link: null }
  if (state.phase.name === 'signingOut')
    return state.phase.step === 'closing' ? enterSignedOut(gone, env, null) : stay(gone)
  return attemptFailed(gone, env, linkFailed(state, failure))
}

/** Everything the notification client tells, for the connection that is ours now. */
export function linkReported(state: SessionState, env: Env, event: NotificationEvent): SessionStep {
  switch (event.type) {
    case 'stage':
      return stay(staged(state, env, event.report, event.endpoint))
    case 'ready':
      return ready(state, event.jid)
    case 'notified':
    case 'undecodable':
      return notified(state, env, event)
    case 'serverPresence':
      return presence(state, env, event.user, event.available)
    case 'pinged':
      return stay({ ...pingAnswered(state), track: { ...state.track, roundTripMs: event.roundTripMs } })
    case 'ended':
      return andThen(stay(state), (next) => ended(next, env, event.failure))
  }
}
