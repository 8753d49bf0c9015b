/** What every benchmark prints: one JSON line. Figures of the same run only; `met` is what the interval proves. */
export interface BenchmarkLine {
  readonly name: string
  readonly goal: string
  readonly met: boolean
  readonly [figure: string]: unknown
}
