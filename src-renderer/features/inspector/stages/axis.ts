import type { AttemptDetail, RestCallView, StageDetail } from '../../../../src-contract/inspector'
import type { ServerMs } from '../../../../src-contract/model'

/** The stretch of time that the bars of an attempt share. */
export interface Axis {
  readonly from: ServerMs
  /** Its length; at least 1. */
  readonly ms: number
}

/** Where a bar lies, in percent of the axis. */
export interface Placed {
  readonly start: number
  readonly size: number
}

const endOf = (stage: StageDetail, now: ServerMs): number | null => {
  if (stage.startedAt === null) return null
  if (stage.status === 'running') return now
  return stage.ms === null ? null : stage.startedAt + stage.ms
}

/** Room at the end, so that the last bar does not touch the edge. */
const ROOM = 1.02
/** A running bar lengthens the axis in steps of this, in ms: it must not crawl with each frame. */
const STEP_MS = 250

/**
 * From the first thing done to the last stage's end. Calls of later hours do not stretch it: they stand below by
 * the time of day.
 */
export const axisOf = (
  attempt: Pick<AttemptDetail, 'startedAt' | 'stages' | 'calls'>,
  now: ServerMs,
): Axis => {
  const ends = attempt.stages.map((stage) => endOf(stage, now)).filter((end) => end !== null)
  const connected = Math.max(attempt.startedAt, ...ends)
  const early = attempt.calls.filter((call) => call.startedAt <= connected)
  const from = Math.min(attempt.startedAt, ...early.map((call) => call.startedAt))
  const to = Math.max(connected, ...early.map((call) => call.startedAt + (call.ms ?? 0)))
  const running = attempt.stages.some((stage) => stage.status === 'running')
  const length = running ? Math.ceil((to - from) / STEP_MS) * STEP_MS : to - from
  return { from, ms: Math.max(1, length * ROOM) }
}

/** Calls on the axis, and those that began after it. */
export const callsOn = (
  axis: Axis,
  calls: readonly RestCallView[],
): { readonly during: readonly RestCallView[]; readonly later: readonly RestCallView[] } => ({
  during: calls.filter((call) => call.startedAt <= axis.from + axis.ms),
  later: calls.filter((call) => call.startedAt > axis.from + axis.ms),
})

const clamp = (percent: number): number => Math.max(0, Math.min(100, percent))

/** What lies beyond the axis is cut off at its ends. */
export const placeOf = (axis: Axis, at: ServerMs, ms: number): Placed => {
  const start = clamp(((at - axis.from) / axis.ms) * 100)
  const end = clamp(((at + Math.max(0, ms) - axis.from) / axis.ms) * 100)
  return { start, size: end - start }
}

/** Marks at 1, 2 or 5 times a power of ten, at most `most` beside the zero; in ms from the start. */
export const ticksOf = (axis: Axis, most = 4): readonly number[] => {
  const rough = axis.ms / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power)
  const ticks: number[] = []
  for (let at = 0; at < axis.ms; at += step) ticks.push(at)
  return ticks
}
