import { basename } from 'node:path'
import { probeInProcess } from './inProcess'

/**
 * `sidetone --probe ...`: before Electron is ready, hence without a window, a tray, a display or a lock.
 * `--` right after it is left out: Electron on Windows reads no options behind something like `host:port` without it.
 */
export const probeInApp = (probeAt: number): Promise<never> => {
  const words = process.argv.slice(probeAt + 1)
  const command = `${basename(process.argv[0] ?? 'sidetone')} --probe`
  return probeInProcess(words[0] === '--' ? words.slice(1) : words, command)
}
