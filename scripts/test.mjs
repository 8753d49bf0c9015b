// `npm test`: the unit tests (vitest), then the app in a real Electron window (Playwright). Both always run, so that
// one run tells everything; the last line adds up what both of them counted.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { projectFolder } from './runtime/paths.mjs'
import { addUp, countsLine, endToEndCounts, executedNothing, unitCounts } from './tests/counts.mjs'
import { reports } from './tests/reports.mjs'
import { endToEndSkips, unitSkips } from './tests/skips.mjs'

const bin = path.join(projectFolder, 'node_modules', '.bin')

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` },
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status === 0
}

/** The test set of Debian packages comes first: unit tests use prosody and openssl too. */
function runAll() {
  const prepared = run('node', ['scripts/prepare-machine.mjs'])
  const unit = run('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path.relative(projectFolder, reports.unit)}`,
  ])
  const endToEnd =
    run('node', ['scripts/electron-runtime.mjs']) &&
    run('electron-vite', ['build', '--logLevel', 'warn']) &&
    run('node', ['scripts/with-desktop.mjs', '--for-tests', 'playwright', 'test', '--project=app'])
  return prepared && unit && endToEnd
}

for (const file of Object.values(reports)) fs.rmSync(file, { force: true })
const succeeded = runAll()
const unit = unitCounts(reports.unit)
const endToEnd = endToEndCounts(reports.endToEnd)
const idle = [
  ...(executedNothing(unit) ? ['vitest'] : []),
  ...(executedNothing(endToEnd) ? ['playwright'] : []),
]
if (idle.length > 0) console.error(`No test was executed by: ${idle.join(', ')}`)
for (const skip of [...unitSkips(reports.unit), ...endToEndSkips(reports.endToEnd)]) {
  console.log(`\n*** SKIPPED ${skip}`)
}
console.log(`\nvitest: ${unit ? countsLine(unit) : 'no report'}`)
console.log(`playwright: ${endToEnd ? countsLine(endToEnd) : 'no report'}`)
console.log(countsLine(addUp([unit, endToEnd])))
process.exitCode = succeeded && idle.length === 0 ? 0 : 1
