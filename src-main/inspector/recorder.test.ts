import { describe, expect, test } from 'vitest'
import type { ConnectionFailure } from '../finesse/failures'
import type { NotificationEndpoint } from '../finesse/notifications/types'
import type { Stage, StageReport } from '../finesse/stages'
import type { LinkTap } from '../finesse/tap'
import { createAttemptRecorder } from './recorder'

const NEW: NotificationEndpoint = { host: 'FIN-A', port: 8445, path: '/ws/' }
const OLD: NotificationEndpoint = { host: 'fin-a', port: 7443, path: '/ws/' }
const INFO = { node: 'A', mode: 'replace', resource: 'desktop' } as const
const MEBIBYTE = 1024 * 1024

const PORTS = {
  mask: { text: (text: string) => text, facts: (text: string) => text },
  who: () => ({ loginId: '1001', extension: '2001' }),
  now: () => 0,
}

const recorderOf = () => createAttemptRecorder({ ...PORTS, offset: () => 1_000 })

const started = (stage: Stage, at: number): StageReport => ({ stage, status: 'started', at, facts: {} })
const succeeded = (stage: Stage, at: number): StageReport => ({
  stage,
  status: 'succeeded',
  at,
  ms: 5,
  facts: {},
})
const failed = (stage: Stage, at: number, failure: ConnectionFailure): StageReport => ({
  ...{ stage, status: 'failed', at, ms: 5, facts: {}, failure },
})

/** All stages of one attempt, so many characters at each of those that have texts. */
const live = (tap: LinkTap, at: number, characters = 100): void => {
  for (const stage of ['dns', 'tcp', 'tls', 'upgrade', 'open', 'auth', 'bind', 'live'] as const) {
    tap.stage(started(stage, at), NEW)
    tap.stage(succeeded(stage, at), NEW)
  }
  tap.upgrade('sent', 'x'.repeat(characters), at)
  const presence = `<presence>${'x'.repeat(characters)}</presence>`
  for (let index = 0; index < 4; index += 1) tap.frame('received', presence, at)
}

