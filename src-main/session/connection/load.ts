import type { Dialog, ReasonCodes, User } from '../../finesse/model'
import type { RestFailure, RestResult } from '../../finesse/rest/types'
import { adoptDialogs, callFaces, refreshDialogs } from '../desk/calls'
import { applyNotification } from '../desk/notified'
import { choosable } from '../desk/reasons'
import { refreshTeam, startTeam } from '../desk/team'
import { adoptUser } from '../desk/user'
import { readReasons } from '../desk/requests'
import type { Env } from '../events'
import { restProblem, type RestCall } from '../problems'
import {
  andThen,
  contextOf,
  nodeOf,
  serverNow,
  stay,
  tell,
  timerOff,
  timerOn,
  withDesk,
  withEffects,
  withTrack,
  type SessionStep,
} from '../step'
import { noRound, type Failure, type SessionState } from '../state'
import { STABLE_MS } from './backOff'
import { connectionOf, certificateQuestion, restCauseSide, restRetryAfterOf } from './causes'
import { afterReturn } from './afterFailover'
import { closeGap } from './gap'
import { enterStep } from './phases'
import { attemptFailed } from './rounds'
import { readAgain, rereadDone, startWatch } from './service'
import { expectEvent } from './silence'
import { startSurvey } from './survey'
import { liveAttempt } from './track'

/** Notifications kept while the first reads are under way. */
export const MAX_BUFFER = 5_000

export const restFailed = (state: SessionState, failure: RestFailure, call: RestCall): Failure => ({
  problem: restProblem(failure, call, contextOf(state)),
  side: restCauseSide(failure),
  retryAfterMs: restRetryAfterOf(failure),
  certificate: certificateQuestion(connectionOf(failure)),
})

const whom = (state: SessionState) => {
  const node = nodeOf(state)
  return node === null || state.account === null
    ? null
    : { gen: state.gen, node: node.address, loginId: state.account.loginId }
}

/** The reads every connection begins with (13.4). Meanwhile notifications wait in `buffer`. */
export function startLoad(state: SessionState): SessionStep {
  const to = whom(state)
  if (to === null) return stay(state)
  const next = { ...enterStep(state, 'loading'), load: { user: false, dialogs: false } }
  return withEffects(next, { type: 'readUser', ...to, purpose: 'load' }, { type: 'readDialogs', ...to })
}

/** Lists of configuration are read once per sign-in, and again on another node (fault F9). */
const startReasons = (state: SessionState): SessionStep =>
  withEffects(
    withDesk(state, {
      reasons: {
        ...state.desk.reasons,
        status: state.desk.reasons.status === 'ready' ? 'ready' : 'loading',
        arrived: 0,
        refused: false,
      },
    }),
    ...readReasons(state),
  )

/** Lists that could not be read are no reason to stop, and none to do without them for the whole shift. */
export function retryLists(state: SessionState): SessionStep {
  if (state.phase.name !== 'online' || state.service.status !== 'ok') return stay(state)
  const { reasons, team } = state.desk
  const again = reasons.status === 'failed' && !reasons.refused ? startReasons(state) : stay(state)
  return team.status === 'failed' ? andThen(again, refreshTeam) : again
}

/** Slow lists do not hold up the rest: live needs User and Dialogs only (fault R16). */
export function userLoaded(state: SessionState, env: Env, result: RestResult<User>): SessionStep {
  if (state.load === null) return stay(state)
  if (!result.ok) return attemptFailed(state, env, restFailed(state, result.error, 'user'))
  const adopted = adoptUser({ ...state, load: { ...state.load, user: true } }, env, result.value)
  return andThen(
    andThen(startReasons(adopted), (next) => startTeam(next, env)),
    (next) => finishLoad(next, env),
  )
}

export function dialogsLoaded(
  state: SessionState,
  env: Env,
  result: RestResult<readonly Dialog[]>,
): SessionStep {
  if (state.load === null) {
    const { reread } = state.desk
    if (state.phase.name !== 'online' || reread === null) return stay(state)
    if (!result.ok) return rereadDone(state, env)
    const refreshed = refreshDialogs(state, env, result.value, reread.from)
    const changed = callFaces(state.desk.calls) !== callFaces(refreshed.desk.calls)
    return rereadDone(changed ? expectEvent(refreshed) : refreshed, env)
  }
  if (!result.ok) return attemptFailed(state, env, restFailed(state, result.error, 'dialogs'))
  const first = state.phase.name === 'signingIn'
  const adopted = adoptDialogs(state, env, result.value, first)
  return finishLoad({ ...adopted, load: { ...state.load, dialogs: true } }, env)
}

const isRefused = (failure: RestFailure): boolean =>
  failure.kind === 'status' && (failure.status === 401 || failure.status === 403)

export function reasonsRead(
  state: SessionState,
  category: 'NOT_READY' | 'LOGOUT',
  result: RestResult<ReasonCodes>,
): SessionStep {
  const { reasons } = state.desk
  if (!result.ok) {
    const refused = reasons.refused || isRefused(result.error)
    return stay(withDesk(state, { reasons: { ...reasons, status: 'failed', refused } }))
  }
  const list = choosable(result.value.codes, category)
  const arrived = reasons.arrived + 1
  const filled = category === 'NOT_READY' ? { ...reasons, notReady: list } : { ...reasons, signOut: list }
  const status = arrived >= 2 && reasons.status === 'loading' ? 'ready' : reasons.status
  return stay(withDesk(state, { reasons: { ...filled, arrived, status } }))
}

const tellArrival = (state: SessionState, env: Env): SessionState => {
  const { phase, account } = state
  const node = nodeOf(state)
  if (phase.name === 'recovering')
    return tell(state, env, 'sidetone', {
      kind: 'connectionRestored',
      afterMs: Math.max(0, serverNow(state, env) - phase.since),
      node: node?.name ?? 'A',
    })
  return tell(state, env, 'you', { kind: 'signedIn', server: account?.server ?? '' })
}

/** Both reads are in, and the node is known to be healthy: replay what arrived meanwhile, then live. */
export function finishLoad(state: SessionState, env: Env): SessionStep {
  const { load } = state
  if (load === null || !load.user || !load.dialogs || !state.verified) return stay(state)
  const { buffer } = state
  const now = serverNow(state, env)
  const returned = state.phase.name === 'recovering'
  const told = tellArrival(state, env)
  const online: SessionState = timerOff(
    {
      ...startSurvey(startWatch(told), env),
      load: null,
      login: null,
      buffer: [],
      phase: { name: 'online', since: now },
      homeIndex: state.nodeIndex,
      round: noRound,
      strikes: null,
    },
    'step',
  )
  // At sign-in nothing has failed that a connection would have to make up for.
  const proving = returned ? timerOn(online, 'stable', STABLE_MS) : online
  const live = withTrack(proving, liveAttempt(proving.track))
  const replayed = buffer.reduce(
    (step: SessionStep, event) => andThen(step, (next) => applyNotification(next, env, event)),
    stay(live),
  )
  // Some did not fit: what they told is only on the server.
  const complete = buffer.length < MAX_BUFFER ? replayed : andThen(replayed, readAgain)
  return returned ? andThen(complete, (next) => afterReturn(closeGap(next, env), env)) : complete
}
