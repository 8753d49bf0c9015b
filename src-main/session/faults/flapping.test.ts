import dns from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'
import { connect, createServer } from 'node:net'
import { describe, expect } from 'vitest'
import { seededRandom } from '../../../simulator/random'
import { faultTest } from '../../testing/faultTest'
import { backOn, lifeGoesOn, liveDesk, onCall, signIns, waitShown, waitsWith } from '../testing/deskScenes'
import { isRecovering, nodeOf, type FaultDesk } from '../testing/faultDesk'

/** Names are resolved by this from now on; null: there is no such name. Returns what undoes it. */
function resolveBy(answer: (name: string) => readonly string[] | null): () => void {
  const { lookup } = dns
  const stub = (name: string) => {
    const found = answer(name)
    return found === null
      ? Promise.reject(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }))
      : Promise.resolve(found.map((address) => ({ address, family: 4 })))
  }
  Object.assign(dns, { lookup: stub })
  syncBuiltinESMExports()
  return () => {
    Object.assign(dns, { lookup })
    syncBuiltinESMExports()
  }
}

const SECOND = 1_000

/** What the person at the desk lives through: three seconds of network, three without. */
async function flap(desk: FaultDesk, times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    await Promise.all([desk.control.proxy('A', 'rst'), desk.control.proxy('B', 'rst')])
    await desk.clock.jump(3 * SECOND)
    await Promise.all([desk.control.proxy('A', 'pass'), desk.control.proxy('B', 'pass')])
    await desk.clock.jump(3 * SECOND)
  }
}

describe('the network comes and goes', () => {
  for (const seed of [1, 2, 3, 4])
    faultTest(
      'N15',
      `3 s up, 3 s down, ten times: at most 10 sign-ins a minute (seed ${String(seed)})`,
      async (t) => {
        const desk = await liveDesk(t, { random: seededRandom(seed) })
        await desk.clock.jump(31 * SECOND)
        const known = signIns(desk)
        const tries: number[] = []
        desk.runtime.onChange((_, { slices }) => {
          if (slices.session.phase === 'recovering') tries.push(slices.session.attempt)
        })
        await flap(desk, 10)
        expect(signIns(desk) - known).toBeLessThanOrEqual(10)
        // Never back to the first try while nothing has held for 30 s.
        expect(tries).toEqual([...tries].sort((one, other) => one - other))
        expect(tries.at(-1)).toBeGreaterThanOrEqual(4)
        await desk.until(({ slices }) => slices.session.phase === 'online', 60 * SECOND)
        await desk.clock.jump(31 * SECOND)
        await desk.control.proxy(nodeOf(desk.view()) === 'B' ? 'B' : 'A', { kind: 'rst', once: true })
        await desk.until(isRecovering, SECOND)
        expect(desk.slices().session).toMatchObject({ attempt: 1 })
      },
    )

  faultTest('N15', 'a connection that never lives for 30 s does not reset the delays', async (t) => {
    const desk = await liveDesk(t)
    const waits: number[] = []
    for (let round = 0; round < 4; round += 1) {
      await desk.clock.jump(10 * SECOND)
      await desk.control.proxy('A', { kind: 'rst', once: true })
      await desk.until(isRecovering, SECOND)
      waits.push(Math.round((waitShown(desk) ?? 0) / SECOND))
      await backOn(desk, 'A', 60 * SECOND)
    }
    await desk.clock.jump(31 * SECOND)
    await desk.control.proxy('A', { kind: 'rst', once: true })
    await desk.until(isRecovering, SECOND)
    waits.push(Math.round((waitShown(desk) ?? 0) / SECOND))
    // Half of 10, 20, 30, 30 s, and half of 10 s again after it has held.
    expect(waits).toEqual([5, 10, 15, 15, 5])
  })

  faultTest(
    'N16',
    'the name does not resolve, then it does, to another address: asked anew at every try',
    async (t) => {
      const desk = await liveDesk(t)
      const asked: string[] = []
      let answer: readonly string[] | null = null
      t.after(
        resolveBy((name) => {
          asked.push(name)
          return answer
        }),
      )
      for (const node of ['A', 'B'] as const) await desk.control.proxy(node, { kind: 'rst', once: true })
      await desk.until(() => waitsWith(desk, 'hostNotFound'), 30 * SECOND)
      const first = asked.length
      expect(first).toBeGreaterThan(0)
      await desk.clock.jump(60 * SECOND)
      expect(asked.length).toBeGreaterThan(first + 2)
      // A has moved to another machine.
      let visitors = 0
      const moved = createServer((socket) => {
        visitors += 1
        const onward = connect(desk.nodeA.port, '127.0.0.1')
        for (const [one, other] of [
          [socket, onward],
          [onward, socket],
        ] as const) {
          one.on('error', () => other.destroy())
          one.pipe(other)
        }
      })
      await new Promise<void>((resolve) => moved.listen(desk.nodeA.port, '127.0.0.2', resolve))
      t.after(() => moved.close())
      answer = ['127.0.0.2']
      await backOn(desk, 'A', 60 * SECOND)
      expect(visitors).toBeGreaterThan(0)
    },
  )
})

describe('the server ends it in odd ways', () => {
  for (const code of [1002, 1009, 1011, 1012, 1013])
    faultTest(
      'N27',
      `close code ${String(code)}: ended by the server, spread over ten seconds`,
      async (t) => {
        const desk = await liveDesk(t)
        await onCall(desk)
        desk.control.setFault({ name: 'closeCode', code })
        await desk.until(isRecovering, SECOND)
        expect(desk.slices().session).toMatchObject({ cause: { code: 'connectionClosed', params: { code } } })
        expect(waitShown(desk)).toBeGreaterThan(4 * SECOND)
        lifeGoesOn(desk)
        await backOn(desk, 'A', 50 * SECOND)
      },
    )

  for (const how of ['binary', 'reserved', 'pings'] as const)
    faultTest('N27', `${how}: a clean end, live again and right`, async (t) => {
      const desk = await liveDesk(t)
      desk.control.setFault({ name: 'rawFrames', how })
      await desk.until(isRecovering, SECOND)
      await backOn(desk, 'A', 50 * SECOND)
    })
})
