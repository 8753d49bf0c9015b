import type { AttemptDetail, AttemptSummary } from '../../src-contract/inspector'
import { detailOf, summaryOf, type AttemptWork } from './attemptWork'
import { callView, packed, type KeptCall } from './restCalls'

interface Kept {
  readonly summary: AttemptSummary
  /** As bytes off the heap: nobody may ever look at it. */
  readonly detail: Buffer
  /** Its texts were given up for room. */
  readonly bare: boolean
}

export interface Archive {
  /** Under way. */
  open(attempt: AttemptWork): void
  /** Over: kept from now on as it is. */
  close(attempt: AttemptWork): void
  /** Those that are over go, and the texts of those under way. */
  clear(): void
  summaries(): readonly AttemptSummary[]
  detail(id: number): AttemptDetail | null
  bytes(): number
}

interface Options {
  readonly mostAttempts: number
  readonly mostBytes: number
  /** Of this node around this attempt, oldest first. */
  readonly callsOf: (attempt: AttemptWork) => readonly KeptCall[]
}

/** Kept with an attempt that is over; the list of all calls forgets them sooner. */
const CALLS_KEPT = 60

const bareDetail = (detail: AttemptDetail): AttemptDetail => ({
  ...detail,
  stages: detail.stages.map((stage) => ({ ...stage, exchange: [] })),
  calls: detail.calls.map((call) => ({ ...call, exchange: [] })),
})

const unpack = (detail: Buffer): AttemptDetail => JSON.parse(detail.toString('utf8')) as AttemptDetail

/** The attempts of the shift. When room is short, successful ones lose their texts first: support asks for the failed. */
export const createArchive = ({ mostAttempts, mostBytes, callsOf }: Options): Archive => {
  const open = new Map<number, AttemptWork>()
  const closed = new Map<number, Kept>()
  let bytes = 0

  const put = (kept: Kept): void => {
    bytes += kept.detail.length - (closed.get(kept.summary.id)?.detail.length ?? 0)
    closed.set(kept.summary.id, kept)
  }
  const drop = (kept: Kept): void => {
    bytes -= kept.detail.length
    closed.delete(kept.summary.id)
  }
  const total = (): number => {
    let sum = bytes
    for (const attempt of open.values()) sum += attempt.bytes
    return sum
  }
  const trim = (): void => {
    while (closed.size + open.size > mostAttempts) {
      const [oldest] = closed.values()
      if (oldest === undefined) return
      drop(oldest)
    }
    const spare = (matching: (kept: Kept) => boolean): void => {
      for (const kept of [...closed.values()]) {
        if (total() <= mostBytes) return
        if (!kept.bare && matching(kept))
          put({ summary: kept.summary, detail: packed(bareDetail(unpack(kept.detail))), bare: true })
      }
    }
    spare(({ summary }) => summary.outcome !== 'failed')
    spare(() => true)
    for (const kept of [...closed.values()]) {
      if (total() <= mostBytes) return
      drop(kept)
    }
  }

  return {
    open: (attempt) => {
      open.set(attempt.id, attempt)
      trim()
    },
    close: (attempt) => {
      open.delete(attempt.id)
      const calls = callsOf(attempt)
      const some =
        calls.length <= CALLS_KEPT
          ? calls
          : [...calls.slice(0, CALLS_KEPT / 2), ...calls.slice(-CALLS_KEPT / 2)]
      put({
        summary: summaryOf(attempt),
        detail: packed(detailOf(attempt, some.map(callView))),
        bare: false,
      })
      trim()
    },
    clear: () => {
      closed.clear()
      bytes = 0
      for (const { stages } of open.values()) for (const work of stages) work.exchange = []
    },
    summaries: () =>
      [...[...closed.values()].map(({ summary }) => summary), ...[...open.values()].map(summaryOf)].sort(
        (a, b) => a.id - b.id,
      ),
    detail: (id) => {
      const living = open.get(id)
      if (living !== undefined) return detailOf(living, callsOf(living).map(callView))
      const kept = closed.get(id)
      return kept === undefined ? null : unpack(kept.detail)
    },
    bytes: total,
  }
}
