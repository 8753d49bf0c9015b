import type { BenchmarkLine } from '../line'
import { generator, round } from '../statistics'
import { OUT_SECONDS, runFleet, type FleetRun } from './fleet'

const CLIENTS = 10_000
const END_SECONDS = OUT_SECONDS + 60
/** What an even spread would take: the mean first poll U(2, 5) s, Cisco's poll of 20 s, the spread of a fleet's return. */
const EVEN_SECONDS = { firstPolls: 3.5, laterPolls: 20, comeback: 10 }
const FIRST_POLLS = [0, 6] as const
/** By then every poll is at its longest. */
const LATER_POLLS = [25, OUT_SECONDS] as const
const COMEBACK = [OUT_SECONDS, END_SECONDS] as const
const BOUND = 2

const most = (figures: readonly number[]): number => Math.max(...figures)
const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0)

const comeback = (run: FleetRun, kind: 'systemInfo' | 'read' | 'session'): number => {
  const arrivals = run.arrivals([kind], ...COMEBACK)
  const even = sum(arrivals) / EVEN_SECONDS.comeback
  return even === 0 ? 0 : round(most(arrivals) / even, 2)
}

const peakReads = (run: FleetRun): number => most(run.arrivals(['read'], ...COMEBACK))

/** Peak over an even spread, for each kind of load: both nodes say for a minute that they are out of service. */
export const measurePolled = async (clients: number) => {
  const run = await runFleet(clients, 'outOfService', generator(1))
  const polls = (seconds: readonly [number, number], evenSeconds: number): number =>
    round(most(run.arrivals(['systemInfo'], ...seconds)) / (clients / evenSeconds), 2)
  const ratios = {
    firstPolls: polls(FIRST_POLLS, EVEN_SECONDS.firstPolls),
    laterPolls: polls(LATER_POLLS, EVEN_SECONDS.laterPolls),
    systemInfoAtReturn: comeback(run, 'systemInfo'),
    readsAtReturn: comeback(run, 'read'),
  }
  return { ratios, peakReadsPerSecond: peakReads(run), notBack: clients - run.back }
}

/** The same when both are dead for a minute. */
export const measureDead = async (clients: number) => {
  const run = await runFleet(clients, 'refused', generator(2))
  const ratios = {
    systemInfoAtReturn: comeback(run, 'systemInfo'),
    sessionsAtReturn: comeback(run, 'session'),
    readsAtReturn: comeback(run, 'read'),
  }
  return { ratios, peakReadsPerSecond: peakReads(run), notBack: clients - run.back }
}

export const isMet = (
  ...measured: readonly { readonly ratios: Readonly<Record<string, number>>; readonly notBack: number }[]
): boolean =>
  measured.every(
    ({ ratios, notBack }) => notBack === 0 && Object.values(ratios).every((ratio) => ratio <= BOUND),
  )

/** What a fleet asks of its servers around an outage of both: SystemInfo while they are out, and all it reads again. */
export const herdRest = async (): Promise<BenchmarkLine> => {
  const outOfService = await measurePolled(CLIENTS)
  const dead = await measureDead(CLIENTS)
  return {
    name: 'herd-rest',
    outOfService,
    dead,
    clients: CLIENTS,
    evenSeconds: EVEN_SECONDS,
    goal: 'in no second more than twice what an even spread would bring to one node',
    met: isMet(outOfService, dead),
  }
}
