import type { Attempt, NodeName } from '../../src-contract/connection'
import type { Problem } from '../../src-contract/problem'
import type { Session } from '../../src-contract/state'
import { keyedChanges } from '../session/keyed'
import type { SessionView } from '../session/view'
import { attemptWork, breakLive, stageOf, type AttemptWork, type LinkInfo } from './attemptWork'
import type { Health } from './health'
import type { Mask } from './mask'
import type { AttemptRecorder } from './recorder'
import { hostOf, portOf, type KeptCall } from './restCalls'
import { maskedParams } from './wireText'

type FailedTry = Pick<Attempt, 'endpoint' | 'node' | 'startedAt' | 'endedAt'>

export interface SessionWatch {
  changed(previous: SessionView, next: SessionView): void
}

interface Options {
  readonly recorder: AttemptRecorder
  readonly health: Health
  readonly mask: Pick<Mask, 'facts' | 'learnAgent'>
  readonly serverNow: () => number
  /** Our wall clock. */
  readonly now: () => number
}

/** How far apart the session and a tap may date one attempt. */
const SAME_MS = 2_000
/** A call that ended longer ago has nothing to do with it. */
const RECENT_CALL_MS = 60_000

const currentNode = ({ slices }: SessionView) => slices.connection.nodes.find(({ current }) => current)?.name

