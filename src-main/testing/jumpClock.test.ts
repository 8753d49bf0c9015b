import { connect, createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { jumpClock } from './jumpClock'

const undo: Array<() => void> = []
afterEach(() => {
  for (const action of undo.splice(0)) action()
})

/** A peer that answers every byte. */
const echo = async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  undo.push(() => {
    socket.destroy()
    server.close()
  })
  return socket
}

describe('a clock that jumps', () => {
  it('fires what falls due in order, each at its own time, and no more', async () => {
    const clock = jumpClock()
    const start = clock.monotonic()
    const fired: Array<readonly [string, number]> = []
    const note = (name: string) => () => fired.push([name, Math.floor((clock.monotonic() - start) / 1000)])
    clock.after(20_000, note('second'))
    clock.after(10_000, () => {
      note('first')()
      clock.after(5_000, note('between'))
    })
    clock.after(40_000, note('later'))
    clock.after(1_000, note('cancelled'))()
    await clock.jump(30_000)
    expect(fired).toEqual([
      ['first', 10],
      ['between', 15],
      ['second', 20],
    ])
    expect(clock.pending()).toBe(1)
    expect(clock.monotonic() - start).toBeGreaterThanOrEqual(30_000)
    expect(clock.monotonic() - start).toBeLessThan(35_000)
    await clock.jump(10_000)
    expect(clock.pending()).toBe(0)
  })

  it('lets an answer arrive before the next timer fires', async () => {
    const clock = jumpClock()
    const socket = await echo()
    let answered = 0
    socket.on('data', () => (answered += 1))
    const missed: number[] = []
    const ask = (): void => {
      const before = answered
      socket.write('x')
      clock.after(5_000, () => {
        if (answered === before) missed.push(clock.monotonic())
        else if (answered < 5) ask()
      })
    }
    ask()
    await clock.jump(60_000)
    expect(missed).toEqual([])
    expect(answered).toBe(5)
  })

  it('tells how long something took, or that it did not happen', async () => {
    const clock = jumpClock()
    let done = false
    clock.after(12_000, () => (done = true))
    const took = await clock.jumpUntil(() => done, 60_000)
    expect(took).toBeGreaterThanOrEqual(12_000)
    expect(took).toBeLessThan(13_000)
    await expect(clock.jumpUntil(() => false, 1_000)).rejects.toThrow('within 1000 ms')
  })

  it('frozen, it fires late, in one burst, before a socket is read', async () => {
    const clock = jumpClock()
    const socket = await echo()
    const order: string[] = []
    socket.on('data', () => order.push('answer'))
    socket.write('x')
    const start = clock.monotonic()
    clock.after(5_000, () =>
      order.push(`timer at ${String(Math.floor((clock.monotonic() - start) / 1000))} s`),
    )
    clock.freeze(60_000)
    await clock.settle()
    expect(order).toEqual(['timer at 60 s', 'answer'])
  })

  it('is real time where nobody jumps, also beyond what a timer can hold', async () => {
    const clock = jumpClock()
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(50)
    const cancel = clock.after(2 ** 33, () => undefined)
    await new Promise<void>((resolve) => void clock.after(5, resolve))
    expect(clock.pending()).toBe(1)
    cancel()
    clock.setWall(3_600_000)
    expect(clock.now() - Date.now()).toBeGreaterThan(3_599_000)
  })
})
