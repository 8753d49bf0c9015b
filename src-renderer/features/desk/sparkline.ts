import type { HealthPoint } from '../../../src-contract/inspector'

/** Two stretches of nothing make a hole in the line. */
const HOLE = 1.6
/** The lowest top of the scale, ms: a calm line does not fill the height. */
const CALM_MS = 40

/**
 * The round trip as the path of an SVG of `width` x `height`, holes where nothing was measured. `from` to `to` is the
 * whole width.
 */
export const sparklineOf = (
  points: readonly HealthPoint[],
  span: { readonly from: number; readonly to: number; readonly stepMs: number },
  width: number,
  height: number,
): string => {
  const measured = points.filter((point) => point.roundTripMs !== null)
  const top = Math.max(CALM_MS, ...measured.map((point) => point.roundTripMs ?? 0))
  const length = Math.max(1, span.to - span.from)
  let before: number | null = null
  return measured
    .map(({ at, roundTripMs }) => {
      const joined = before !== null && at - before <= span.stepMs * HOLE
      before = at
      const x = ((at - span.from) / length) * width
      const y = height - ((roundTripMs ?? 0) / top) * height
      // A point that stands alone is a dot: a line of no length with round ends.
      return joined ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}h0`
    })
    .join('')
}
