import { describe, expect, it } from 'vitest'
import { attemptOf } from '../../../testing/inspector/attempts'
import { callsAt } from '../../../testing/inspector/calls'
import { axisOf, callsOn, placeOf, ticksOf } from './axis'

const START = 1_700_000_000_000
const live = attemptOf({ startedAt: START })

describe('the axis of an attempt', () => {
  it('reaches from the first call before it to the end of the last stage or call that began meanwhile', () => {
    const axis = axisOf(live, START + 3_600_000)
    expect(axis.from).toBe(START - 46)
    // The team was read until 131 + 48 ms, later than the last stage; calls of later hours do not count.
    expect(axis.ms).toBeCloseTo((46 + 131 + 48) * 1.02, 5)
  })

  it('keeps later calls off it', () => {
    const { during, later } = callsOn(axisOf(live, START), callsAt(START))
    expect([during.map((call) => call.id), later.map((call) => call.id)]).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7],
    ])
  })

  it('grows in steps while a stage is under way', () => {
    const running = attemptOf({ startedAt: START, runningAt: 'auth', calls: [] })
    const at = (ms: number): number => axisOf(running, START + ms).ms
    expect([at(100), at(200), at(260)]).toEqual([255, 255, 510])
  })

  it('is never of no length', () => {
    expect(axisOf({ startedAt: START, stages: [], calls: [] }, START).ms).toBe(1)
  })
})

describe('bars', () => {
  const axis = { from: 1000, ms: 200 }

  it('lie where their time lies', () => {
    expect(placeOf(axis, 1050, 100)).toEqual({ start: 25, size: 50 })
    expect(placeOf(axis, 1000, 0)).toEqual({ start: 0, size: 0 })
  })

  it('are cut off at both ends, never negative', () => {
    expect(placeOf(axis, 900, 150)).toEqual({ start: 0, size: 25 })
    expect(placeOf(axis, 1150, 900)).toEqual({ start: 75, size: 25 })
    expect(placeOf(axis, 5000, 10)).toEqual({ start: 100, size: 0 })
    expect(placeOf(axis, 1050, -5)).toEqual({ start: 25, size: 0 })
  })
})

it('marks 1, 2 or 5 times a power of ten', () => {
  expect(ticksOf({ from: 0, ms: 220 })).toEqual([0, 100, 200])
  expect(ticksOf({ from: 0, ms: 5100 })).toEqual([0, 2000, 4000])
  expect(ticksOf({ from: 0, ms: 38 })).toEqual([0, 10, 20, 30])
  expect(ticksOf({ from: 0, ms: 1 })).toEqual([0])
})
