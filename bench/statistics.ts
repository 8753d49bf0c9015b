/** The middle value; of an even number the mean of the two middle ones. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits))

/** A small deterministic generator (mulberry32): the interval of the same figures is always the same. */
const generator = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

export interface Interval {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Median of the rounds' ratios with its 95 % bootstrap interval (2,000 resamples). */
export const bootstrap = (ratios: readonly number[]): Interval => {
  const random = generator(1)
  const medians = Array.from({ length: 2000 }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? Number.NaN)),
  ).sort((a, b) => a - b)
  return { median: round(median(ratios)), low: round(medians[49] ?? NaN), high: round(medians[1949] ?? NaN) }
}
