import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { electronBinary, sandboxArguments } from '../electron'
import type { BenchmarkLine } from '../line'
import { bootstrap, median, round } from '../statistics'

// Single starts differ by a tenth; the interval of the ratio is to be a few hundredths wide.
const STARTS = 60
const LIMIT_MS = 20_000
const project = join(import.meta.dirname, '..', '..')

/** Milliseconds from spawn to a field that has the focus, two frames later. */
const start = (app: string, profile: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(
      electronBinary(),
      [...sandboxArguments(), `--user-data-dir=${profile}`, '-r', join(import.meta.dirname, 'mark.cjs'), app],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
        // The packaged app starts without the simulator, so it must not run here either.
        env: { ...process.env, SIDETONE_PROFILE: profile, SIDETONE_NO_SIMULATOR: '1' },
      },
    )
    let interactive: number | null = null
    const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('interactive')) interactive ??= performance.now() - began
    })
    child.once('error', reject)
    child.once('close', () => {
      clearTimeout(limit)
      if (interactive === null) reject(new Error(`${app} was not interactive within ${LIMIT_MS / 1000} s`))
      else resolve(interactive)
    })
  })

/** Spawn to a focusable sign-in form, against an Electron that shows a static page, turn by turn. */
export const coldStart = async (): Promise<BenchmarkLine> => {
  const profiles = [
    mkdtempSync(join(tmpdir(), 'sidetone-bench-')),
    mkdtempSync(join(tmpdir(), 'sidetone-bench-')),
  ] as const
  try {
    const minimalApp = join(import.meta.dirname, 'minimal-app')
    const ours: number[] = []
    const minimal: number[] = []
    for (let turn = 0; turn <= STARTS; turn += 1) {
      const pair = [await start(minimalApp, profiles[0]), await start(project, profiles[1])] as const
      // The first turn makes both profiles.
      if (turn > 0) {
        minimal.push(pair[0])
        ours.push(pair[1])
      }
    }
    const ratio = bootstrap(ours.map((value, index) => value / (minimal[index] ?? Number.NaN)))
    return {
      name: 'cold-start',
      ms: round(median(ours), 0),
      minimalMs: round(median(minimal), 0),
      ratio,
      starts: STARTS,
      goal: 'to a focusable sign-in form in at most 1.15x an empty Electron',
      met: ratio.high <= 1.15,
    }
  } finally {
    for (const profile of profiles) rmSync(profile, { recursive: true, force: true })
  }
}