/** What the session knows and no tap tells: agent state, calls, outages, and attempts that REST broke. */
export const createSessionWatch = (options: Options): SessionWatch => {
  const { recorder, health, mask, serverNow } = options
  /** Ids of the session's attempts that are dealt with. */
  let seenAttempt = 0

  /** Our clock stands for the server's until SystemInfo has told its own: what came before is put right, once. */
  let isRebased = false
  const rebase = (): void => {
    const offset = serverNow() - options.now()
    if (isRebased || Math.abs(offset) < 1) return
    isRebased = true
    recorder.rebase(offset)
  }

  const placeOf = (endpoint: string) => ({
    host: hostOf(endpoint),
    port: portOf(endpoint),
    now: options.now(),
  })
  const callBehind = (endpoint: string, problem: Problem): KeptCall | null => {
    const since = serverNow() - RECENT_CALL_MS
    const isHere = ({ view }: KeptCall) => hostOf(view.server) === hostOf(endpoint) && view.startedAt >= since
    return (
      recorder.lastCall((call) => isHere(call) && call.view.problem?.code === problem.code) ??
      recorder.lastCall(isHere)
    )
  }
  const blameRest = (attempt: AttemptWork, endpoint: string, problem: Problem): void => {
    const call = callBehind(endpoint, problem)
    const same = call?.view.problem?.code === problem.code
    attempt.outcome = 'failed'
    attempt.failedAt = 'rest'
    attempt.problem = maskedParams(problem, mask.facts)
    attempt.cause =
      (same || problem.code === 'outOfService' ? call?.view.cause : null) ??
      maskedParams(recorder.evidence.problem(problem, placeOf(endpoint)), mask.facts)
    const failedStage = call?.stages.find(({ status }) => status === 'failed')
    if (same && failedStage !== undefined && attempt.readyAt === null) {
      attempt.failedAt = failedStage.stage
      const work = stageOf(attempt, failedStage.stage)
      if (work !== undefined && work.status !== 'ok')
        Object.assign(work, { ...failedStage, exchange: work.exchange })
    }
    // No call broke it: the session gave up a line that looked alive.
    if (!same && attempt.liveAt !== null) {
      attempt.outcome = 'ended'
      attempt.failedAt = null
      breakLive(attempt, { problem: attempt.problem, cause: attempt.cause })
    }
  }
  /** It failed before there was a connection: DNS, TCP and TLS are those of the REST call (SystemInfo). */
  const restAttempt = (session: FailedTry, problem: Problem): void => {
    const { host, port } = placeOf(session.endpoint)
    const call = callBehind(session.endpoint, problem)
    const node: NodeName | null = session.node === 'A' || session.node === 'B' ? session.node : null
    const info: LinkInfo = { node, mode: null, resource: null }
    const startedAt = call?.view.startedAt ?? session.startedAt
    const attempt = attemptWork(recorder.nextId(), info, { host, port, path: '' }, startedAt)
    for (const stage of call?.stages ?? []) {
      const work = stageOf(attempt, stage.stage)
      if (work !== undefined) Object.assign(work, { ...stage, exchange: [...stage.exchange] })
    }
    blameRest(attempt, session.endpoint, problem)
    attempt.endedAt = session.endedAt ?? serverNow()
    recorder.store(attempt)
  }

  /** An event was missed: the session doubts a line that lives; until one comes. */
  const liveDoubted = (attempt: Attempt): void => {
    const record = attempt.stages.find(({ stage }) => stage === 'live')
    const living = recorder.recent().findLast(({ liveAt, endedAt }) => liveAt !== null && endedAt === null)
    const work = living === undefined ? undefined : stageOf(living, 'live')
    if (record === undefined || living === undefined || work === undefined) return
    if (record.status === work.status || (record.status !== 'degraded' && work.status !== 'degraded')) return
    const problem = record.problem === null ? null : maskedParams(record.problem, mask.facts)
    const cause =
      problem === null
        ? null
        : maskedParams(recorder.evidence.problem(problem, placeOf(attempt.endpoint)), mask.facts)
    Object.assign(work, { status: record.status, problem, cause })
    recorder.store(living)
  }

  const attemptChanged = (attempt: Attempt): void => {
    if (attempt.outcome === 'live') liveDoubted(attempt)
    const { problem, endedAt, startedAt } = attempt
    if (attempt.outcome !== 'failed' || problem === null || endedAt === null) return
    if (attempt.id <= seenAttempt) return
    seenAttempt = attempt.id
    const known = recorder
      .recent()
      .filter(
        ({ host, info, startedAt: began, readyAt, stages }) =>
          host === hostOf(attempt.endpoint) &&
          (info.node === null || info.node === attempt.node) &&
          began >= startedAt - SAME_MS &&
          // Not ready: REST found out beside it, and the session gave it up.
          (readyAt !== null || stages.every(({ status }) => status !== 'failed')),
      )
      .at(-1)
    if (known !== undefined) {
      // A link that broke by itself says so better than the session can.
      if (known.problem !== null || known.failedAt !== null) return
      blameRest(known, attempt.endpoint, problem)
      recorder.store(known)
    } else if (endedAt === startedAt) restAttempt(attempt, problem)
  }

  /** Refused without an attempt of the session's own: out of service, no XMPP domain, a password that is not tried. */
  const refused = (problem: Problem, before: SessionView, server: string): void => {
    const now = serverNow()
    const node = before.slices.connection.nodes.find(({ current }) => current)
    const endpoint = node === undefined ? server : `${node.host}:${String(node.port)}`
    const last = recorder.recent().at(-1)
    const isFresh = last?.endedAt != null && last.endedAt >= now - SAME_MS
    if (isFresh && last.problem !== null) return
    const name = node?.name ?? 'A'
    const session = { endpoint, node: name, startedAt: now, endedAt: now }
    if (isFresh && last.readyAt === null && last.outcome === 'ended') {
      blameRest(last, endpoint, problem)
      recorder.store(last)
    } else restAttempt(session, problem)
  }
  const refusal = (before: Session, after: Session, view: SessionView): void => {
    if (before.phase === 'signingIn') {
      const { server } = before.identity
      if (after.phase === 'signedOut' && after.notice !== null) refused(after.notice, view, server)
      if (after.phase === 'blocked') refused(after.problem, view, server)
    }
    if (before.phase === 'recovering' && after.phase === 'recovering' && after.cause !== before.cause)
      refused(after.cause, view, before.identity.server)
  }

  const outage = (session: Session, view: SessionView): void => {
    if (session.phase === 'recovering') {
      if (!health.isLost()) open(session.cause, view, session.since)
      health.tried(session.attempt)
    } else if (session.phase === 'blocked' && session.midShift) {
      if (!health.isLost()) open(session.problem, view, serverNow())
    } else if (session.phase === 'online') {
      if (health.isLost()) health.restored(currentNode(view) ?? null, serverNow())
    } else if (session.phase !== 'signingIn' && health.isLost()) health.restored(null, serverNow())
  }
  const open = (problem: Problem, view: SessionView, since: number): void => {
    const last = recorder.recent().at(-1)
    const host = view.slices.connection.nodes.find(({ current }) => current)
    const cause =
      last?.cause != null && last.problem?.code === problem.code
        ? last.cause
        : recorder.evidence.problem(problem, {
            host: host?.host ?? '',
            port: host?.port ?? 0,
            now: options.now(),
          })
    health.lost(
      {
        problem: maskedParams(problem, mask.facts),
        cause: maskedParams(cause, mask.facts),
        fromNode: currentNode(view) ?? 'A',
      },
      since,
    )
  }

  return {
    changed: (previous, next) => {
      rebase()
      const before = previous.slices
      const after = next.slices
      if (before.session !== after.session) {
        const { session } = after
        if ('identity' in session) {
          mask.learnAgent(session.identity.extension)
          mask.learnAgent(session.identity.loginId)
        }
        if (before.session.phase !== 'signingIn' && session.phase === 'signingIn')
          recorder.evidence.passwordTyped()
        if (before.session.phase === 'signingIn' && session.phase === 'online') health.shiftBegan(serverNow())
        // The node that was lost is still the current one in the view before.
        outage(session, session.phase === 'online' ? next : previous)
      }
      if (before.connection.attempts !== after.connection.attempts)
        for (const attempt of after.connection.attempts) attemptChanged(attempt)
      // After the attempts: what the session has written down itself is there already.
      if (before.session !== after.session) refusal(before.session, after.session, previous)
      if (before.agent !== after.agent) {
        if (after.agent?.extension != null) mask.learnAgent(after.agent.extension)
        const { agent } = after
        health.state(agent === null ? null : { state: agent.state, look: agent.look }, serverNow())
      }
      if (previous.collections.calls !== next.collections.calls) {
        const changes = keyedChanges(previous.collections.calls, next.collections.calls)
        for (const call of changes.set) health.callBegan(call.id, call.startedAt)
        for (const id of changes.removed) health.callEnded(id, serverNow())
      }
    },
  }
}
