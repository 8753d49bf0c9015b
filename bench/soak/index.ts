import type { BenchmarkLine } from '../line'
import { launchSignedIn, type LaunchedApp } from '../sidetone'
import { startSimulator } from '../simulator'
import { round, slope } from '../statistics'
import { wrongs } from './check'
import { lossesSeen, watchLosses, type Loss } from './page'
import { measure, type Figure, type Sample } from './measure'
import { planOf, type Part } from './plan'
import { createShift, type Shift } from './shift'
import { createStorm, type Storm } from './storm'

const MEMBERS = 200
const BYTES_PER_EVENT = 8
/** What is on its way when a part ends may take so long to be shown. */
const SETTLE_MS = 10_000
/** Bounded lists fill and code is compiled in the first parts. */
const WARM_PARTS = 2
/** Share of a part's events that comes after its interruptions: what a new connection has to learn is then learnt. */
const CALM_SHARE = 0.2

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Everything of a part but the team's events, mixed: interruptions come between calls. */
const agentsDay = async (shift: Shift, part: Part): Promise<void> => {
  const often = [
    ...Array.from({ length: part.stateChanges }, () => shift.stateChange),
    ...Array.from({ length: part.losses }, () => shift.loss),
    ...Array.from({ length: part.failovers }, () => shift.failover),
    ...Array.from({ length: part.sleeps }, () => shift.sleep),
  ]
  const between = Math.max(1, Math.ceil(part.calls / (often.length + 1)))
  for (let index = 0; index < Math.max(part.calls, often.length * between); index += 1) {
    if (index < part.calls) await shift.call()
    if (index % between === 0) await often[index / between]?.()
  }
}

/** Empty when what is shown is right, at the latest after the settling time. */
const compare = async (shift: Shift): Promise<readonly string[]> => {
  const limit = performance.now() + SETTLE_MS
  for (;;) {
    const found = wrongs(await shift.shown(), await shift.truth())
    if (found.length === 0 || performance.now() > limit) return found
    await pause(100)
  }
}

const PLANNED: ReadonlySet<string> = new Set(['loss', 'failover', 'sleep'])

/** Asked for by the soak itself, in a moment when the app was back already. */
const ASKED = 'reconnectAsked'

/** Of each planned loss the first; what is left nobody asked for. With what was done last. */
const unplannedOf = (losses: readonly Loss[], { done }: Shift): readonly string[] => {
  const expected = done.filter(({ step }) => PLANNED.has(step))
  const first = new Set(expected.map(({ from, to }) => losses.find(({ at }) => at >= from && at <= to)))
  return losses
    .filter((loss) => !first.has(loss) && loss.cause !== ASKED)
    .map(({ cause, at }) => {
      const last = done.findLast(({ from }) => from <= at)
      return `${cause}, ${String(at - (last?.from ?? at))} ms after the beginning of ${last?.step ?? 'nothing'}`
    })
}

/** Smallest of the last parts against the largest of the first: what comes and goes is no leak. */
const left = (samples: readonly Sample[], figure: Figure): number => {
  const values = samples.map((sample) => sample[figure])
  return Math.max(0, Math.min(...values.slice(-3)) - Math.max(...values.slice(0, 3)))
}

/** One of everything before anything is measured: what the window shows for the first time is no leak. */
const REHEARSAL: Part = {
  teamEvents: 0,
  calls: 1,
  stateChanges: 1,
  losses: 1,
  failovers: 1,
  sleeps: 1,
  endsInCall: false,
}

interface Ran {
  readonly wrong: readonly string[]
  readonly losses: readonly Loss[]
  /** After so many of the team's events. */
  readonly samples: readonly (readonly [number, Sample])[]
  readonly eventsPerSecond: number
}

const run = async (plan: readonly Part[], app: LaunchedApp, shift: Shift, weather: Storm): Promise<Ran> => {
  await watchLosses(app.page)
  await agentsDay(shift, REHEARSAL)
  const wrong: string[] = [...(await compare(shift))]
  const samples: (readonly [number, Sample])[] = [[0, await measure(app)]]
  let events = 0
  for (const part of plan) {
    const calm = Math.round(part.teamEvents * CALM_SHARE)
    const [sent] = await Promise.all([weather.storm(part.teamEvents - calm), agentsDay(shift, part)])
    events += sent + (await weather.storm(calm))
    const hangUp = part.endsInCall ? await shift.callUp() : null
    wrong.push(...(await compare(shift)))
    await hangUp?.()
    await compare(shift)
    samples.push([events, await measure(app)])
  }
  const eventsPerSecond = (events * 1000) / weather.busyMs()
  return { wrong, losses: await lossesSeen(app.page), samples, eventsPerSecond }
}

const lineOf = (hours: number, plan: readonly Part[], shift: Shift, ran: Ran): BenchmarkLine => {
  const { wrong, losses, samples, eventsPerSecond } = ran
  const warm = samples.slice(WARM_PARTS)
  const perEvent = (figure: Figure): number => slope(warm.map(([at, sample]) => [at, sample[figure]]))
  const heaps = { main: perEvent('mainHeap'), renderer: perEvent('rendererHeap') }
  const counted = warm.map(([, sample]) => sample)
  const remains = {
    mainListeners: left(counted, 'mainListeners'),
    timers: left(counted, 'timers'),
    sockets: left(counted, 'sockets'),
    domNodes: left(counted, 'domNodes'),
    domListeners: left(counted, 'domListeners'),
  }
  const count = (name: Exclude<keyof Part, 'endsInCall'>): number =>
    plan.reduce((sum, part) => sum + part[name], 0)
  const unplanned = unplannedOf(losses, shift)
  return {
    name: 'soak',
    hours,
    wrongStates: wrong.length,
    firstWrong: wrong.slice(0, 5),
    mainBytesPerEvent: round(heaps.main, 2),
    rendererBytesPerEvent: round(heaps.renderer, 2),
    left: remains,
    teamEvents: samples.at(-1)?.[0] ?? 0,
    calls: count('calls'),
    stateChanges: count('stateChanges'),
    losses: count('losses'),
    failovers: count('failovers'),
    sleeps: count('sleeps'),
    unplannedLosses: unplanned.length,
    firstUnplanned: unplanned.slice(0, 5),
    checkpoints: samples.length,
    eventsPerSecond: round(eventsPerSecond, 0),
    heapsMb: samples.map(([, { mainHeap, rendererHeap }]) =>
      [mainHeap, rendererHeap].map((bytes) => round(bytes / 1024 / 1024, 1)),
    ),
    goal: 'no wrong state, no loss of its own; heaps grow by at most 8 bytes an event; listeners, timers, sockets, DOM nodes +0',
    met:
      wrong.length === 0 &&
      unplanned.length === 0 &&
      heaps.main <= BYTES_PER_EVENT &&
      heaps.renderer <= BYTES_PER_EVENT &&
      Object.values(remains).every((more) => more === 0),
  }
}

/** A shift in compressed time: the real app in a real window at the simulator in a process of its own. */
export const soak = async (hours: number): Promise<BenchmarkLine> => {
  const plan = planOf(hours)
  const simulator = await startSimulator(MEMBERS)
  try {
    await simulator.command('keepXmppLog', { keep: false })
    const app = await launchSignedIn(simulator)
    try {
      const shift = createShift(app, simulator)
      return lineOf(hours, plan, shift, await run(plan, app, shift, createStorm(simulator, shift)))
    } finally {
      await app.close()
    }
  } finally {
    simulator.stop()
  }
}
