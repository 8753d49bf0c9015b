import { parseArgs } from 'node:util'
import type { BenchmarkLine } from './line'

const { values, positionals: names } = parseArgs({
  options: { hours: { type: 'string', default: '9' } },
  allowPositionals: true,
})
const hours = Number(values.hours)
if (!(hours > 0 && hours <= 9)) {
  process.stderr.write(`--hours takes a number up to 9, not "${values.hours}".\n`)
  process.exit(2)
}

/** Loaded one by one: what the others need is neither read nor in the way. */
const benchmarks: Readonly<Record<string, () => Promise<BenchmarkLine>>> = {
  'decode-rate': async () => (await import('./decode-rate/index')).decodeRate(),
  'herd-10000': async () => (await import('./herd/index')).herd10000(),
  'herd-rest': async () => (await import('./herd-rest/index')).herdRest(),
  'outage-total': async () => (await import('./outage-total/index')).outageTotal(),
  'detect-half-open': async () => (await import('./detect-half-open/index')).detectHalfOpen(),
  'hostile-frame': async () => (await import('./hostile-frame/index')).hostileFrame(),
  'reconnect-kill': async () => (await import('./reconnect-kill/index')).reconnectKill(),
  'reconnect-1000': async () => (await import('./reconnect-1000/index')).reconnect1000(),
  'trace-cost': async () => (await import('./trace-cost/index')).traceCost(),
  'cold-start': async () => (await import('./cold-start/index')).coldStart(),
  'roster-2000': async () => (await import('./roster-2000/index')).roster2000(),
  'bundle-shift': async () => (await import('./bundle-shift/index')).bundleShift(),
  'trace-scroll': async () => (await import('./trace-scroll/index')).traceScroll(),
  soak: async () => (await import('./soak/index')).soak(hours),
}
/** Minutes long: only by name. */
const ON_DEMAND: ReadonlySet<string> = new Set(['reconnect-1000', 'soak'])

const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark named ${unknown.join(', ')}. Known: ${Object.keys(benchmarks).join(', ')}\n`,
  )
  process.exit(2)
}
const usual = Object.keys(benchmarks).filter((name) => !ON_DEMAND.has(name))

// One after the other: they would disturb each other. A benchmark that cannot run fails, it is never skipped.
let allMet = true
for (const name of names.length > 0 ? names : usual) {
  const line = await benchmarks[name]?.()
  if (line) process.stdout.write(`${JSON.stringify(line)}\n`)
  allMet &&= line?.met ?? false
}
process.exitCode = allMet ? 0 : 1
