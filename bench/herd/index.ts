import { delayBefore } from '../../src-main/session/connection/backOff'
import type { BenchmarkLine } from '../line'
import { generator, median, round } from '../statistics'
import { runHerd, type Delay } from './herd'

const CLIENTS = 10_000
const ADMITTED_PER_SECOND = [100, 500] as const
const SEEDS = [1, 2, 3, 4, 5] as const
/** Rejected clients come back at a healthy server: `cause` is the server's all the way. */
const shipped =
  (agents: number | null): Delay =>
  (tries, random) =>
    delayBefore(tries, 'server', random, null, agents)

/** stanza 12: 2^n seconds and up to one more, 32 at most, n from 1 (its `Client`): without chance from the fifth on. */
const stanzaDefault: Delay = (tries, random) => 1000 * Math.min(32, 2 ** Math.min(tries + 1, 10) + random)
/** The textbook: U(0, min(30 s, 1 s x 2^n)). */
const fullJitter: Delay = (tries, random) => random * Math.min(30_000, 1000 * 2 ** Math.min(tries, 10))

interface Figures {
  readonly peakPerSecond: number
  readonly p99OverIdeal: number
  readonly tries: number
}

const measure = (delay: Delay, admitted: number): Figures => {
  const runs = SEEDS.map((seed) => runHerd(CLIENTS, admitted, delay, generator(seed)))
  const ideal = (CLIENTS / admitted) * 1000
  return {
    peakPerSecond: median(runs.map(({ peakPerSecond }) => peakPerSecond)),
    p99OverIdeal: round(median(runs.map(({ p99Ms }) => p99Ms / ideal)), 2),
    tries: round(median(runs.map(({ tries }) => tries)), 2),
  }
}

const atBoth = (delay: Delay): Readonly<Record<string, Figures>> =>
  Object.fromEntries(ADMITTED_PER_SECOND.map((admitted) => [admitted, measure(delay, admitted)]))

const holds = ({ peakPerSecond, p99OverIdeal, tries }: Figures): boolean =>
  peakPerSecond <= CLIENTS / 6 && p99OverIdeal <= 1.7 && tries <= 5

/** 10,000 clients lose their node in one instant; the other one admits some a second. Virtual time, medians of 5 seeds. */
export const herd10000 = (): Promise<BenchmarkLine> => {
  const sizeUnknown = atBoth(shipped(null))
  const sizeKnown = atBoth(shipped(CLIENTS))
  return Promise.resolve({
    name: 'herd-10000',
    sizeUnknown,
    sizeKnown,
    stanzaDefault: atBoth(stanzaDefault),
    fullJitter: atBoth(fullJitter),
    clients: CLIENTS,
    goal: 'at 100 and 500 sessions/s: peak at most N/6 per second, p99 at most 1.7x ideal, at most 5 tries',
    met: [...Object.values(sizeUnknown), ...Object.values(sizeKnown)].every(holds),
  })
}
