import type { AttemptDetail, Disconnect, HealthPoint, HealthView } from '../../../src-contract/inspector'
import type { Look } from '../../../src-contract/model'
import { problem } from '../../../src-contract/problem'
import { chance } from '../people'
import { attemptOf, FAILURES } from './attempts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const HOST = 'fin-a.example.com'

/** When the connection was lost on a bad day, how long, and why. */
export const losses = (now: number, count: number): readonly Disconnect[] => {
  const found = FAILURES(HOST)
  const causes = [
    found.live,
    {
      problem: problem('connectionReset', { host: HOST, port: 8445, code: 'ECONNRESET' }),
      cause: { id: 'live.shutdown', params: { host: HOST, port: 8445, code: 'ECONNRESET' } },
    },
    {
      problem: problem('streamError', { host: HOST, port: 8445, condition: 'system-shutdown', message: '' }),
      cause: { id: 'live.shutdown', params: { host: HOST, port: 8445, condition: 'system-shutdown' } },
    },
    {
      problem: problem('hostUnreachable', { host: HOST, port: 8445, code: 'ENETUNREACH', stage: 'tcp' }),
      cause: { id: 'live.silent', params: { host: HOST, port: 8445, code: 'ENETUNREACH' } },
    },
  ] as const
  return Array.from({ length: count }, (_, n) => {
    const from = now - 7 * HOUR + n * 41 * MINUTE + ((n * 7919) % 400) * 1000
    return {
      from,
      to: from + ([4200, 18_000, 47_400, 131_000, 9_100][n % 5] ?? 5000),
      fromNode: n % 3 === 1 ? 'B' : 'A',
      toNode: n % 3 === 0 ? 'A' : n % 3 === 1 ? 'A' : 'B',
      tries: 1 + ((n * 3) % 5),
      ...(causes[n % causes.length] ?? causes[0]),
    }
  })
}

const STATES: readonly (readonly [string, Look, number])[] = [
  ['NOT_READY', 'notReady', 12],
  ['READY', 'ready', 9],
  ['TALKING', 'call', 6],
  ['WORK', 'wrapUp', 2],
  ['READY', 'ready', 7],
  ['TALKING', 'call', 11],
  ['WORK', 'wrapUp', 1],
]

export const healthOf = (now: number, disconnects: readonly Disconnect[]): HealthView => {
  const random = chance(21)
  const from = now - 8 * HOUR
  const stepMs = MINUTE
  const points: HealthPoint[] = []
  for (let at = from; at < now; at += stepMs) {
    if (disconnects.some((each) => at + stepMs > each.from && at < (each.to ?? now))) continue
    const near = disconnects.some((each) => at > each.from - 6 * MINUTE && at < each.from)
    const lunch = at > from + 4 * HOUR && at < from + 4.4 * HOUR
    points.push({
      at,
      roundTripMs: 11 + random(9) + (near ? random(160) : 0) + (lunch ? 30 + random(30) : 0),
      driftMs: Math.round(-38 + (at - from) / HOUR / 0.6 + random(6)),
      pingsLost: near && random(4) === 0 ? 1 : 0,
    })
  }
  const states: HealthView['states'][number][] = []
  const calls: HealthView['calls'][number][] = []
  for (let at = from, n = 0; at < now; n++) {
    const [state, look, minutes] = STATES[n % STATES.length] ?? ['READY', 'ready', 5]
    const to = at + (minutes + random(5)) * MINUTE
    states.push({ from: at, to: to < now ? to : null, state, look })
    if (look === 'call') calls.push({ from: at, to: to < now ? to : null })
    at = to
  }
  return { stepMs, from, to: now, points, states, calls, disconnects }
}

/** Thirty attempts: most came back at once, some nodes refused for a while. */
export const badDay = (now: number): readonly AttemptDetail[] => {
  const lost = losses(now, 9)
  const attempts: AttemptDetail[] = []
  let id = 0
  const first = now - 8 * HOUR
  attempts.push(
    attemptOf({
      id: ++id,
      startedAt: first,
      endedAt: lost[0]?.from ?? now,
      lost: lost[0] ?? FAILURES(HOST).live,
    }),
  )
  lost.forEach((loss, n) => {
    const back = loss.to ?? now
    const tries = n === 3 ? 9 : n === 6 ? 5 : loss.tries
    for (let k = 0; k < tries - 1; k++)
      attempts.push(
        attemptOf({
          id: ++id,
          node: k % 2 === 0 ? 'A' : 'B',
          startedAt: loss.from + ((k + 1) * (back - loss.from)) / (tries + 1),
          failAt: (['tcp', 'dns', 'upgrade', 'open'] as const)[(k + n) % 4] ?? 'tcp',
        }),
      )
    const next = lost[n + 1]
    attempts.push(
      attemptOf({
        id: ++id,
        node: loss.toNode ?? 'A',
        startedAt: back - 170,
        ...(next ? { endedAt: next.from, lost: next } : {}),
      }),
    )
  })
  return attempts
}
