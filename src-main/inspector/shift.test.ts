import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { FinesseClock } from '../finesse/notifications/types'
import type { StageReport } from '../finesse/stages'
import { STAGES } from '../finesse/stages'
import { createRedactor } from '../platform/redact'
import { createSelectView } from '../session/selectors'
import { initialState } from '../session/state'
import { createInspector } from './index'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const MEBIBYTE = 1024 * 1024
const HOUR = 3_600_000
const ENDPOINT = { host: 'fin-a', port: 8445, path: '/ws/' }

const testClock = () => {
  let now = 1_790_000_000_000
  let timers: { readonly due: number; readonly run: () => void }[] = []
  const clock: FinesseClock = {
    now: () => now,
    monotonic: () => now,
    after: (ms, run) => {
      const timer = { due: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
  }
  const advance = (ms: number): void => {
    now += ms
    const due = timers.filter((timer) => timer.due <= now)
    timers = timers.filter((timer) => timer.due > now)
    for (const { run } of due) run()
  }
  return { clock, advance }
}

const escape = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const eventOf = (index: number): string => {
  const number = `06${String(10_000_000 + (index % 4_000))}`
  const payload = `<Update><data><dialog><fromAddress>${number}</fromAddress><id>${String(2_000_000 + index)}</id><mediaProperties><DNIS>801048</DNIS><callvariables>${Array.from({ length: 6 }, (_, at) => `<CallVariable><name>callVariable${String(at + 1)}</name><value>v${String(index % 997)}-${String(at)}</value></CallVariable>`).join('')}</callvariables></mediaProperties><participants><Participant><mediaAddress>${number}</mediaAddress><state>ACTIVE</state></Participant></participants><state>ACTIVE</state></dialog></data><event>PUT</event><source>/finesse/api/Dialog/${String(2_000_000 + index)}</source></Update>`
  return `<message from="pubsub.fin-a" to="1001@fin-a" id="${String(index)}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/1001/Dialogs"><item id="i${String(index)}"><notification>${escape(payload)}</notification></item></items></event></message>`
}

/** Nine hours: 100,000 events, a ping every ten seconds, both nodes asked every half minute, 80 reconnects. */
test('a shift of nine hours stays within its bounds and does not grow the heap', async () => {
  const { clock, advance } = testClock()
  const view = createSelectView()(initialState)
  const inspector = createInspector({
    clock,
    serverNow: clock.now,
    view: () => view,
    redact: createRedactor().redact,
  })
  let shown = 0
  inspector.onChange(() => void (shown += 1))
  const connect = () => {
    const tap = inspector.linkTap({ node: 'A', mode: 'replace', resource: 'desktop' })
    for (const stage of STAGES) {
      const at = clock.now()
      const report: StageReport = { stage, status: 'succeeded', at, ms: 1, facts: { host: 'fin-a' } }
      tap.stage({ stage, status: 'started', at, facts: {} }, ENDPOINT)
      tap.stage(report, ENDPOINT)
    }
    tap.ready('1001@fin-a/desktop', clock.now())
    return tap
  }
  const rest = ['fin-a:8445', 'fin-b:8445'].map((server) => inspector.restTap(server))
  const body = `<SystemInfo><currentTimestamp>2026-01-20T09:15:02.411Z</currentTimestamp><status>IN_SERVICE</status><xmppDomain>fin-a</xmppDomain></SystemInfo>`
  let tap = connect()
  let index = 0
  let call = 0

  const STEP = (9 * HOUR) / 100_000
  const run = async (events: number): Promise<void> => {
    for (const end = index + events; index < end; index += 1) {
      tap.frame('received', eventOf(index), clock.now())
      advance(STEP)
      if (index % 31 === 0) {
        tap.frame(
          'sent',
          `<iq type="get" id="p${String(index)}"><ping xmlns="urn:xmpp:ping"/></iq>`,
          clock.now(),
        )
        tap.frame('received', `<iq type="result" id="p${String(index)}"/>`, clock.now())
        tap.ping(index % 40, clock.now())
      }
      if (index % 93 === 0)
        for (const node of rest) {
          call += 1
          node.requested(
            call,
            { method: 'GET', path: '/finesse/api/SystemInfo', headers: {}, body: null },
            clock.now(),
          )
          node.answered(
            call,
            { status: 200, statusText: 'OK', headers: [], body, bytes: body.length, roundTripMs: 3 },
            clock.now(),
          )
          node.finished(call, null, clock.now())
        }
      if (index % 1_250 === 1_249) {
        tap.ended({ kind: 'socket', code: 'ECONNRESET' }, clock.now())
        tap = connect()
      }
      if (index % 200 === 0) await setImmediate()
    }
  }

  await run(50_000)
  await setImmediate()
  collect()
  const half = process.memoryUsage()
  await run(50_000)
  collect()
  const end = process.memoryUsage()

  const { trace } = inspector.state()
  expect(trace.next).toBeGreaterThan(100_000)
  expect(trace.bytes).toBeLessThanOrEqual(trace.maxBytes)
  expect(end.heapUsed - half.heapUsed).toBeLessThan(3 * MEBIBYTE)
  expect(end.arrayBuffers - half.arrayBuffers).toBeLessThan(16 * MEBIBYTE)
  expect(inspector.source.attempts()).toHaveLength(81)
  expect(inspector.calls().length).toBeLessThanOrEqual(2_000)
  const health = inspector.source.health(null)
  expect(health.to - health.from).toBeGreaterThan(8.9 * HOUR)
  expect(health.points.length).toBeLessThanOrEqual(3_250)
  expect(Math.max(...health.points.map(({ roundTripMs }) => roundTripMs ?? 0))).toBe(39)
  // At most four times a second, of a shift.
  expect(shown).toBeLessThanOrEqual((9 * HOUR) / 250 + 1)
  expect(inspector.masked().numbers).toBe(300_000)
  const page = await inspector.source.tracePage({ kinds: [], text: '0610000', failedOnly: false }, null, 10)
  expect(page.rows).toEqual([])
}, 120_000)
