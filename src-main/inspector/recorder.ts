import type { AttemptDetail, AttemptSummary, RestCallView } from '../../src-contract/inspector'
import type { LinkTap, RestTap } from '../finesse/tap'
import { createArchive } from './archive'
import { shiftAttempt, type AttemptWork, type LinkInfo } from './attemptWork'
import { createEvidence, type Evidence } from './evidence'
import { createLinkTap } from './linkTap'
import { callView, createRestCalls, type KeptCall } from './restCalls'
import { createRestTap } from './restTap'
import type { RecorderOptions, RecorderParts } from './recorderParts'
import { NOBODY } from './wireListener'

export type { RecorderOptions } from './recorderParts'

export interface AttemptRecorder {
  linkTap(info: LinkInfo): LinkTap
  /** `server`: host:port */
  restTap(server: string): RestTap
  /** Oldest first, at most 500. */
  attempts(): readonly AttemptSummary[]
  attempt(id: number): AttemptDetail | null
  /** The last calls, oldest first. */
  calls(): readonly RestCallView[]
  /** Attempts that are under way or ended a moment ago, newest last: what is learned late can still be written down. */
  recent(): readonly AttemptWork[]
  /** Writes down what was changed in one of `recent`, or a new one that is over. */
  store(attempt: AttemptWork): void
  lastCall(matching: (call: KeptCall) => boolean): KeptCall | null
  nextId(): number
  /** Everything so far happened `byMs` later than was thought. */
  rebase(byMs: number): void
  /** What was seen so far goes; attempts that are under way keep their stages, without texts. */
  forget(): void
  readonly evidence: Evidence
  bytes(): number
}

const MOST_ATTEMPTS = 500
const MOST_BYTES = 24 * 1024 * 1024
const MOST_CALLS = 2_000
const MOST_CALL_BYTES = 8 * 1024 * 1024
const MOST_RECENT = 4
/** SystemInfo is asked before; what the session reads comes right after. */
const CALLS_BEFORE_MS = 15_000
const MOST_CALLS_SHOWN = 200

/** Attempts with their stages and the REST calls beside them, from what the taps tell. Needs no session. */
export const createAttemptRecorder = (options: RecorderOptions): AttemptRecorder => {
  const evidence = createEvidence(options.who)
  const calls = createRestCalls(MOST_CALLS, MOST_CALL_BYTES)
  const archive = createArchive({
    mostAttempts: MOST_ATTEMPTS,
    mostBytes: MOST_BYTES,
    callsOf: (attempt) => {
      const { startedAt, endedAt } = attempt
      const all = calls.between(attempt, startedAt - CALLS_BEFORE_MS, endedAt ?? Number.POSITIVE_INFINITY)
      const before = recent.findLast(
        (one) => one !== attempt && one.endedAt !== null && one.endedAt <= startedAt,
      )
      // What was asked for the attempt before is shown there.
      const own = all.filter(({ view }) => view.startedAt >= (before?.endedAt ?? 0))
      const found = own.length > 0 ? own : all
      const half = MOST_CALLS_SHOWN / 2
      return found.length <= MOST_CALLS_SHOWN ? found : [...found.slice(0, half), ...found.slice(-half)]
    },
  })
  let id = 0
  let recent: readonly AttemptWork[] = []
  const store = (attempt: AttemptWork): void => {
    if (attempt.endedAt === null) archive.open(attempt)
    else archive.close(attempt)
    if (!recent.includes(attempt)) recent = [...recent, attempt].slice(-MOST_RECENT)
    parts.changed()
  }
  const parts: RecorderParts = {
    ...options,
    changed: options.changed ?? (() => undefined),
    listener: options.listener ?? NOBODY,
    evidence,
    calls,
    nextId: () => (id += 1),
    begun: store,
    ended: store,
  }
  return {
    linkTap: (info) => createLinkTap(parts, info),
    restTap: (server) => createRestTap(parts, server),
    attempts: archive.summaries,
    attempt: archive.detail,
    calls: () => calls.all().map(callView),
    recent: () => recent,
    store,
    lastCall: calls.last,
    nextId: parts.nextId,
    rebase: (byMs) => {
      calls.shift(byMs)
      for (const attempt of recent) {
        shiftAttempt(attempt, byMs)
        store(attempt)
      }
    },
    forget: () => {
      recent = []
      archive.clear()
      calls.clear()
    },
    evidence,
    bytes: () => archive.bytes() + calls.bytes(),
  }
}
