import { basename } from 'node:path'
import { systemClock } from '../platform/clock'
import { createRedactor } from '../platform/redact'
import { probeCli } from '../probe/cli'
import { proxyFromEnvironment } from '../probe/proxyFromEnvironment'
import { effectiveLocale } from './locale'

/** Runs the program on this process and ends it with the program's exit status. */
export const probeInProcess = async (argv: readonly string[], command: string): Promise<never> => {
  const { env } = process
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
    locale: effectiveLocale('system', [env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en']),
    command,
    stdin: process.stdin,
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    clock: systemClock,
    redactor: createRedactor(),
    proxyFor: proxyFromEnvironment(env),
    signal: abort.signal,
  }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  })
  // What was written must have left; a connection that was presumed dead may still have timers.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()))
  return process.exit(code)
}

/**
 * `sidetone --probe ...`: before Electron is ready, hence without a window, a tray, a display or a lock.
 * `--` right after it is left out: Electron on Windows reads no options behind something like `host:port` without it.
 */
export const probeInApp = (probeAt: number): Promise<never> => {
  const words = process.argv.slice(probeAt + 1)
  const command = `${basename(process.argv[0] ?? 'sidetone')} --probe`
  return probeInProcess(words[0] === '--' ? words.slice(1) : words, command)
}
