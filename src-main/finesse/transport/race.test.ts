import { afterEach, describe, expect, it } from 'vitest'
import type { Result } from '../result'
import { type Address, type Connected, interleaved, raceToConnect } from './race'
import { closeKept, kept } from './testing/attempt'
import { manualClock, realClock } from './testing/clocks'
import { blackhole, tcpServer } from './testing/servers'

afterEach(closeKept)

const v4 = (address: string): Address => ({ address, family: 4 })
const v6 = (address: string): Address => ({ address, family: 6 })

describe('interleaved', () => {
  it('takes the families in turn, beginning with the first', () => {
    const mixed = interleaved([v6('a'), v6('b'), v6('c'), v4('d')])
    expect(mixed.map(({ address }) => address)).toEqual(['a', 'd', 'b', 'c'])
  })

  it('does not try an endless list', () => {
    expect(interleaved(Array.from({ length: 1000 }, (_, at) => v4(String(at))))).toHaveLength(8)
    expect(interleaved([])).toEqual([])
  })
})

describe('raceToConnect', () => {
  const race = (addresses: readonly Address[], port: number, clock = realClock) =>
    new Promise<Result<Connected, unknown>>((resolve) => {
      raceToConnect(addresses, port, clock, resolve)
    })

  it('answers with the first refusal when nothing listens', async () => {
    const server = await tcpServer(() => undefined)
    await server.close()
    const outcome = await race([v4('127.0.0.1'), v4('127.0.0.2')], server.port)
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ECONNREFUSED', address: '127.0.0.1' } })
  })

  it('starts the second attempt after 250 ms and leaves no timer', async () => {
    const hole = await kept(blackhole('127.0.0.2'))
    await kept(tcpServer(() => undefined, '127.0.0.1', hole.port))
    const clock = manualClock()
    const winner = race([v4('127.0.0.2'), v4('127.0.0.1')], hole.port, clock)
    clock.advance(249)
    expect(clock.pending()).toBe(1)
    clock.advance(1)
    const outcome = await winner
    expect(outcome).toMatchObject({ ok: true, value: { address: '127.0.0.1' } })
    expect(clock.pending()).toBe(0)
    if (outcome.ok) outcome.value.socket.destroy()
  })
})
