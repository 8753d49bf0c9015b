import type { BenchmarkLine } from '../line'
import { generator, median, percentile, round } from '../statistics'
import { OUTAGES, runOutage, type Outage } from './outage'

const COUNT = 200
const SEED = 20_260_120
/** Finesse signs an agent out 60 s after it lost the desktop. */
const BUDGET_MS = 60_000
const BOUND_MS = 50_000
const NEVER_MS = 600_000

const totals = (outages: readonly Outage[]): readonly number[] =>
  outages.map(({ totalMs }) => totalMs ?? NEVER_MS)

const seconds = (ms: number): number => round(ms / 1000, 1)

const figures = (outages: readonly Outage[]) => ({
  outages: outages.length,
  noticedP99Seconds: seconds(
    percentile(
      outages.map(({ noticedMs }) => noticedMs ?? NEVER_MS),
      0.99,
    ),
  ),
  medianSeconds: seconds(median(totals(outages))),
  worstSeconds: seconds(Math.max(...totals(outages))),
})

/** From the moment the node in use is lost to the session alive and read again: detection, delay and reconnect. */
export const outageTotal = async (): Promise<BenchmarkLine> => {
  const random = generator(SEED)
  const outages: Outage[] = []
  for (let index = 0; index < COUNT; index += 1) {
    const kind = OUTAGES[index % OUTAGES.length] ?? 'reset'
    // Up to 250 ms: an agent at home on another continent. Alive for 35 to 95 s: any phase of ping and poll.
    outages.push(await runOutage(kind, 5 + random() * 245, 35_000 + random() * 60_000, random))
  }
  const p99 = percentile(totals(outages), 0.99)
  return {
    name: 'outage-total',
    p50Seconds: seconds(median(totals(outages))),
    p99Seconds: seconds(p99),
    worstSeconds: seconds(Math.max(...totals(outages))),
    budgetSeconds: seconds(BUDGET_MS),
    ...Object.fromEntries(
      OUTAGES.map((kind) => [kind, figures(outages.filter((outage) => outage.kind === kind))]),
    ),
    seed: SEED,
    goal: 'p99 of detection + delay + reconnect over 200 random outages below 50 s, other node healthy',
    met: p99 < BOUND_MS,
  }
}
