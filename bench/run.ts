import type { BenchmarkLine } from './line'

/** Loaded one by one: what the others need is neither read nor in the way. */
const benchmarks: Readonly<Record<string, () => Promise<BenchmarkLine>>> = {
  'decode-rate': async () => (await import('./decode-rate/index')).decodeRate(),
  'herd-10000': async () => (await import('./herd/index')).herd10000(),
  'detect-half-open': async () => (await import('./detect-half-open/index')).detectHalfOpen(),
  'reconnect-kill': async () => (await import('./reconnect-kill/index')).reconnectKill(),
  'reconnect-1000': async () => (await import('./reconnect-1000/index')).reconnect1000(),
  'herd-rest': async () => (await import('./herd-rest/index')).herdRest(),
  'outage-total': async () => (await import('./outage-total/index')).outageTotal(),
  'hostile-frame': async () => (await import('./hostile-frame/index')).hostileFrame(),
  'cold-start': async () => (await import('./cold-start/index')).coldStart(),
  'roster-2000': async () => (await import('./roster-2000/index')).roster2000(),
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
