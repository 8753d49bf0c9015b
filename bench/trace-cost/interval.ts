export interface MeanInterval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** Two-sided 95 % quantiles of Student's t for 1 to 30 degrees of freedom. */
const T95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]

/** Mean of at least two values with its 95 % interval (Student's t). */
export const meanInterval = (values: readonly number[]): MeanInterval => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const freedom = values.length - 1
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / freedom
  const half = (T95[Math.min(freedom, T95.length) - 1] ?? Number.NaN) * Math.sqrt(variance / values.length)
  return { mean, low: mean - half, high: mean + half }
}
