import * as z from 'zod/mini'
import { CAUSE_IDS } from '../../../src-contract/causes/ids'
import { STAGES } from '../../../src-contract/connection'
import {
  TRACE_KINDS,
  type AttemptDetail,
  type HealthView,
  type RestCallView,
  type StageDetail,
  type TraceEntry,
} from '../../../src-contract/inspector'
import { PROBLEM_CODES } from '../../../src-contract/problem'

// What a bundle may hold, checked before a window sees it. Words a later version added fall back to the vaguest one.

/** Two of them added up are still a date: windows make dates of what they are given, and some of those throw. */
const LIMIT = 4e15
// Otherwise they may be anything: a clock that is set back makes durations negative.
const number = z.number().check(z.minimum(-LIMIT), z.maximum(LIMIT))
const at = number
const ms = number
const count = number
const seq = z.int().check(z.minimum(0))
const params = z.record(z.string(), z.union([z.string(), number]))

const problem = z.object({ code: z.catch(z.enum(PROBLEM_CODES), 'internal'), params })
const cause = z.object({ id: z.catch(z.enum(CAUSE_IDS), 'unknown'), params })
const node = z.enum(['A', 'B'])
const direction = z.enum(['sent', 'received'])

const wire = z.object({ direction, at, text: z.string(), cut: count })

const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  subjectAltNames: z.array(z.string()),
  validFrom: z.catch(at, 0),
  validTo: z.catch(at, 0),
  fingerprint256: z.string(),
  selfSigned: z.boolean(),
})

const stageDetail: z.ZodMiniType<StageDetail> = z.object({
  stage: z.enum(STAGES),
  status: z.enum(['waiting', 'running', 'ok', 'failed', 'degraded', 'skipped']),
  startedAt: z.nullable(at),
  ms: z.nullable(ms),
  facts: z.record(z.string(), z.union([z.string(), number, z.array(z.string())])),
  chain: z.array(certificate),
  exchange: z.array(wire),
  problem: z.nullable(problem),
  cause: z.nullable(cause),
})

const restCall: z.ZodMiniType<RestCallView> = z.object({
  id: count,
  server: z.string(),
  method: z.string(),
  path: z.string(),
  requestId: z.nullable(z.string()),
  startedAt: at,
  ms: z.nullable(ms),
  status: z.nullable(count),
  bytes: z.nullable(count),
  timings: z.object({
    dnsMs: z.nullable(ms),
    tcpMs: z.nullable(ms),
    tlsMs: z.nullable(ms),
    waitMs: z.nullable(ms),
  }),
  exchange: z.array(wire),
  problem: z.nullable(problem),
  cause: z.nullable(cause),
})

export const attemptShape: z.ZodMiniType<AttemptDetail> = z.object({
  id: seq,
  node: z.nullable(node),
  endpoint: z.string(),
  startedAt: at,
  endedAt: z.nullable(at),
  outcome: z.enum(['running', 'live', 'failed', 'ended']),
  liveAt: z.nullable(at),
  failedAt: z.nullable(z.enum([...STAGES, 'rest'])),
  problem: z.nullable(problem),
  cause: z.nullable(cause),
  mode: z.nullable(z.enum(['replace', 'beside'])),
  stages: z.array(stageDetail).check(z.maxLength(STAGES.length)),
  calls: z.array(restCall).check(z.maxLength(1_000)),
})

/** Newest last, as the source gives them. */
export const attemptsShape = z.object({ attempts: z.array(attemptShape).check(z.maxLength(5_000)) })

const anyHealth: z.ZodMiniType<HealthView> = z.object({
  stepMs: number.check(z.positive()),
  from: at,
  to: at,
  points: z.array(z.object({ at, roundTripMs: z.nullable(ms), driftMs: z.nullable(ms), pingsLost: count })),
  states: z.array(
    z.object({
      from: at,
      to: z.nullable(at),
      state: z.string(),
      look: z.enum([
        'ready',
        'notReady',
        'call',
        'hold',
        'wrapUp',
        'reserved',
        'signedOut',
        'lost',
        'unknown',
      ]),
    }),
  ),
  calls: z.array(z.object({ from: at, to: z.nullable(at) })),
  disconnects: z.array(
    z.object({
      from: at,
      to: z.nullable(at),
      fromNode: node,
      toNode: z.nullable(node),
      problem,
      cause,
      tries: count,
    }),
  ),
})

/** A window draws one axis from `from` to `to` and may count the steps: four months of the usual ten seconds. */
const MOST_STEPS = 1_000_000

export const healthShape = anyHealth.check(
  z.refine(({ from, to, stepMs }) => to >= from && (to - from) / stepMs <= MOST_STEPS),
)

export const traceEntryShape: z.ZodMiniType<TraceEntry> = z.object({
  seq,
  at,
  direction: z.enum(['sent', 'received', 'none']),
  kind: z.catch(z.enum(TRACE_KINDS), 'note'),
  server: z.string(),
  line: z.string(),
  bytes: count,
  failed: z.boolean(),
  text: z.string(),
})
