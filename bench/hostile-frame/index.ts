import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../bundle'
import { electronBinary } from '../electron'
import type { BenchmarkLine } from '../line'
import { round } from '../statistics'
import { corpus } from './corpus'

const SPOILT_FRAMES = 1_500

interface Report {
  readonly frames: number
  readonly rssMb: number
  readonly slowest: readonly { readonly name: string; readonly bytes: number; readonly ms: number }[]
}

/** In files, so that the process measured holds no more than one frame at a time. */
const writeFrames = (folder: string): void => {
  for (const { name, text } of corpus(SPOILT_FRAMES)) writeFileSync(join(folder, name), text)
}

/** How long a frame of a hostile server keeps the main process, from its bytes to typed events or a refusal. */
export const hostileFrame = async (): Promise<BenchmarkLine> => {
  const worker = await bundle('hostile-frame', join(import.meta.dirname, 'worker.ts'))
  const folder = mkdtempSync(join(tmpdir(), 'sidetone-frames-'))
  try {
    writeFrames(folder)
    const { stdout } = await promisify(execFile)(electronBinary(), ['--expose-gc', worker, folder], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      timeout: 120_000,
    })
    const { frames, rssMb, slowest } = JSON.parse(stdout) as Report
    const stallMs = slowest[0]?.ms ?? Number.NaN
    return {
      name: 'hostile-frame',
      longestStallMs: round(stallMs, 1),
      rssMb: round(rssMb, 1),
      frames,
      slowest: slowest.map(({ name, bytes, ms }) => ({ name, bytes, ms: round(ms, 1) })),
      goal: 'no frame up to 1 MiB + 1 byte stalls the process for more than 30 ms; all of them cost at most 20 MB',
      met: stallMs <= 30 && rssMb <= 20,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
