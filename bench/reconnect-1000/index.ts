import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../bundle'
import { electronBinary } from '../electron'
import type { BenchmarkLine } from '../line'
import { startSimulator } from '../simulator'
import { round, slope } from '../statistics'
import type { Sample } from './worker'

const AGENTS = 12
const RECONNECTS = 1000
const EVERY = 50
/** By then the app's bounded lists (300 lines of the feed, 20 attempts) are full, and the code is compiled. */
const WARM_AFTER = 200
const HEAP_BYTES = 2048
const LIMIT_MS = 420_000

type Figure = Exclude<keyof Sample, 'after'>

/** 1,000 forced reconnects of the shipped session: what each of them leaves behind. */
export const reconnect1000 = async (): Promise<BenchmarkLine> => {
  const worker = await bundle('reconnect-1000', join(import.meta.dirname, 'worker.ts'))
  const simulator = await startSimulator(AGENTS)
  try {
    await simulator.command('keepXmppLog', { keep: false })
    const { node, agent, caFile, control } = simulator
    const asked = JSON.stringify({ node, agent, caFile, control, reconnects: RECONNECTS, every: EVERY })
    const { stdout } = await promisify(execFile)(electronBinary(), ['--expose-gc', worker, asked], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: LIMIT_MS,
    })
    const samples = (JSON.parse(stdout) as readonly Sample[]).filter(({ after }) => after >= WARM_AFTER)
    const perReconnect = (figure: Figure): number =>
      slope(samples.map((sample) => [sample.after, sample[figure]] as const))
    const grown = (figure: Figure): number =>
      (samples.at(-1)?.[figure] ?? NaN) - (samples[0]?.[figure] ?? NaN)
    const heap = perReconnect('heap')
    const left = {
      listeners: grown('listeners'),
      timers: grown('timers'),
      handles: grown('handles'),
      descriptors: grown('descriptors'),
    }
    return {
      name: 'reconnect-1000',
      heapBytesPerReconnect: round(heap, 0),
      heapMb: round((samples.at(-1)?.heap ?? NaN) / 1024 / 1024, 1),
      left,
      reconnects: RECONNECTS,
      goal: 'at most 2 kB of heap per reconnect, and nothing else left behind',
      met: heap <= HEAP_BYTES && Object.values(left).every((count) => count <= 0),
    }
  } finally {
    simulator.stop()
  }
}
