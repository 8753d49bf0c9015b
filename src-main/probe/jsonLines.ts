import type { SelfTestCheck } from '../../src-contract/inspector'
import type { ProbeOutcome } from './types'

const tenths = (ms: number | null): number => Math.round((ms ?? 0) * 10) / 10

const day = (ms: number): string => new Date(ms).toISOString()

/**
 * One check. `ok` is false when it failed or works only in part (`detail.partly`); a stage that was left out is ok,
 * with `detail.skipped`. `ms` is 0 where nothing was measured.
 */
export const checkLine = ({ stage, server, status, ms, ...seen }: SelfTestCheck): string => {
  const { facts, chain, problem, cause } = seen
  const dated = chain.map((one) => ({ ...one, validFrom: day(one.validFrom), validTo: day(one.validTo) }))
  const detail = {
    server,
    ...facts,
    ...(status === 'skipped' ? { skipped: true } : {}),
    ...(status === 'degraded' ? { partly: true } : {}),
    ...(chain.length === 0 ? {} : { chain: dated }),
    ...(problem === null ? {} : { problem }),
    ...(cause === null ? {} : { cause }),
  }
  return JSON.stringify({ stage, ok: status === 'ok' || status === 'skipped', ms: tenths(ms), detail })
}

/** The last line. `missing`: what did not work beside it, as `stage@host:port`. */
export const resultLine = ({ result, failedAt, cause, missing }: ProbeOutcome): string =>
  JSON.stringify({
    result,
    failedAt,
    cause: cause?.id ?? null,
    missing: missing.map(({ stage, server }) => `${stage}@${server}`),
  })
