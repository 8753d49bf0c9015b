import type { ConnectionFailure } from '../../failures'
import type { StageReport } from '../../stages'
import { type Lookup, openTls, type OpenTlsOptions } from '../connect'
import { createTrust } from '../trust'
import { realClock } from './clocks'

interface Closable {
  readonly close: () => unknown
}

const open: Closable[] = []

/** Closed by `closeKept`, which every test file calls after each test. */
export const kept = async <T extends Closable>(starting: Promise<T> | T): Promise<T> => {
  const started = await starting
  open.push(started)
  return started
}

export const closeKept = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((closable) => closable.close()))
}

export const localLookup: Lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }])

/** `openTls` to localhost, with what it reported. */
export const attempt = async (port: number, caPem: string | null, options: Partial<OpenTlsOptions> = {}) => {
  const reports: StageReport[] = []
  const result = await openTls({
    host: 'localhost',
    port,
    trust: createTrust({ extraCaPem: caPem, pins: [] }),
    clock: realClock,
    lookup: localLookup,
    report: (report) => reports.push(report),
    ...options,
  })
  if (result.ok) await kept({ close: () => result.value.destroy() })
  return { result, reports, steps: reports.map(({ stage, status }) => `${stage} ${status}`) }
}

export const failureOf = async (
  port: number,
  caPem: string | null,
  options: Partial<OpenTlsOptions> = {},
): Promise<ConnectionFailure> => {
  const { result } = await attempt(port, caPem, options)
  if (result.ok) throw new Error('The connection was expected to fail.')
  return result.error
}
