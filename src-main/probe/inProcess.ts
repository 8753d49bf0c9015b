import { systemClock } from '../platform/clock'
import { probeCli } from './cli'
import { proxyFromEnvironment } from './proxyFromEnvironment'

/** Runs the program on this process and ends it with the program's exit status. */
export const probeInProcess = async (argv: readonly string[], command: string): Promise<never> => {
  const abort = new AbortController()
  const stop = (): void => {
    // A second one no longer waits for the good-bye.
    if (abort.signal.aborted) process.exit(1)
    abort.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // Whoever read the output (`| head -1`) has seen enough.
  process.stdout.on('error', () => abort.abort())
  const code = await probeCli({
    argv,
    env: process.env,
    command,
    stdin: process.stdin,
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    clock: systemClock,
    proxyFor: proxyFromEnvironment(process.env),
    signal: abort.signal,
  }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  })
  // What was written must have left; a connection that was presumed dead may still have timers.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()))
  return process.exit(code)
}
