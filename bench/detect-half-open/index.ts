import { createProxy, type TcpProxy } from '../../simulator/proxy'
import { createSimulator, type SimulatorInfo } from '../../simulator'
import { openNotifications } from '../../src-main/finesse/notifications'
import { PING_TIMES } from '../../src-main/finesse/notifications/heartbeat'
import type { NotificationEvent } from '../../src-main/finesse/notifications/types'
import { createTrust } from '../../src-main/finesse/transport/trust'
import { jumpClock, type JumpClock } from '../../src-main/testing/jumpClock'
import type { BenchmarkLine } from '../line'
import { generator, median, percentile, round } from '../statistics'

const COUNT = 60
const SEED = 20_260_120
const BOUND_MS = 30_000
const OVER_OPTIMUM_MS = 500
/** Cuts in any phase of the pings. */
const PHASES_MS = 2 * PING_TIMES.intervalMs

interface Detection {
  readonly direction: 'both' | 'toServer'
  readonly ms: number
  /** What the ping times allow at best: the next ping, and every repetition timing out. */
  readonly optimumMs: number
  readonly kind: string
}

interface Bench {
  readonly clock: JumpClock
  readonly info: SimulatorInfo
  readonly proxy: TcpProxy
}

/** One connection through the proxy; at a random moment nothing gets through any more. */
const detect = async (
  { clock, info, proxy }: Bench,
  direction: Detection['direction'],
  after: number,
): Promise<Detection> => {
  const [node] = info.nodes
  const [agent] = info.agents
  if (node === undefined || agent === undefined) throw new Error('The simulator is empty.')
  let last: { readonly at: number; readonly roundTripMs: number } | undefined
  let failure: string | undefined
  const failed = (): string | undefined => failure
  const on = (event: NotificationEvent): void => {
    if (event.type === 'pinged') last = { at: clock.monotonic(), roundTripMs: event.roundTripMs }
    if (event.type === 'ended') failure = event.failure.kind
  }
  await proxy.set('pass')
  const client = openNotifications(
    {
      endpoints: [{ host: node.host, port: proxy.port, path: '/ws/' }],
      xmppDomain: node.xmppDomain,
      pubsubDomain: node.pubsubDomain,
      loginId: agent.id,
      password: agent.password,
      resource: 'desktop',
      authzid: 'bareJid',
      userNodes: [],
      userNodeOptional: true,
      presenceWaitMs: 0,
    },
    { trust: createTrust({ extraCaPem: info.ca, pins: [] }), clock },
    on,
  )
  try {
    await clock.jumpUntil(() => last !== undefined || failed() !== undefined, BOUND_MS)
    await clock.jump(after)
    if (last === undefined || failed() !== undefined) throw new Error(`Not connected: ${failed() ?? ''}`)
    const ping = last
    await proxy.set({ kind: 'blackhole', direction })
    const cut = clock.monotonic()
    await clock.jumpUntil(() => failed() !== undefined, 4 * BOUND_MS)
    const nextPing = ping.at - ping.roundTripMs + PING_TIMES.intervalMs
    const timeouts = PING_TIMES.limit * (PING_TIMES.timeoutMs + ping.roundTripMs)
    return {
      direction,
      ms: clock.monotonic() - cut,
      optimumMs: Math.max(0, nextPing - cut) + timeouts,
      kind: failed() ?? '',
    }
  } finally {
    client.terminate()
    await proxy.set('rst')
  }
}

/** The shipped client at the simulator, over real sockets; only waiting is cut short. */
export const detectHalfOpen = async (): Promise<BenchmarkLine> => {
  const clock = jumpClock()
  const random = generator(SEED)
  const simulator = createSimulator({ agents: 1, life: false })
  const info = await simulator.start()
  const [node] = info.nodes
  const proxy = await createProxy({ target: { host: '127.0.0.1', port: node?.port ?? 0 } })
  try {
    const all: Detection[] = []
    for (let index = 0; index < COUNT; index += 1) {
      const direction = index % 2 === 0 ? 'both' : 'toServer'
      all.push(await detect({ clock, info, proxy }, direction, random() * PHASES_MS))
    }
    const longest = Math.max(...all.map(({ ms }) => ms))
    const overOptimum = Math.max(...all.map(({ ms, optimumMs }) => ms - optimumMs))
    const wrong = all.filter(({ kind }) => kind !== 'pingTimeout').length
    return {
      name: 'detect-half-open',
      medianSeconds: round(median(all.map(({ ms }) => ms)) / 1000, 2),
      p99Seconds: round(
        percentile(
          all.map(({ ms }) => ms),
          0.99,
        ) / 1000,
        2,
      ),
      longestSeconds: round(longest / 1000, 2),
      longestOptimumSeconds: round(Math.max(...all.map(({ optimumMs }) => optimumMs)) / 1000, 2),
      overOptimumMs: round(overOptimum, 0),
      cuts: all.length,
      otherReasons: wrong,
      goal: 'both ways and one way: noticed within 30 s, and at most 0.5 s later than the ping times allow',
      met: longest <= BOUND_MS && overOptimum <= OVER_OPTIMUM_MS && wrong === 0,
    }
  } finally {
    await proxy.stop()
    await simulator.stop()
  }
}
