import {
  type AttemptDetail,
  type HealthView,
  type TraceEntry,
  type TraceFilter,
  type TraceRow,
} from '../../../src-contract/inspector'
import { prettyText } from '../../inspector/pretty'
import type { InspectorSource } from '../../inspector/source'
import { SAMPLE_AT } from './samples'

export const EMPTY_HEALTH: HealthView = {
  stepMs: 10_000,
  from: SAMPLE_AT,
  to: SAMPLE_AT + 60_000,
  points: [{ at: SAMPLE_AT, roundTripMs: 12, driftMs: -40, pingsLost: 0 }],
  states: [{ from: SAMPLE_AT, to: null, state: 'READY', look: 'ready' }],
  calls: [],
  disconnects: [],
}

export interface Lists {
  readonly attempts: readonly AttemptDetail[]
  readonly health: HealthView
  /** Oldest first. */
  readonly entries: readonly TraceEntry[]
}

const rowOf = ({ text: _, ...row }: TraceEntry): TraceRow => row

const fits = (entry: TraceEntry, { kinds, text, failedOnly }: TraceFilter): boolean =>
  (kinds.length === 0 || kinds.includes(entry.kind)) &&
  (entry.failed || !failedOnly) &&
  [entry.line, entry.text].some((part) => part.toLowerCase().includes(text.toLowerCase()))

/** The plainest source there is: what every other one is compared with. */
export const createListSource = ({ attempts, health, entries }: Lists): InspectorSource => ({
  attempts: () => attempts.map(({ mode: _m, stages: _s, calls: _c, ...summary }) => summary),
  attempt: (id) => attempts.find((attempt) => attempt.id === id) ?? null,
  health: () => health,
  tracePage: async (filter, from, count) => {
    const found = entries.filter((entry) => fits(entry, filter))
    const start = Math.min(Math.max(0, from ?? found.length - count), found.length)
    return {
      first: 0,
      end: found.length,
      from: start,
      rows: found.slice(start, start + count).map(rowOf),
    }
  },
  traceEntry: async (seq) => {
    const entry = entries.find((one) => one.seq === seq)
    return entry === undefined ? null : { ...entry, text: await prettyText(entry.text) }
  },
})
