import { openNotifications } from '../../src-main/finesse/notifications'
import type { FinesseClock } from '../../src-main/finesse/notifications/types'
import type { LinkTap } from '../../src-main/finesse/tap'
import { createTrust } from '../../src-main/finesse/transport/trust'
import { createCapture } from './capture'
import { NODES } from './nodes'
import type { Announced } from './source'

// Runs inside Electron's Node. Prints one JSON object: the phases, capture off and on in turn.
export interface Asked extends Announced {
  readonly rounds: number
  readonly phaseMs: number
}

export interface Phase {
  readonly capture: boolean
  /** Share of one core, percent: all threads of this process, garbage collection and compression included. */
  readonly cpu: number
  readonly eventsPerSecond: number
}

export interface Measured {
  readonly phases: readonly Phase[]
  readonly node: string
  /** What is kept at the end. */
  readonly traceBytes: number
  readonly traceEntries: number
}

/** The connection is made, and what is compiled late is compiled. */
const SETTLE_MS = 1_000
const PASSWORD = 'Zx9!secret&<'

const asked = JSON.parse(process.argv[2] ?? '') as Asked
const clock: FinesseClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
const trust = createTrust({ extraCaPem: asked.ca, pins: [] })
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const capture = createCapture(clock, PASSWORD)

const measure = async (tap: LinkTap | undefined): Promise<Phase> => {
  let events = 0
  let failure: string | undefined
  const client = openNotifications(
    {
      endpoints: [{ host: '127.0.0.1', port: asked.port, path: '/ws/' }],
      xmppDomain: 'fin-a.example.com',
      pubsubDomain: 'pubsub.fin-a.example.com',
      loginId: '1001',
      password: PASSWORD,
      resource: 'desktop',
      authzid: 'empty',
      userNodes: NODES,
      userNodeOptional: false,
      presenceWaitMs: 2_000,
    },
    { trust, clock, tap },
    (event) => {
      if (event.type === 'notified') events += 1
      if (event.type === 'ended') failure = JSON.stringify(event.failure)
    },
  )
  await pause(SETTLE_MS)
  const before = { events, at: performance.now(), cpu: process.cpuUsage() }
  await pause(asked.phaseMs)
  const { user, system } = process.cpuUsage(before.cpu)
  const ms = performance.now() - before.at
  const seen = events - before.events
  if (failure !== undefined) throw new Error(`The connection ended: ${failure}`)
  client.terminate()
  return {
    capture: tap !== undefined,
    cpu: (user + system) / 10 / ms,
    eventsPerSecond: (seen * 1000) / ms,
  }
}

const phases: Phase[] = []
// The first round warms up. The order changes so that a trend of the machine favours neither.
for (let round = 0; round <= asked.rounds; round += 1) {
  for (const on of round % 2 === 0 ? [false, true] : [true, false]) {
    const phase = await measure(on ? capture.tap() : undefined)
    if (round > 0) phases.push(phase)
  }
}
const measured: Measured = { phases, node: process.versions.node, ...capture.kept() }
process.stdout.write(JSON.stringify(measured), () => process.exit(0))
