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

const at = z.number().check(z.minimum(0), z.maximum(8.64e15))
const ms = z.number().check(z.minimum(0))
const count = z.int().check(z.minimum(0))
const seq = count
const params = z.record(z.string(), z.union([z.string(), z.number()]))

const problem = z.object({ code: z.catch(z.enum(PROBLEM_CODES), 'internal'), params })
const cause = z.object({ id: z.catch(z.enum(CAUSE_IDS), 'unknown'), params })
const node = z.enum(['A', 'B'])
const direction = z.enum(['sent', 'received'])

const wire = z.object({ direction, at, text: z.string(), cut: count })

const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  subjectAltNames: z.array(z.string()),
  validFrom: z.number(),
  validTo: z.number(),
  fingerprint256: z.string(),
  selfSigned: z.boolean(),
})

const stageDetail: z.ZodMiniType<StageDetail> = z.object({
  stage: z.enum(STAGES),
  status: z.enum(['waiting', 'running', 'ok', 'failed', 'degraded', 'skipped']),
  startedAt: z.nullable(at),
  ms: z.nullable(ms),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
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
  id: count,
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

export const healthShape: z.ZodMiniType<HealthView> = z.object({
  stepMs: z.number().check(z.positive()),
  from: at,
  to: at,
  points: z.array(
    z.object({ at, roundTripMs: z.nullable(ms), driftMs: z.nullable(z.number()), pingsLost: count }),
  ),
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