describe('attempts', () => {
  test('the next endpoint of the same client is an attempt of its own', () => {
    const recorder = recorderOf()
    const tap = recorder.linkTap(INFO)
    const refused: ConnectionFailure = { kind: 'tcp', host: 'fin-a', port: 8445, code: 'ECONNREFUSED' }
    tap.stage(started('dns', 0), NEW)
    tap.stage(succeeded('dns', 1), NEW)
    tap.stage(started('tcp', 1), NEW)
    tap.stage(failed('tcp', 2, refused), NEW)
    tap.stage(started('dns', 3), OLD)
    const [first, second] = recorder.attempts()
    expect(first).toMatchObject({
      endpoint: 'fin-a:8445',
      outcome: 'failed',
      failedAt: 'tcp',
      startedAt: 1_000,
      endedAt: 1_003,
      problem: { code: 'connectionRefused' },
    })
    expect(second).toMatchObject({ endpoint: 'fin-a:7443', outcome: 'running', endedAt: null })
    tap.stage(succeeded('dns', 4), OLD)
    tap.ended(refused, 5)
    expect(recorder.attempts()[1]).toMatchObject({
      outcome: 'failed',
      problem: { code: 'connectionRefused' },
    })
  })

  test('of stages that end together the one the failure is about is to blame', () => {
    const recorder = recorderOf()
    const tap = recorder.linkTap(INFO)
    const timeout: ConnectionFailure = { kind: 'timeout', stage: 'presence', ms: 5_000 }
    for (const stage of ['presence', 'subscribeUser'] as const) tap.stage(started(stage, 0), NEW)
    for (const stage of ['presence', 'subscribeUser'] as const) tap.stage(failed(stage, 1, timeout), NEW)
    tap.ended(timeout, 1)
    expect(recorder.attempts()).toMatchObject([{ failedAt: 'presence' }])
  })

  test('what we give up ourselves is nobody’s failure', () => {
    const recorder = recorderOf()
    const tap = recorder.linkTap(INFO)
    tap.stage(started('tls', 0), NEW)
    tap.stage(failed('tls', 1, { kind: 'closedByUs' }), NEW)
    tap.ended({ kind: 'closedByUs' }, 1)
    const [attempt] = recorder.attempts()
    expect(attempt).toMatchObject({ outcome: 'ended', failedAt: null, problem: null, cause: null })
    expect(recorder.attempt(attempt?.id ?? 0)?.stages[2]).toMatchObject({ status: 'skipped', problem: null })
  })

  test('a team that is refused stays in sight when the next one is not', () => {
    const recorder = recorderOf()
    const tap = recorder.linkTap(INFO)
    const stage = 'subscribeTeam'
    const nodes = (...names: string[]) => ({ nodes: names, results: names.map((name) => `${name} x`) })
    const failure = { kind: 'subscribe', node: '/a', condition: 'forbidden' } as const
    tap.stage({ stage, status: 'started', at: 0, facts: { nodes: ['/a'] } }, NEW)
    tap.stage({ stage, status: 'started', at: 0, facts: { nodes: ['/b'] } }, NEW)
    tap.frame('sent', '<iq type="set" id="1"><pubsub><subscribe node="/a" jid="j"/></pubsub></iq>', 0)
    tap.frame('received', '<iq type="error" id="1"><error><forbidden/></error></iq>', 0)
    tap.stage({ stage, status: 'degraded', at: 1, ms: 1, facts: nodes('/a'), failure }, NEW)
    tap.stage({ stage, status: 'succeeded', at: 2, ms: 2, facts: nodes('/b') }, NEW)
    const [attempt] = recorder.attempts()
    const detail = recorder.attempt(attempt?.id ?? 0)?.stages.find((one) => one.stage === stage)
    expect(detail).toMatchObject({
      status: 'degraded',
      facts: { nodes: ['/a', '/b'], results: ['/a x', '/b x'] },
    })
    expect(detail?.exchange.map(({ direction }) => direction)).toEqual(['sent', 'received'])
  })

  test('a stage keeps sixteen texts of 32 Ki characters and says what is missing', () => {
    const recorder = recorderOf()
    const tap = recorder.linkTap(INFO)
    tap.stage(started('upgrade', 0), NEW)
    for (let index = 0; index < 20; index += 1) tap.upgrade('sent', 'x'.repeat(40_000), index)
    const [attempt] = recorder.attempts()
    const exchange = recorder.attempt(attempt?.id ?? 0)?.stages[3]?.exchange ?? []
    expect(exchange).toHaveLength(16)
    expect(exchange[0]).toMatchObject({ at: 1_000, cut: 40_000 - 32 * 1024 })
    expect(exchange[0]?.text).toHaveLength(32 * 1024)
  })

  test('a bad day: at most 500, at most 24 MiB, and of the failed ones the texts are kept longest', () => {
    const recorder = recorderOf()
    for (let index = 0; index < 700; index += 1) {
      const tap = recorder.linkTap(INFO)
      if (index % 2 === 0) {
        live(tap, index, 60_000)
        tap.ended({ kind: 'socket', code: 'ECONNRESET' }, index)
      } else {
        const failure = { kind: 'upgrade', status: 403, retryAfterMs: null, location: null } as const
        tap.stage(started('upgrade', index), NEW)
        tap.upgrade('received', 'HTTP/1.1 403 no', index)
        tap.stage(failed('upgrade', index, failure), NEW)
        tap.ended(failure, index)
      }
      expect(recorder.bytes()).toBeLessThanOrEqual(24 * MEBIBYTE)
    }
    const attempts = recorder.attempts()
    expect(attempts).toHaveLength(500)
    const details = attempts.flatMap(({ id }) => recorder.attempt(id) ?? [])
    const texts = details.map(({ outcome, stages }) => `${outcome} ${String(stages[3]?.exchange.length)}`)
    expect(texts.filter((text) => text === 'ended 0').length).toBeGreaterThan(0)
    expect(texts.at(-2)).toBe('ended 1')
    const refused = details.filter(({ outcome }) => outcome === 'failed')
    expect(refused).toHaveLength(250)
    // Also of the oldest.
    expect(refused.every(({ stages }) => stages[3]?.exchange.length === 1)).toBe(true)
  })
})

