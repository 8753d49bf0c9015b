import type { Cause } from '../../src-contract/causes/ids'
import type { NodeName } from '../../src-contract/connection'
import type { CallSpan, Disconnect, HealthPoint, HealthView, StateSpan } from '../../src-contract/inspector'
import type { Look } from '../../src-contract/model'
import type { Problem } from '../../src-contract/problem'

/** The shift on one time axis, all in server time. Bounded: 24 h of points, the last spans. */
export interface Health {
  ping(roundTripMs: number, at: number): void
  pingLost(at: number): void
  drift(ms: number, at: number): void
  /** Null: nobody is signed in. */
  state(state: { readonly state: string; readonly look: Look } | null, at: number): void
  callBegan(id: string, at: number): void
  callEnded(id: string, at: number): void
  lost(
    outage: { readonly problem: Problem; readonly cause: Cause; readonly fromNode: NodeName },
    at: number,
  ): void
  /** While an outage is open: how many tries so far. */
  tried(tries: number): void
  /** Null: it was not restored, the person left. */
  restored(toNode: NodeName | null, at: number): void
  isLost(): boolean
  /** Counting of disconnects begins anew. */
  shiftBegan(at: number): void
  disconnects(): number
  view(lastMs: number | null, now: number): HealthView
}

const STEP_MS = 10_000
const POINTS = 8_640
const MOST_SPANS = 4_000
const MOST_DISCONNECTS = 1_000

const overlaps = (span: { readonly from: number; readonly to: number | null }, from: number): boolean =>
  span.to === null || span.to >= from

/** Longest round trip, last drift and lost pings of each ten seconds, in a circle of typed arrays. */
const createPoints = () => {
  const step = new Float64Array(POINTS).fill(-1)
  const roundTrip = new Float32Array(POINTS)
  const drift = new Float64Array(POINTS)
  const lost = new Uint16Array(POINTS)

  const rowAt = (at: number): number => {
    const number = Math.floor(at / STEP_MS)
    const row = ((number % POINTS) + POINTS) % POINTS
    if (step[row] !== number) {
      step[row] = number
      roundTrip[row] = Number.NaN
      drift[row] = Number.NaN
      lost[row] = 0
    }
    return row
  }
  const measured = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : Math.round(value * 10) / 10

  return {
    ping: (ms: number, at: number) => {
      const row = rowAt(at)
      const before = roundTrip[row] ?? Number.NaN
      roundTrip[row] = Number.isNaN(before) ? ms : Math.max(before, ms)
    },
    pingLost: (at: number) => {
      const row = rowAt(at)
      lost[row] = (lost[row] ?? 0) + 1
    },
    drift: (ms: number, at: number) => {
      drift[rowAt(at)] = ms
    },
    between: (from: number, to: number): readonly HealthPoint[] => {
      const found: HealthPoint[] = []
      const first = Math.max(Math.floor(from / STEP_MS), Math.floor(to / STEP_MS) - POINTS + 1)
      for (let number = first; number <= Math.floor(to / STEP_MS); number += 1) {
        const row = ((number % POINTS) + POINTS) % POINTS
        if (step[row] !== number) continue
        found.push({
          at: number * STEP_MS,
          roundTripMs: measured(roundTrip[row]),
          driftMs: measured(drift[row]),
          pingsLost: lost[row] ?? 0,
        })
      }
      return found
    },
  }
}

export const createHealth = (): Health => {
  const points = createPoints()
  let states: readonly StateSpan[] = []
  let calls: readonly CallSpan[] = []
  const openCalls = new Map<string, number>()
  let outages: readonly Disconnect[] = []
  let began: number | null = null
  let shift: number | null = null
  const note = (at: number): void => {
    began ??= at
  }

  const closeState = (at: number): void => {
    const last = states.at(-1)
    if (last?.to === null) states = [...states.slice(0, -1), { ...last, to: Math.max(last.from, at) }]
  }
  const changeOutage = (change: Partial<Disconnect>): void => {
    const last = outages.at(-1)
    if (last?.to === null) outages = [...outages.slice(0, -1), { ...last, ...change }]
  }

  return {
    ping: (ms, at) => {
      note(at)
      points.ping(ms, at)
    },
    pingLost: (at) => {
      note(at)
      points.pingLost(at)
    },
    drift: (ms, at) => {
      note(at)
      points.drift(ms, at)
    },
    state: (next, at) => {
      const last = states.at(-1)
      if (next !== null && last?.to === null && last.state === next.state && last.look === next.look) return
      closeState(at)
      if (next === null) return
      note(at)
      const from = Math.max(at, last?.to ?? at)
      states = [...states, { from, to: null, ...next }].slice(-MOST_SPANS)
    },
    callBegan: (id, at) => {
      note(at)
      if (!openCalls.has(id) && openCalls.size < MOST_SPANS) openCalls.set(id, at)
    },
    callEnded: (id, at) => {
      const from = openCalls.get(id)
      if (from === undefined) return
      openCalls.delete(id)
      calls = [...calls, { from, to: Math.max(from, at) }].slice(-MOST_SPANS)
    },
    lost: ({ problem, cause, fromNode }, at) => {
      note(at)
      outages = [...outages, { from: at, to: null, fromNode, toNode: null, problem, cause, tries: 0 }].slice(
        -MOST_DISCONNECTS,
      )
    },
    tried: (tries) => changeOutage({ tries }),
    restored: (toNode, at) => {
      const from = outages.at(-1)?.from ?? at
      changeOutage({ to: Math.max(from, at), toNode })
    },
    isLost: () => outages.at(-1)?.to === null,
    shiftBegan: (at) => {
      note(at)
      shift = at
    },
    disconnects: () => outages.filter(({ from }) => from >= (shift ?? from)).length,
    view: (lastMs, now) => {
      const from = lastMs === null ? (shift ?? began ?? now) : now - lastMs
      return {
        stepMs: STEP_MS,
        from: Math.min(from, now),
        to: now,
        points: points.between(from, now),
        states: states.filter((span) => overlaps(span, from)),
        calls: [...calls, ...[...openCalls.values()].map((at) => ({ from: at, to: null }))].filter((span) =>
          overlaps(span, from),
        ),
        disconnects: outages.filter((outage) => overlaps(outage, from)),
      }
    },
  }
}
