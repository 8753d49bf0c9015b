import { readFileSync, readdirSync } from 'node:fs'
import type { AgentInfo, NodeInfo } from '../../simulator'
import { isComplete, isOnline, openSession } from '../real/session'
import { askControl } from '../simulator'

// Runs inside Electron's Node with --expose-gc. Prints one JSON object: samples between the reconnects.
interface Asked {
  readonly node: NodeInfo
  readonly agent: AgentInfo
  readonly caFile: string
  readonly control: string
  readonly reconnects: number
  readonly every: number
}

export interface Sample {
  readonly after: number
  /** Bytes after garbage collection. */
  readonly heap: number
  /** Listeners of the process; those of sockets go with their handles. */
  readonly listeners: number
  readonly timers: number
  readonly handles: number
  /** Open files and sockets by the kernel's count (Linux); 0 elsewhere. */
  readonly descriptors: number
}

const asked = JSON.parse(process.argv[2] ?? '') as Asked
const collect = (globalThis as { gc?: () => void }).gc
if (collect === undefined) throw new Error('Start it with --expose-gc.')

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const descriptors = (): number => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0)

const listeners = (): number =>
  process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0)

const sample = async (after: number): Promise<Sample> => {
  // What was let go needs a moment to be gone.
  for (let turn = 0; turn < 3; turn += 1) {
    await pause(150)
    collect()
  }
  const resources = process.getActiveResourcesInfo()
  const timers = resources.filter((name) => name === 'Timeout' || name === 'Immediate').length
  return {
    after,
    heap: process.memoryUsage().heapUsed,
    listeners: listeners(),
    timers,
    handles: resources.length - timers,
    descriptors: descriptors(),
  }
}

/** The server resets the agent's connection. */
const reset = () => askControl(asked.control, 'setFault', { name: 'resetSocket' })

const session = await openSession(asked.node, asked.agent, readFileSync(asked.caFile, 'utf8'))
const samples: Sample[] = []
for (let count = 0; ; count += 1) {
  if (count % asked.every === 0) samples.push(await sample(count))
  if (count >= asked.reconnects) break
  await Promise.all([session.until('the loss', (view) => !isOnline(view)), reset()])
  await session.until('everything read again', isComplete)
}
await session.close()
process.stdout.write(JSON.stringify(samples), () => process.exit(0))
