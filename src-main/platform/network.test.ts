import { expect } from 'vitest'
import { faultTest } from '../testing/faultTest'
import type { FinesseClock } from '../finesse/notifications/types'
import { networkSignature, watchNetwork } from './network'

const address = (text: string, internal = false) => ({
  address: text,
  netmask: '255.255.255.0',
  family: 'IPv4' as const,
  mac: '00:00:00:00:00:00',
  internal,
  cidr: null,
})

faultTest('T4', 'tells another network from another order of the same one', (t) => {
  t.watch()
  const lan = { eth0: [address('10.0.0.2')], lo: [address('127.0.0.1', true)] }
  const both = { wlan0: [address('10.0.1.7')], ...lan }
  const reordered = { ...lan, wlan0: [address('10.0.1.7')] }
  expect(networkSignature(both, true)).toBe(networkSignature(reordered, true))
  expect(networkSignature(lan, true)).not.toBe(networkSignature(both, true))
  expect(networkSignature(lan, true)).not.toBe(networkSignature(lan, false))
})

faultTest('T4', 'calls only when something changed, and never after it was stopped', (t) => {
  t.watch()
  let due = (): void => undefined
  const clock: FinesseClock = {
    now: () => 0,
    monotonic: () => 0,
    after: (_ms, run) => {
      due = run
      return () => {
        due = () => undefined
      }
    },
  }
  let network = 'a'
  let calls = 0
  const stop = watchNetwork(
    clock,
    () => network,
    () => (calls += 1),
  )
  due()
  network = 'b'
  due()
  due()
  expect(calls).toBe(1)
  stop()
  network = 'c'
  due()
  expect(calls).toBe(1)
})
