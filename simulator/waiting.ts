import type { RequestMatch } from './controlTypes'
import type { Log, RequestEntry } from './log'

export const DEFAULT_WAIT_MS = 10_000

/** Looks at every change of the log until something is found. Real time: it is the test that waits. */
export function until<T>(log: Log, find: () => T | null, timeoutMs: number, what: string): Promise<T> {
  const found = find()
  if (found !== null) return Promise.resolve(found)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new ControlProblem(`waited ${String(timeoutMs)} ms in vain for ${what}`))
    }, timeoutMs)
    const stop = log.watch(() => {
      const value = find()
      if (value === null) return
      clearTimeout(timer)
      stop()
      resolve(value)
    })
  })
}

/** Something was asked that this world cannot do. A mistake in a test, therefore thrown. */
export class ControlProblem extends Error {
  override readonly name = 'ControlProblem'
}

export const matches = (entry: RequestEntry, match: RequestMatch): boolean =>
  (match.node === undefined || entry.node === match.node) &&
  (match.method === undefined || entry.method === match.method) &&
  (match.status === undefined || entry.status === match.status) &&
  (match.path === undefined || entry.path.includes(match.path)) &&
  (match.body === undefined || (entry.body ?? '').includes(match.body))
