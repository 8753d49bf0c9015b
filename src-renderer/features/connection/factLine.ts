import type { StageRecord } from '../../../src-contract/connection'

const MAX_PARTS = 3

/** Facts name their unit: those in milliseconds end in `Ms`. */
const textOf = (name: string, value: StageRecord['facts'][string]): string => {
  if (typeof value === 'number')
    return name.endsWith('Ms') ? `${Math.round(value)} ms` : String(Math.round(value))
  return typeof value === 'string' ? value : (value[0] ?? '')
}

/** The first facts of a stage on one line, as the server gave them; what is the same is said once. */
export const factLine = (facts: StageRecord['facts']): string =>
  [...new Set(Object.entries(facts).map(([name, value]) => textOf(name, value)))]
    .filter((value) => value !== '')
    .slice(0, MAX_PARTS)
    .join(' · ')
