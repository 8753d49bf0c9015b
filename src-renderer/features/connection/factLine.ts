import type { StageRecord } from '../../../src-contract/connection'

const MAX_PARTS = 3

/** The first facts of a stage on one line, as the server gave them. */
export const factLine = (facts: StageRecord['facts']): string =>
  Object.values(facts)
    .flatMap((value) => (typeof value === 'object' ? value.slice(0, 1) : [String(value)]))
    .filter((value) => value !== '')
    .slice(0, MAX_PARTS)
    .join(' · ')
