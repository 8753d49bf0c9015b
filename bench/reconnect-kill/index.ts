import { createSimulator, type Control } from '../../simulator'
import type { BenchmarkLine } from '../line'
import { isComplete, isOnline, openSession, type RealSession } from '../real/session'
import { bootstrap, median, round } from '../statistics'
import { bareReconnect } from './bare'

const ROUNDS = 9
const ROUND_TRIPS_MS = [0, 100] as const
const TIMES_BARE = 1.25
const PLUS_MS = 50

/** Resets every living connection; those that come find the round trip again. Answers ms until live. */
const killed = async (session: RealSession, control: Control, roundTripMs: number): Promise<number> => {
  const start = performance.now()
  const reset = control.proxy('A', { kind: 'rst', once: true })
  const pass = control.proxy('A', roundTripMs === 0 ? 'pass' : { kind: 'delay', ms: roundTripMs / 2 })
  await session.until('the loss', (view) => !isOnline(view))
  await session.until('live again', isOnline)
  const ms = performance.now() - start
  await Promise.all([reset, pass])
  await session.until('complete again', isComplete)
  return ms
}

const measure = async (roundTripMs: number) => {
  const simulator = createSimulator({ agents: 12, life: false, proxied: true })
  const { nodes, agents, ca } = await simulator.start()
  const [[node], [agent, other]] = [nodes, agents]
  if (node === undefined || agent === undefined || other === undefined) throw new Error('It is empty.')
  const { control } = simulator
  let session: RealSession | null = null
  try {
    session = await openSession(node, agent, ca)
    await killed(session, control, roundTripMs)
    const ours: number[] = []
    const bare: number[] = []
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      const done = await bareReconnect(node, ca, other)
      bare.push(done.ms)
      done.close()
      ours.push(await killed(session, control, roundTripMs))
    }
    const allowed = bootstrap(ours.map((ms, turn) => ms / (TIMES_BARE * (bare[turn] ?? NaN) + PLUS_MS)))
    return {
      roundTripMs,
      ms: round(median(ours), 0),
      bareMs: round(median(bare), 0),
      overBare: round(median(ours.map((ms, turn) => ms / (bare[turn] ?? NaN))), 2),
      shareOfAllowed: allowed,
    }
  } finally {
    await session?.close()
    await simulator.stop()
  }
}

/** RST of a living session to live again, everything read, without planned delay, against the least a script needs. */
export const reconnectKill = async (): Promise<BenchmarkLine> => {
  const near = await measure(ROUND_TRIPS_MS[0])
  const far = await measure(ROUND_TRIPS_MS[1])
  return {
    name: 'reconnect-kill',
    near,
    far,
    goal: 'reset to live again: at most 1.25x a bare script + 50 ms, at round trips of 0 and 100 ms',
    met: [near, far].every(({ shareOfAllowed }) => shareOfAllowed.high <= 1),
  }
}
