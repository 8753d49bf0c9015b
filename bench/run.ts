import { coldStart } from './cold-start/index'
import { decodeRate } from './decode-rate/index'
import type { BenchmarkLine } from './line'
import { roster2000 } from './roster-2000/index'

const benchmarks: Readonly<Record<string, () => Promise<BenchmarkLine>>> = {
  'decode-rate': decodeRate,
  'cold-start': coldStart,
  'roster-2000': roster2000,
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark named ${unknown.join(', ')}. Known: ${Object.keys(benchmarks).join(', ')}\n`,
  )
  process.exit(2)
}

// One after the other: they would disturb each other. A benchmark that cannot run fails, it is never skipped.
let allMet = true
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  const line = await benchmarks[name]?.()
  if (line) process.stdout.write(`${JSON.stringify(line)}\n`)
  allMet &&= line?.met ?? false
}
process.exitCode = allMet ? 0 : 1
