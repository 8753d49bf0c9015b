import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { followPower, type PowerEvent } from './power'

const HOUR = 3_600_000

const machine = () => {
  const powerMonitor = new EventEmitter()
  const time = { wall: Date.UTC(2026, 2, 29), monotonic: 5_000 }
  const told: PowerEvent[] = []
  const stop = followPower({
    powerMonitor,
    clock: { now: () => time.wall, monotonic: () => time.monotonic },
    dispatch: (event) => void told.push(event),
  })
  return {
    powerMonitor,
    told,
    stop,
    /** Wall time passes; the monotonic clock sees `seen` of it. */
    pass: (ms: number, seen: number) => {
      time.wall += ms
      time.monotonic += seen
    },
  }
}

describe('T3: sleep', () => {
  it.each([
    ['10 s', 10_000],
    ['10 min', 600_000],
    ['9 h', 9 * HOUR],
  ])('T3: of %s is told with its length, which the monotonic clock did not see', (_name, ms) => {
    const { powerMonitor, told, pass } = machine()
    powerMonitor.emit('suspend')
    pass(ms + 400, 400)
    powerMonitor.emit('resume')
    expect(told).toEqual([{ type: 'suspended' }, { type: 'woke', asleepMs: ms }])
  })

  it('T3: counts nothing twice where the monotonic clock goes on in sleep', () => {
    const { powerMonitor, told, pass } = machine()
    powerMonitor.emit('suspend')
    pass(9 * HOUR, 9 * HOUR)
    powerMonitor.emit('resume')
    expect(told.at(-1)).toEqual({ type: 'woke', asleepMs: 0 })
  })

  it('T3: has no length when its beginning was missed or the clock was set back meanwhile', () => {
    const { powerMonitor, told, pass } = machine()
    powerMonitor.emit('resume')
    powerMonitor.emit('suspend')
    pass(-HOUR, 100)
    powerMonitor.emit('resume')
    powerMonitor.emit('resume')
    expect(told.filter(({ type }) => type === 'woke')).toEqual([
      { type: 'woke', asleepMs: null },
      { type: 'woke', asleepMs: null },
      { type: 'woke', asleepMs: null },
    ])
  })
})

describe('T6: screen lock and user switch', () => {
  it('T6: say nothing to the session; only coming back makes it look after its connection', () => {
    const { powerMonitor, told } = machine()
    for (const event of ['lock-screen', 'user-did-resign-active', 'user-did-become-active', 'on-battery'])
      powerMonitor.emit(event)
    expect(told).toEqual([])
    powerMonitor.emit('unlock-screen')
    expect(told).toEqual([{ type: 'networkChanged' }])
  })
})

it('listens to nothing after it was stopped', () => {
  const { powerMonitor, told, stop } = machine()
  expect(powerMonitor.eventNames()).toHaveLength(3)
  stop()
  for (const event of ['suspend', 'resume', 'unlock-screen']) powerMonitor.emit(event)
  expect(told).toEqual([])
  expect(powerMonitor.eventNames()).toEqual([])
})
