import { execFile, spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { bundle } from '../bundle'
import { electronBinary } from '../electron'
import type { BenchmarkLine } from '../line'
import { median, round } from '../statistics'
import { eventSource } from './events'
import { meanInterval, type MeanInterval } from './interval'
import type { Announced } from './source'
import type { Asked, Measured } from './worker'

const PER_SECOND = 1_000
const ROUNDS = 10
const PHASE_MS = 3_000
const LIMIT_MS = 240_000
/** Percentage points of one core. */
const BOUND = 5
/** Less, and the machine was too busy to say anything. */
const ENOUGH = 0.98

const cli = join(import.meta.dirname, '..', '..', 'node_modules', 'jiti', 'lib', 'jiti-cli.mjs')

const startSource = async (): Promise<Announced & { readonly stop: () => void }> => {
  const entry = join(import.meta.dirname, 'source.ts')
  const child = spawn(process.execPath, [cli, entry, String(PER_SECOND)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = (): void => void child.kill('SIGKILL')
  process.once('exit', stop)
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', () => reject(new Error('The source of events ended before it was up.')))
  })
  return { ...(JSON.parse(line) as Announced), stop }
}

const shown = ({ mean, low, high }: MeanInterval): MeanInterval => ({
  mean: round(mean, 2),
  low: round(low, 2),
  high: round(high, 2),
})

/**
 * What the inspector's capture adds to a notification client at 1,000 events/s, in percentage points of one core: the
 * client's whole process (all threads), capture off and on in turn, the events made in another process. Wants a quiet
 * machine: `loadBefore` says whether it was.
 */
export const traceCost = async (): Promise<BenchmarkLine> => {
  const loadBefore = loadavg()[0] ?? 0
  const worker = await bundle('trace-cost', join(import.meta.dirname, 'worker.ts'))
  const source = await startSource()
  try {
    const asked: Asked = { port: source.port, ca: source.ca, rounds: ROUNDS, phaseMs: PHASE_MS }
    const { stdout } = await promisify(execFile)(electronBinary(), [worker, JSON.stringify(asked)], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: LIMIT_MS,
    })
    const { phases, node, traceBytes, traceEntries } = JSON.parse(stdout) as Measured
    const cpu = (on: boolean): readonly number[] =>
      phases.filter(({ capture }) => capture === on).map((phase) => phase.cpu)
    const [off, on] = [cpu(false), cpu(true)]
    const added = meanInterval(on.map((value, index) => value - (off[index] ?? Number.NaN)))
    const ratio = meanInterval(on.map((value, index) => value / (off[index] ?? Number.NaN)))
    const slowest = Math.min(...phases.map(({ eventsPerSecond }) => eventsPerSecond))
    const next = eventSource()
    const bytes = Array.from({ length: PER_SECOND }, () => Buffer.byteLength(next()))
    return {
      name: 'trace-cost',
      addedPoints: shown(added),
      ratio: shown(ratio),
      cpuOffPercent: round(median(off), 2),
      cpuOnPercent: round(median(on), 2),
      slowestEventsPerSecond: round(slowest, 0),
      meanFrameBytes: round(bytes.reduce((sum, value) => sum + value, 0) / bytes.length, 0),
      traceMb: round(traceBytes / 1024 / 1024, 1),
      traceEntries,
      rounds: ROUNDS,
      loadBefore: round(loadBefore, 2),
      node,
      goal: 'capturing adds at most 5 percentage points of one core at 1,000 events/s (same run with capture off)',
      met: added.high <= BOUND && slowest >= ENOUGH * PER_SECOND,
    }
  } finally {
    source.stop()
  }
}
