/**
 * `npm run -s probe -- --server HOST[:PORT] ...`: tests a connection to Finesse stage by stage. See docs/probe.md.
 * Exit status 0: live, or reachable without a password; 1: failed; 2: wrong arguments.
 */
import { systemClock } from '../src-main/platform/clock'
import { probeCli } from '../src-main/probe/cli'
import { proxyFromEnvironment } from '../src-main/probe/proxyFromEnvironment'

const abort = new AbortController()
const stop = (): void => {
  // A second one no longer waits for the good-bye.
  if (abort.signal.aborted) process.exit(1)
  abort.abort()
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

const code = await probeCli({
  argv: process.argv.slice(2),
  env: process.env,
  command: 'npm run -s probe --',
  stdin: process.stdin,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  clock: systemClock,
  proxyFor: proxyFromEnvironment(process.env),
  signal: abort.signal,
})
// A connection that was presumed dead may still have timers.
process.exitCode = code
process.stdout.write('', () => process.exit(code))
