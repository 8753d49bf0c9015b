import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../bundle'
import { electronBinary } from '../electron'
import type { BenchmarkLine } from '../line'
import { median, percentile, round } from '../statistics'
import type { Measured } from './worker'

const ENTRIES = 100_000
const MOST_BYTES = 20_000_000
const MOST_MS = 2_000

/** A shift of nine hours with 100,000 lines of trace as a support bundle, written and opened in Electron's Node. */
export const bundleShift = async (): Promise<BenchmarkLine> => {
  const worker = await bundle('bundle-shift', join(import.meta.dirname, 'worker.ts'))
  const { stdout } = await promisify(execFile)(electronBinary(), [worker], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeout: 240_000,
  })
  const measured = JSON.parse(stdout) as Measured
  const slowest = Math.max(...measured.opens)
  return {
    name: 'bundle-shift',
    entries: measured.entries,
    attempts: measured.attempts,
    zipMegabytes: round(measured.zipBytes / 1e6, 2),
    textMegabytes: round(measured.textBytes / 1e6, 1),
    writeMs: round(measured.writeMs, 0),
    writeBlockedMs: round(measured.writeBlockedMs, 1),
    openMs: round(median(measured.opens), 0),
    openSlowestMs: round(slowest, 0),
    pageMs: round(median(measured.pages), 1),
    pageP95Ms: round(percentile(measured.pages, 0.95), 1),
    searchMs: round(measured.searchMs, 0),
    readBlockedMs: round(measured.readBlockedMs, 1),
    node: measured.node,
    goal: `all ${ENTRIES} lines in less than 20 MB, opened in less than 2 s every time`,
    met: measured.entries >= ENTRIES && measured.zipBytes < MOST_BYTES && slowest < MOST_MS,
  }
}
