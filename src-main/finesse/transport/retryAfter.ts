import type { EpochMs } from '../model'

/** A server may ask for patience, not for giving up. */
const MAX_MS = 3_600_000

/** `Retry-After` in milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3); null when unreadable. */
export const parseRetryAfter = (header: string | undefined, now: EpochMs): number | null => {
  const text = header?.trim() ?? ''
  const wanted = /^\d{1,9}$/.test(text)
    ? Number(text) * 1000
    : /[a-z]/i.test(text)
      ? Date.parse(text) - now
      : NaN
  return Number.isNaN(wanted) ? null : Math.min(Math.max(wanted, 0), MAX_MS)
}