describe('REST calls', () => {
  const request = { method: 'GET', path: '/finesse/api/User/1001', headers: { requestId: 'r1' }, body: null }
  const answer = {
    ...{ status: 200, statusText: 'OK', headers: [['A', 'b']] as const, bytes: 4, roundTripMs: 7 },
    body: '<a/>',
  }

  test('have texts, timings, and a problem when they gave nothing', () => {
    const recorder = recorderOf()
    const tap = recorder.restTap('fin-a:8445')
    tap.requested(1, request, 10)
    tap.stage(1, { stage: 'tls', status: 'succeeded', at: 12, ms: 3, facts: {} })
    tap.answered(1, answer, 20)
    tap.finished(1, null, 21)
    tap.requested(2, request, 30)
    tap.finished(2, { kind: 'timeout', ms: 10_000 }, 40)
    tap.requested(3, request, 50)
    tap.finished(3, { kind: 'cancelled' }, 51)
    const [good, slow, given] = recorder.calls()
    expect(good).toMatchObject({
      requestId: 'r1',
      startedAt: 1_010,
      ms: 11,
      status: 200,
      bytes: 4,
      problem: null,
    })
    expect(good?.timings).toEqual({ dnsMs: null, tcpMs: null, tlsMs: 3, waitMs: 7 })
    expect(good?.exchange.map(({ text }) => text)).toEqual([
      'GET /finesse/api/User/1001 HTTP/1.1\r\nrequestId: r1\r\n\r\n',
      'HTTP/1.1 200 OK\r\nA: b\r\n\r\n<a/>',
    ])
    expect(slow).toMatchObject({ status: null, problem: { code: 'stepTimeout' } })
    expect(slow?.cause?.id).not.toBe('unknown')
    expect(given).toMatchObject({ status: null, problem: null, ms: 1 })
  })

  test('stand beside the attempt they were made for: of this node, and not of the attempt before', () => {
    const recorder = recorderOf()
    const ask = (server: string, id: number, at: number): void => {
      const tap = recorder.restTap(server)
      tap.requested(id, request, at)
      tap.finished(id, { kind: 'timeout', ms: 1 }, at + 1)
    }
    const attempt = (at: number): void => {
      const tap = recorder.linkTap(INFO)
      tap.stage(started('dns', at), NEW)
      tap.ended({ kind: 'socket', code: 'ECONNRESET' }, at + 5)
    }
    ask('fin-a:8445', 1, 0)
    attempt(10)
    ask('fin-a:8445', 2, 20)
    ask('fin-a:8446', 3, 21)
    attempt(30)
    const starts = recorder
      .attempts()
      .map(({ id }) => recorder.attempt(id)?.calls.map(({ startedAt }) => startedAt))
    expect(starts).toEqual([[1_000], [1_020]])
  })

  test('under way when the server’s clock becomes known: all of it is put right', () => {
    let offset = 0
    const recorder = createAttemptRecorder({ ...PORTS, offset: () => offset })
    const tap = recorder.restTap('fin-a:8445')
    tap.requested(1, request, 10)
    tap.stage(1, { stage: 'tls', status: 'succeeded', at: 12, ms: 1, facts: {} })
    offset = 600_000
    recorder.rebase(offset)
    tap.answered(1, answer, 20)
    tap.finished(1, null, 21)
    const [call] = recorder.calls()
    expect(call).toMatchObject({ startedAt: 600_010, ms: 11 })
    expect(call?.exchange.map(({ at }) => at)).toEqual([600_010, 600_020])
    expect(recorder.lastCall(() => true)?.stages).toMatchObject([{ startedAt: 600_011 }])
  })

  test('are the last 2,000, and not too large', () => {
    const recorder = recorderOf()
    const tap = recorder.restTap('fin-a:8445')
    for (let call = 1; call <= 2_500; call += 1) {
      tap.requested(call, request, call)
      tap.answered(call, { ...answer, body: 'x'.repeat(call % 2 === 0 ? 100 : 20_000) }, call)
      tap.finished(call, null, call)
    }
    expect(recorder.calls().length).toBeLessThanOrEqual(2_000)
    expect(recorder.calls().at(-1)).toMatchObject({ startedAt: 3_500 })
    expect(recorder.bytes()).toBeLessThanOrEqual(8 * MEBIBYTE)
  })
})
