import { STAGES, type Stage } from '../../../src-contract/connection'
import type {
  AttemptDetail,
  BundleFile,
  BundlePreview,
  HealthView,
  InspectorState,
  OpenedBundle,
  TraceFilter,
} from '../../../src-contract/inspector'
import { problem } from '../../../src-contract/problem'
import type { Answers } from '../fakeBridge'
import { attemptOf } from './attempts'
import { selfTestOf } from './selfTests'
import { badDay, healthOf, losses } from './shift'
import { traceOf } from './traceOf'

export interface Inspection {
  readonly state: InspectorState
  readonly answers: Answers
}

const files: readonly BundleFile[] = [
  { name: 'manifest.json', bytes: 1890, what: 'manifest' },
  { name: 'attempts.json', bytes: 184_300, what: 'attempts' },
  { name: 'trace.jsonl', bytes: 9_412_006, what: 'trace' },
  { name: 'health.json', bytes: 48_210, what: 'health' },
  { name: 'settings.json', bytes: 912, what: 'settings' },
  { name: 'versions.json', bytes: 430, what: 'versions' },
  { name: 'log/sidetone.log', bytes: 212_800, what: 'log' },
  { name: 'rest.har', bytes: 640_118, what: 'har' },
]
const masked = { secrets: 412, numbers: 1204, callVariables: 3310 }
const preview: BundlePreview = { id: 'b1', files, masked, plain: false, bytes: 1_204_113 }
const MANIFEST = `{\n  "sidetone": "0.1.0",\n  "createdAt": "2026-11-20T15:31:00Z",\n  "server": "fin-a.example.com:8445",\n  "masked": { "secrets": 412, "numbers": 1204, "callVariables": 3310 },\n  "token": "[redacted]"\n}`

const HEALTH_EMPTY = (now: number): HealthView => ({
  stepMs: 60_000,
  from: now,
  to: now,
  points: [],
  states: [],
  calls: [],
  disconnects: [],
})

const build = (
  now: number,
  attempts: readonly AttemptDetail[],
  health: HealthView,
  rows: number,
  change: Partial<InspectorState> = {},
): Inspection => {
  const trace = traceOf(now, rows)
  const maxBytes = 33_554_432
  const state: InspectorState = {
    revision: 1,
    disconnects: health.disconnects.length,
    trace: {
      first: 0,
      next: rows,
      bytes: Math.min(rows * 240, maxBytes),
      maxBytes,
      paused: false,
      plain: false,
    },
    selfTest: null,
    opened: null,
    ...change,
  }
  const answers: Answers = {
    'inspector.attempts': () =>
      attempts.map(({ mode: _mode, stages: _stages, calls: _calls, ...summary }) => summary),
    'inspector.attempt': (input) => attempts.find((each) => each.id === (input as { id: number }).id) ?? null,
    'inspector.health': () => health,
    'trace.page': (input) => {
      const { filter, from, count } = input as { filter: TraceFilter; from: number | null; count: number }
      return trace.page(filter, from, count)
    },
    'trace.entry': (input) => trace.entry((input as { seq: number }).seq),
    'inspector.saveHar': () => ({ path: '/home/ada/attempt-3.har' }),
    'bundle.preview': () => preview,
    'bundle.read': () => ({ text: MANIFEST, cut: false }),
    'bundle.save': () => ({ path: '/home/ada/sidetone-support.zip' }),
  }
  return { state, answers }
}

const opened = (now: number): OpenedBundle => ({
  name: 'sidetone-support-2026-11-20.zip',
  createdAt: now - 2 * 86_400_000,
  version: '0.1.0',
  platform: 'win32',
  server: 'fin-a.example.com:8445',
  files,
  masked,
  trace: { first: 0, next: 5000, bytes: 1_200_000, maxBytes: 33_554_432, paused: true, plain: false },
})

const REST_DOWN = {
  problem: problem('outOfService', {
    host: 'fin-a.example.com',
    port: 8445,
    id: '1001',
    stage: 'systemInfo',
    message: 'OUT_OF_SERVICE',
  }),
  cause: {
    id: 'rest.outOfService',
    params: { host: 'fin-a.example.com', port: 8445, message: 'OUT_OF_SERVICE' },
  },
} as const

const healthy = (now: number) => attemptOf({ id: 3, startedAt: now - 4_200_000 })

const failedAt = (now: number, stage: Stage): Inspection =>
  build(now, [attemptOf({ id: 1, startedAt: now - 9000, failAt: stage })], HEALTH_EMPTY(now), 40)

/** What main may know, by name. */
export const inspectionOf = (name: string, now: number, rows = 4000): Inspection => {
  const calm = healthOf(now, losses(now, 1))
  const stage = STAGES.find((each) => name === `failed-${each}`)
  if (stage) return failedAt(now, stage)
  switch (name) {
    case 'empty':
      return build(now, [], HEALTH_EMPTY(now), 0)
    case 'degraded':
      return build(
        now,
        [attemptOf({ id: 3, startedAt: now - 4_200_000, degradeAt: 'subscribeTeam' })],
        calm,
        rows,
      )
    case 'connecting':
      return build(
        now,
        [attemptOf({ id: 1, startedAt: now - 190, runningAt: 'presence' })],
        HEALTH_EMPTY(now),
        30,
      )
    case 'rest': {
      const attempt = attemptOf({ id: 1, startedAt: now - 9000, restFailure: REST_DOWN })
      const [info] = attempt.calls
      const calls = info ? [{ ...info, status: 503, ...REST_DOWN }] : []
      return build(now, [{ ...attempt, calls }], HEALTH_EMPTY(now), 12)
    }
    case 'failover': {
      const [loss] = losses(now, 1)
      const lost = loss ? { problem: loss.problem, cause: loss.cause } : REST_DOWN
      const attempts = [
        attemptOf({ id: 1, startedAt: now - 4_000_000, endedAt: now - 21_000, lost }),
        attemptOf({ id: 2, startedAt: now - 20_000, failAt: 'tcp' }),
        attemptOf({ id: 3, node: 'B', startedAt: now - 420, runningAt: 'subscribeUser' }),
      ]
      return build(now, attempts, calm, rows)
    }
    case 'badDay':
      return build(now, badDay(now), healthOf(now, losses(now, 9)), rows)
    case 'opened':
      return build(now, badDay(now), healthOf(now, losses(now, 9)), 5000, { opened: opened(now) })
    case 'testing':
      return build(now, [healthy(now)], calm, rows, { selfTest: selfTestOf(now, 'running') })
    case 'tested':
      return build(now, [healthy(now)], calm, rows, { selfTest: selfTestOf(now, 'ok') })
    case 'testFailed':
      return build(now, [], HEALTH_EMPTY(now), 0, { selfTest: selfTestOf(now, 'failed') })
    default:
      return build(
        now,
        [attemptOf({ id: 2, startedAt: now - 8_000_000, failAt: 'tls' }), healthy(now)],
        calm,
        rows,
      )
  }
}
