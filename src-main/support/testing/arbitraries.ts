import fc from 'fast-check'
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

// Values as an inspector can hold them, with texts as hostile as a server's.

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('', '<a b="c">&amp;</a>', '{"x":"\\"}', '__proto__', 'a\r\n\r\nb', '\u2028', '%zz#?&='),
)
const at = fc.integer({ min: -1e12, max: 4e12 })
// A clock that is set back makes durations negative.
const ms = fc.double({ min: -1e4, max: 1e6, noNaN: true }).map((value) => value + 0)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value)
const params = fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(word, fc.integer()), {
  maxKeys: 3,
  noNullPrototype: true,
})
const problem = fc.record({ code: fc.constantFrom(...PROBLEM_CODES), params })
const cause = fc.record({ id: fc.constantFrom(...CAUSE_IDS), params })
const node = fc.constantFrom('A' as const, 'B' as const)
const host = fc.oneof(fc.constantFrom('fin-a.example.com:8445', '[::1]:7443', '10.1.2.3:443'), word)

const requestText = fc
  .tuple(fc.constantFrom('GET', 'PUT', 'POST', ''), word, word)
  .map(([method, path, body]) => `${method} /${path} HTTP/1.1\r\nHost: a\r\nX-B: ${path}\r\n\r\n${body}`)
const answerText = fc
  .tuple(fc.integer({ min: 100, max: 599 }), word)
  .map(([status, body]) => `HTTP/1.1 ${status} Words Of It\r\nContent-Type: application/xml\r\n\r\n${body}`)

const wire = fc.record({
  direction: fc.constantFrom('sent' as const, 'received' as const),
  at,
  text: fc.oneof(word, requestText, answerText),
  cut: fc.nat(10),
})

const certificate = fc.record({
  subject: word,
  issuer: word,
  subjectAltNames: fc.array(word, { maxLength: 3 }),
  validFrom: at,
  validTo: at,
  fingerprint256: word,
  selfSigned: fc.boolean(),
})

const facts = fc.dictionary(
  fc.constantFrom('path', 'status', 'address', 'port', 'nodes', 'jid'),
  fc.oneof(word, fc.integer(), fc.array(word, { maxLength: 3 })),
  { maxKeys: 4, noNullPrototype: true },
)

const stageDetail = (stage: (typeof STAGES)[number]): fc.Arbitrary<StageDetail> =>
  fc.record({
    stage: fc.constant(stage),
    status: fc.constantFrom('waiting', 'running', 'ok', 'failed', 'degraded', 'skipped'),
    startedAt: maybe(at),
    ms: maybe(ms),
    facts,
    chain: fc.array(certificate, { maxLength: 2 }),
    exchange: fc.array(wire, { maxLength: 3 }),
    problem: maybe(problem),
    cause: maybe(cause),
  })

const call: fc.Arbitrary<RestCallView> = fc.record({
  id: fc.nat(),
  server: host,
  method: fc.constantFrom('GET', 'PUT', 'POST'),
  path: fc.oneof(fc.constant('/finesse/api/User/1071?a=b&a=c'), word),
  requestId: maybe(word),
  startedAt: at,
  ms: maybe(ms),
  status: maybe(fc.integer({ min: 100, max: 599 })),
  bytes: maybe(fc.nat()),
  timings: fc.record({ dnsMs: maybe(ms), tcpMs: maybe(ms), tlsMs: maybe(ms), waitMs: maybe(ms) }),
  exchange: fc.array(wire, { maxLength: 2 }),
  problem: maybe(problem),
  cause: maybe(cause),
})

export const attempts: fc.Arbitrary<AttemptDetail> = fc.record({
  id: fc.nat(),
  node: maybe(node),
  endpoint: host,
  startedAt: at,
  endedAt: maybe(at),
  outcome: fc.constantFrom('running', 'live', 'failed', 'ended'),
  liveAt: maybe(at),
  failedAt: maybe(fc.constantFrom(...STAGES, 'rest' as const)),
  problem: maybe(problem),
  cause: maybe(cause),
  mode: maybe(fc.constantFrom('replace' as const, 'beside' as const)),
  stages: fc.tuple(...STAGES.map(stageDetail)),
  calls: fc.array(call, { maxLength: 4 }),
})

const LOOKS = [
  'ready',
  'notReady',
  'call',
  'hold',
  'wrapUp',
  'reserved',
  'signedOut',
  'lost',
  'unknown',
] as const

export const healthViews: fc.Arbitrary<HealthView> = fc
  .record({
    stepMs: fc.integer({ min: 1, max: 1e6 }),
    from: at,
    to: fc.nat(10_000),
    points: fc.array(
      fc.record({
        at,
        roundTripMs: maybe(ms),
        driftMs: maybe(fc.integer()),
        pingsLost: fc.nat(9),
      }),
      { maxLength: 5 },
    ),
    states: fc.array(fc.record({ from: at, to: maybe(at), state: word, look: fc.constantFrom(...LOOKS) }), {
      maxLength: 3,
    }),
    calls: fc.array(fc.record({ from: at, to: maybe(at) }), { maxLength: 3 }),
    disconnects: fc.array(
      fc.record({
        from: at,
        to: maybe(at),
        fromNode: node,
        toNode: maybe(node),
        problem,
        cause,
        tries: fc.nat(9),
      }),
      { maxLength: 3 },
    ),
  })
  .map((health) => ({ ...health, to: health.from + health.to * health.stepMs }))

/** Oldest first, numbered from `first` on with gaps. */
export const traces: fc.Arbitrary<readonly TraceEntry[]> = fc
  .tuple(
    fc.nat(1000),
    fc.array(
      fc.record({
        seq: fc.integer({ min: 1, max: 3 }),
        at,
        direction: fc.constantFrom('sent' as const, 'received' as const, 'none' as const),
        kind: fc.constantFrom(...TRACE_KINDS),
        server: host,
        line: word,
        bytes: fc.nat(),
        failed: fc.boolean(),
        text: word,
      }),
      { maxLength: 40 },
    ),
  )
  .map(([first, entries]) => {
    let seq = first
    return entries.map((entry) => {
      seq += entry.seq
      return { ...entry, seq }
    })
  })
