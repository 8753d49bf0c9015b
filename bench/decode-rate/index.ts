import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../bundle'
import type { BenchmarkLine } from '../line'
import { bootstrap, median, round } from '../statistics'

interface Rates {
  readonly bytes: number
  readonly node: string
  readonly shipped: readonly number[]
  readonly floor: readonly number[]
  readonly stock: readonly number[]
}

const ratios = (over: readonly number[], under: readonly number[]): number[] =>
  over.map((value, index) => value / (under[index] ?? Number.NaN))

/** Frame text to typed event in Electron's Node: ours, a bare safe parser, and the obvious stack, turn by turn. */
export const decodeRate = async (): Promise<BenchmarkLine> => {
  const worker = await bundle('decode-rate', join(import.meta.dirname, 'worker.ts'))
  const electron = createRequire(import.meta.url)('electron') as string
  const { stdout } = await promisify(execFile)(electron, [worker], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: 120_000,
  })
  const rates = JSON.parse(stdout) as Rates
  const overStock = bootstrap(ratios(rates.shipped, rates.stock))
  const overFloor = bootstrap(ratios(rates.shipped, rates.floor))
  return {
    name: 'decode-rate',
    eventsPerSecond: round(median(rates.shipped), 0),
    floorEventsPerSecond: round(median(rates.floor), 0),
    stockEventsPerSecond: round(median(rates.stock), 0),
    overStock,
    overFloor,
    frameBytes: rates.bytes,
    node: rates.node,
    goal: 'at least 3x stock stanza + fast-xml-parser and 0.65x a bare saxes floor',
    met: overStock.low >= 3 && overFloor.low >= 0.65,
  }
}
