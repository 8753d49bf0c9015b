import { expect, it } from 'vitest'
import { healthOf, losses } from '../../../testing/inspector/shift'
import { sparklineOf } from '../../desk/sparkline'
import { columnsOf, holdingDrift, minutesFor, pointAt, rowsOf, shownSpan } from './series'

const MINUTE = 60_000
const point = (at: number, roundTripMs: number | null, pingsLost = 0) => ({
  at,
  roundTripMs,
  driftMs: 3,
  pingsLost,
})
const points = [point(0, 10), point(MINUTE, 12), point(5 * MINUTE, 30, 2)]

it('makes a hole where nothing was measured', () => {
  const [times, trips, , lost] = columnsOf({ stepMs: MINUTE, points })
  expect(times).toEqual([0, 60, 120, 300])
  expect(trips).toEqual([10, 12, null, 30])
  expect(lost).toEqual([null, null, null, 2])
})

it('holds a measured drift until the next answer is due, not beyond', () => {
  const measured = { ...point(0, 10), driftMs: 40 }
  const later = [MINUTE, 6 * MINUTE, 8 * MINUTE].map((at) => ({ ...point(at, 10), driftMs: null }))
  const view = { ...healthOf(0, []), points: [measured, ...later] }
  expect(holdingDrift(view).points.map(({ driftMs }) => driftMs)).toEqual([40, 40, 40, null])
})

it('finds the stretch under the cursor, and none in a hole', () => {
  const at = (ms: number) => pointAt({ stepMs: MINUTE, points }, ms)?.roundTripMs ?? null
  expect([at(30_000), at(MINUTE), at(3 * MINUTE), at(5.5 * MINUTE), at(-1)]).toEqual([10, 12, null, 30, null])
})

it('draws a shift that has just begun on ten minutes', () => {
  expect(shownSpan({ from: 995_000, to: 1_000_000 })).toEqual({ min: 400, max: 1000 })
  expect(shownSpan({ from: 0, to: 3_600_000 })).toEqual({ min: 0, max: 3600 })
})

it('sums up a shift in at most 24 rows', () => {
  const now = 1_700_000_000_000
  const view = healthOf(now, losses(now, 9))
  const minutes = minutesFor(view)
  const rows = rowsOf(view, minutes)
  expect([minutes, rows.length]).toEqual([30, 16])
  expect(rows.reduce((sum, row) => sum + row.disconnects, 0)).toBe(
    view.disconnects.filter((each) => each.from < view.to).length,
  )
  expect(rows.reduce((sum, row) => sum + row.pingsLost, 0)).toBe(
    view.points.reduce((sum, each) => sum + each.pingsLost, 0),
  )
})

it('draws the round trip with a pen lifted over holes', () => {
  const span = { from: 0, to: 10 * MINUTE, stepMs: MINUTE }
  expect(sparklineOf(points, span, 100, 20)).toBe('M0.0 15.0h0L10.0 14.0M50.0 5.0h0')
  expect(sparklineOf([point(0, null)], span, 100, 20)).toBe('')
})
