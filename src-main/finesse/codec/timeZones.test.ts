import { afterEach, expect } from 'vitest'
import { faultTest } from '../../testing/faultTest'
import { parseRetryAfter } from '../transport/retryAfter'
import { decodeDocument } from './index'

const home = process.env['TZ']
afterEach(() => {
  if (home === undefined) delete process.env['TZ']
  else process.env['TZ'] = home
})

/** An hour that the clocks of some of these zones skip or have twice, and one far from any change. */
const TIMES = [
  ['2026-03-29T01:30:00.123Z', Date.UTC(2026, 2, 29, 1, 30, 0, 123)],
  ['2026-03-08T07:30:00Z', Date.UTC(2026, 2, 8, 7, 30)],
  ['2026-10-25T00:59:59.999Z', Date.UTC(2026, 9, 25, 0, 59, 59, 999)],
  ['2026-11-01T05:30:00', Date.UTC(2026, 10, 1, 5, 30)],
  ['2026-07-01T12:00:00.000Z', Date.UTC(2026, 6, 1, 12)],
] as const

for (const zone of ['UTC', 'America/New_York', 'Europe/Amsterdam', 'Australia/Lord_Howe', 'Pacific/Chatham'])
  faultTest('T2', `times of the server mean the same in ${zone}, around every change of its clocks`, (t) => {
    process.env['TZ'] = zone
    expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    t.watch()
    for (const [text, time] of TIMES) {
      const body = `<User><loginId>1071</loginId><stateChangeTime>${text}</stateChangeTime></User>`
      expect(decodeDocument(body), text).toMatchObject({
        ok: true,
        value: { value: { stateChangeTime: time } },
      })
      const date = new Date(time + 7_000).toUTCString()
      expect(parseRetryAfter(date, Math.floor(time / 1000) * 1000)).toBe(7_000)
    }
  })
