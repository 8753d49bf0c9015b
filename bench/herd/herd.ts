import { percentile } from '../statistics'
import { createTimeline } from '../virtual/timeline'

/** Milliseconds before try number `tries`, the first after the loss being 0. */
export type Delay = (tries: number, random: number) => number

export interface HerdResult {
  /** The most tries in any second. */
  readonly peakPerSecond: number
  /** 99 of 100 clients are back, ms after the loss. */
  readonly p99Ms: number
  /** Mean number of tries of one client. */
  readonly tries: number
}

/** Whoever is not back after an hour never will be. */
const LIMIT_MS = 3_600_000

/**
 * All clients lose node A at time 0. Each tries node B after the delay the rule gives, again and again until it is
 * admitted. A is dead: trying it costs nobody anything.
 */
export const runHerd = (
  clients: number,
  admittedPerSecond: number,
  delay: Delay,
  random: () => number,
): HerdResult => {
  const timeline = createTimeline()
  const perSecond = new Map<number, { tries: number; admitted: number }>()
  const backAt: number[] = []
  let all = 0
  const attempt = (tries: number): void => {
    timeline.after(delay(tries, random()), () => {
      const second = Math.floor(timeline.now() / 1000)
      const load = perSecond.get(second) ?? { tries: 0, admitted: 0 }
      perSecond.set(second, load)
      load.tries += 1
      all += 1
      if (load.admitted >= admittedPerSecond) return attempt(tries + 1)
      load.admitted += 1
      backAt.push(timeline.now())
    })
  }
  for (let client = 0; client < clients; client += 1) attempt(0)
  while (timeline.step(LIMIT_MS));
  const missing = clients - backAt.length
  return {
    peakPerSecond: Math.max(...[...perSecond.values()].map(({ tries }) => tries)),
    p99Ms: percentile([...backAt, ...Array<number>(missing).fill(LIMIT_MS)], 0.99),
    tries: all / clients,
  }
}
