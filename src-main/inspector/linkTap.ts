import { createAttribution, type Attribution } from './attribute'
import { addText, attemptWork, endAttempt, stageOf, type AttemptWork, type LinkInfo } from './attemptWork'
import { frameShape, type FrameShape } from './frames'
import { maskLong } from './longText'
import type { RecorderParts } from './recorderParts'
import { applyReport, keepChain } from './stageWork'
import { maskedFacts, maskedParams, wireText } from './wireText'
import type { Verdict } from './evidence'
import type { Stage } from '../../src-contract/connection'
import type { ConnectionFailure } from '../finesse/failures'
import type { StageFacts } from '../finesse/stages'
import type { LinkTap } from '../finesse/tap'

const MOST_ASKED = 256

/** Requests by id, so that an answer can be named after what it answers. */
const createAsked = () => {
  const asked = new Map<string, FrameShape>()
  return (shape: FrameShape): FrameShape | undefined => {
    if (shape.root !== 'iq') return undefined
    if (shape.type === 'get' || shape.type === 'set') {
      // What is never answered must not add up.
      if (asked.size >= MOST_ASKED)
        for (const oldest of asked.keys()) {
          asked.delete(oldest)
          break
        }
      asked.set(shape.id, shape)
      return undefined
    }
    const request = asked.get(shape.id)
    asked.delete(shape.id)
    return request
  }
}

/** One notification client: an attempt per endpoint it tries. */
export const createLinkTap = (parts: RecorderParts, info: LinkInfo): LinkTap => {
  const { mask, evidence, listener } = parts
  let attempt: AttemptWork | null = null
  let attribution: Attribution = createAttribution()
  let answers = createAsked()
  const server = (): string => (attempt === null ? '' : `${attempt.host}:${String(attempt.port)}`)

  const verdictOn =
    (failed: AttemptWork, failure: ConnectionFailure, facts: StageFacts = {}) =>
    (stage: Stage): Verdict => {
      const said = evidence.connection(failure, stage, {
        host: failed.host,
        port: failed.port,
        now: parts.now(),
        facts: { ...stageOf(failed, stage)?.facts, ...facts },
        chain: stageOf(failed, 'tls')?.certificates ?? [],
      })
      return {
        problem: maskedParams(said.problem, mask.facts),
        cause: maskedParams(said.cause, mask.facts),
      }
    }
  const begin = (endpoint: { host: string; port: number; path: string }, at: number): AttemptWork => {
    attribution = createAttribution()
    answers = createAsked()
    const begun = attemptWork(parts.nextId(), info, { ...endpoint, host: endpoint.host.toLowerCase() }, at)
    parts.begun(begun)
    return begun
  }
  /** Another endpoint of the same client is another attempt to the reader: 8445, then 7443. */
  const attemptAt = (endpoint: { host: string; port: number; path: string }, at: number): AttemptWork => {
    if (attempt !== null) {
      const { host, port, path } = attempt
      if (host === endpoint.host.toLowerCase() && port === endpoint.port && path === endpoint.path)
        return attempt
      endAttempt(attempt, at, null, () => null)
      parts.ended(attempt)
    }
    return begin(endpoint, at)
  }

  return {
    stage: (report, endpoint) => {
      const offset = parts.offset()
      const at = report.at + offset
      attempt = attemptAt(endpoint, at)
      const work = stageOf(attempt, report.stage)
      if (work === undefined) return
      const facts = maskedFacts(report.facts, mask.facts)
      if (report.status === 'started') attribution.stageStarted(report.stage, report.facts)
      const verdict = 'failure' in report ? verdictOn(attempt, report.failure, facts)(report.stage) : null
      applyReport(work, report, facts, offset, verdict)
      if (report.status === 'succeeded') {
        if (report.stage === 'tls') evidence.trusted(attempt.host, attempt.port)
        if (report.stage === 'auth') evidence.passwordWorked()
        if (report.stage === 'live' && attempt.liveAt === null) {
          attempt.liveAt = at
          attempt.outcome = 'live'
        }
      }
      listener.stage(server(), report, facts, at)
      parts.changed()
    },
    chain: (certificates) => {
      const work = attempt === null ? undefined : stageOf(attempt, 'tls')
      if (work !== undefined) keepChain(work, certificates)
    },
    upgrade: (direction, head, at) => {
      const time = at + parts.offset()
      const text = maskLong(head, mask.text)
      if (attempt !== null) addText(attempt, 'upgrade', wireText(direction, time, text))
      listener.upgrade(server(), direction, text, time)
    },
    frame: (direction, raw, at) => {
      const time = at + parts.offset()
      const text = maskLong(raw, mask.text)
      const shape = frameShape(text)
      const stage = attribution.stageOf(direction, shape)
      if (stage !== null && attempt !== null) addText(attempt, stage, wireText(direction, time, text))
      listener.frame(server(), direction, shape, answers(shape), text, time)
    },
    ready: (_jid, at) => {
      if (attempt !== null) attempt.readyAt = at + parts.offset()
      attribution.ready()
      parts.changed()
    },
    ping: (roundTripMs, at) => listener.ping(roundTripMs, at + parts.offset()),
    pingLost: (at) => listener.pingLost(at + parts.offset()),
    ended: (failure, at) => {
      if (attempt === null) return
      endAttempt(attempt, at + parts.offset(), failure, verdictOn(attempt, failure))
      parts.ended(attempt)
    },
  }
}
