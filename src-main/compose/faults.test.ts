import { EventEmitter } from 'node:events'
import { expect } from 'vitest'
import { faultTest } from '../testing/faultTest'
import { installFaultTrap } from '../platform/faultTrap'
import { answerFaults } from './faults'

const setUp = () => {
  // The trap listens to two events of the process; a process of its own is not needed to emit them.
  const source = new EventEmitter()
  const faults = installFaultTrap(source as NodeJS.Process)
  const done: string[] = []
  const note = (event: string) => void done.push(`log ${event}`)
  let now = 0
  const attach = () =>
    answerFaults({
      faults,
      log: { debug: note, info: note, warn: note, error: note },
      monotonic: () => now,
      dropConnections: () => void done.push('restart'),
      tell: () => void done.push('tell'),
    })
  return { source, done, attach, wait: (ms: number) => (now += ms) }
}

faultTest(
  'P6',
  'an uncaught exception and an unhandled rejection are logged, restart the session, and are told once',
  (t) => {
    t.watch()
    const { source, done, attach, wait } = setUp()
    attach()
    source.emit('uncaughtException', new Error('a bug'))
    wait(1_000)
    source.emit('unhandledRejection', 'not even an error')
    expect(done).toEqual(['log uncaughtException', 'restart', 'tell', 'log unhandledRejection', 'restart'])
  },
)

faultTest('P6', 'a fault that returns every second is no storm of sign-ins and messages', (t) => {
  t.watch()
  const { source, done, attach, wait } = setUp()
  attach()
  for (let second = 0; second < 200; second += 1) {
    source.emit('uncaughtException', new Error('again'))
    wait(1_000)
  }
  expect(done.filter((what) => what === 'restart')).toHaveLength(3)
  expect(done.filter((what) => what === 'tell')).toHaveLength(1)
  wait(600_000)
  source.emit('uncaughtException', new Error('another day'))
  expect(done.slice(-2)).toEqual(['restart', 'tell'])
})

faultTest('P6', 'what happened before anybody listened is not lost', (t) => {
  t.watch()
  const { source, done, attach } = setUp()
  source.emit('uncaughtException', new Error('early'))
  attach()
  expect(done).toEqual(['log uncaughtException', 'restart', 'tell'])
})
