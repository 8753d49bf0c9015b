import type { FinesseClock } from '../notifications/types'

/** Neither accepted nor refused when the race was over. */
const OPEN = 'NO_ANSWER'

/** What became of each address that was tried, in the order of the attempts. */
export interface Tried {
  /** Returns what notes the outcome: `ok`, or the code of the error. */
  begin(address: string): (outcome: string) => void
  /** `<address> <outcome> <ms> ms` each; `NO_ANSWER` for those still open. */
  told(): readonly string[]
}

export const createTried = (clock: FinesseClock): Tried => {
  const attempts: {
    readonly address: string
    readonly since: number
    end: { outcome: string; ms: number } | null
  }[] = []
  return {
    begin: (address) => {
      const since = clock.monotonic()
      const at = attempts.push({ address, since, end: null }) - 1
      return (outcome) => {
        const attempt = attempts[at]
        if (attempt !== undefined) attempt.end = { outcome, ms: clock.monotonic() - since }
      }
    },
    told: () =>
      attempts.map(({ address, since, end }) => {
        const { outcome, ms } = end ?? { outcome: OPEN, ms: clock.monotonic() - since }
        return `${address} ${outcome} ${String(Math.round(ms))} ms`
      }),
  }
}
