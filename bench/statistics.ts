/** The middle value; of an even number the mean of the two middle ones. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits))

/** The value that `share` (0 to 1) of all values do not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Slope of the line of least squares through points `[x, y]`: y per x. */
export const slope = (points: readonly (readonly [number, number])[]): number => {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  const below = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return below === 0 ? Number.NaN : above / below
}

/** A small deterministic generator (mulberry32), uniform in [0, 1): the same seed tells the same story. */
export const generator = (seed: number) => (): number => {
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
