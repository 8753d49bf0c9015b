import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { faultTest } from '../testing/faultTest'
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

for (const [name, ms] of [
  ['10 s', 10_000],
  ['10 min', 600_000],
  ['9 h', 9 * HOUR],
] as const)
  faultTest('T3', `sleep of ${name} is told with its length, which the monotonic clock did not see`, (t) => {
    t.watch()
    const { powerMonitor, told, pass } = machine()
    powerMonitor.emit('suspend')
    pass(ms + 400, 400)
    powerMonitor.emit('resume')
    expect(told).toEqual([{ type: 'suspended' }, { type: 'woke', asleepMs: ms }])
  })

faultTest('T3', 'sleep is not counted twice where the monotonic clock goes on in it', (t) => {
  t.watch()
  const { powerMonitor, told, pass } = machine()
  powerMonitor.emit('suspend')
  pass(9 * HOUR, 9 * HOUR)
  powerMonitor.emit('resume')
  expect(told.at(-1)).toEqual({ type: 'woke', asleepMs: 0 })
})

faultTest('T3', 'sleep has no length when its beginning was missed or the clock was set back', (t) => {
  t.watch()
  const { powerMonitor, told, pass } = machine()
  powerMonitor.emit('resume')
  powerMonitor.emit('suspend')
  pass(-HOUR, 100)
  powerMonitor.emit('resume')
  powerMonitor.emit('resume')
  const lengths = told.flatMap((event) => (event.type === 'woke' ? [event.asleepMs] : []))
  expect(lengths).toEqual([null, null, null])
})

faultTest(
  'T6',
  'a locked screen says nothing to the session; coming back makes it look after itself',
  (t) => {
    t.watch()
    const { powerMonitor, told } = machine()
    for (const event of ['lock-screen', 'user-did-resign-active', 'user-did-become-active', 'on-battery'])
      powerMonitor.emit(event)
    expect(told).toEqual([])
    powerMonitor.emit('unlock-screen')
    expect(told).toEqual([{ type: 'networkChanged' }])
  },
)

it('listens to nothing after it was stopped', () => {
  const { powerMonitor, told, stop } = machine()
  expect(powerMonitor.eventNames()).toHaveLength(3)
  stop()
  for (const event of ['suspend', 'resume', 'unlock-screen']) powerMonitor.emit(event)
  expect(told).toEqual([])
  expect(powerMonitor.eventNames()).toEqual([])
})
