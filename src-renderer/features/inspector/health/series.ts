import type { HealthPoint, HealthView } from '../../../../src-contract/inspector'

/** Columns for the chart: seconds, round trip, drift, lost pings. */
export type Columns = [number[], (number | null)[], (number | null)[], (number | null)[]]

/** The server's clock is asked every five to six minutes; what it said holds until the next answer is due. */
const DRIFT_HOLDS_MS = 7 * 60_000

/** With the drift that was measured last in the points in which it was not measured. */
export const holdingDrift = (view: HealthView): HealthView => {
  let last: HealthPoint | null = null
  const points = view.points.map((point): HealthPoint => {
    if (point.driftMs !== null) return (last = point)
    return last !== null && point.at - last.at <= DRIFT_HOLDS_MS ? { ...point, driftMs: last.driftMs } : point
  })
  return { ...view, points }
}

/** Two stretches of nothing make a hole in the line. */
const HOLE = 1.6

/** Stretches without a measurement become holes: a line across them would claim that there was one. */
export const columnsOf = (view: Pick<HealthView, 'stepMs' | 'points'>): Columns => {
  const columns: Columns = [[], [], [], []]
  const push = (at: number, point: HealthPoint | null): void => {
    columns[0].push(at / 1000)
    columns[1].push(point?.roundTripMs ?? null)
    columns[2].push(point?.driftMs ?? null)
    columns[3].push(point && point.pingsLost > 0 ? point.pingsLost : null)
  }
  let before: number | null = null
  for (const point of view.points) {
    if (before !== null && point.at - before > view.stepMs * HOLE) push(before + view.stepMs, null)
    push(point.at, point)
    before = point.at
  }
  return columns
}

/** A shift that has just begun is drawn on an axis one can read. */
const SHORTEST_MS = 10 * 60_000

/** What the chart shows, in seconds. */
export const shownSpan = (view: Pick<HealthView, 'from' | 'to'>): { min: number; max: number } => ({
  min: Math.min(view.from, view.to - SHORTEST_MS) / 1000,
  max: view.to / 1000,
})

/** The point whose stretch holds `at`; null in a hole. */
export const pointAt = (view: Pick<HealthView, 'stepMs' | 'points'>, at: number): HealthPoint | null => {
  let low = 0
  let high = view.points.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const point = view.points[middle]
    if (!point) return null
    if (at < point.at) high = middle - 1
    else if (at >= point.at + view.stepMs) low = middle + 1
    else return point
  }
  return null
}

export interface HealthRow {
  readonly from: number
  readonly to: number
  readonly medianMs: number | null
  readonly worstMs: number | null
  readonly pingsLost: number
  readonly disconnects: number
}

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

/** The shift in rows of `minutes`, for the table. */
export const rowsOf = (view: HealthView, minutes: number): readonly HealthRow[] => {
  const length = minutes * 60_000
  const rows: HealthRow[] = []
  for (let from = view.from; from < view.to; from += length) {
    const to = Math.min(view.to, from + length)
    const points = view.points.filter((point) => point.at >= from && point.at < to)
    const trips = points.map((point) => point.roundTripMs).filter((ms) => ms !== null)
    rows.push({
      from,
      to,
      medianMs: median(trips),
      worstMs: trips.length === 0 ? null : Math.max(...trips),
      pingsLost: points.reduce((sum, point) => sum + point.pingsLost, 0),
      disconnects: view.disconnects.filter((each) => each.from >= from && each.from < to).length,
    })
  }
  return rows
}

/** Rows of a length that leaves at most 24 of them. */
export const minutesFor = (view: Pick<HealthView, 'from' | 'to'>): number =>
  [5, 10, 15, 30, 60].find((minutes) => (view.to - view.from) / (minutes * 60_000) <= 24) ?? 60
