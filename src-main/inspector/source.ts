import type {
  AttemptDetail,
  AttemptSummary,
  HealthView,
  TraceEntry,
  TraceFilter,
  TracePage,
} from '../../src-contract/inspector'

/** What the views read: of the living session, or of a bundle that was opened. */
export interface InspectorSource {
  /** Newest last, at most 500. */
  attempts(): readonly AttemptSummary[]
  attempt(id: number): AttemptDetail | null
  /** `lastMs`: null for the whole shift. */
  health(lastMs: number | null): HealthView
  /** `from`: position in the filtered list; null for the newest `count`. */
  tracePage(filter: TraceFilter, from: number | null, count: number): Promise<TracePage>
  traceEntry(seq: number): Promise<TraceEntry | null>
}
