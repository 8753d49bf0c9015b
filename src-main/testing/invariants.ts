import { performance } from 'node:perf_hooks'
import { format } from 'node:util'
import { formsOf, SECRET_MARKER } from './secrets'

export interface Invariants {
  /** Lines to search at the end: an array that is still growing, or a function that gives them. */
  log(lines: readonly string[] | (() => readonly string[])): void
  /** More secrets to look for, beside the marker. */
  secrets(...values: readonly string[]): void
  /** The loop must not stall from here on. Called again, it forgets what was before. */
  watch(): void
  /** What follows is the test's own work: long comparisons, say. */
  unwatch(): void
  /** Ends the watch and says in words what was broken; empty when nothing was. */
  broken(): Promise<readonly string[]>
}

/** What has passed so far, ms. */
export interface Meter {
  now(): number
  /** CPU time of this process. */
  cpu(): number
}

export interface InvariantOptions {
  /** Longest stall of the main loop, ms; null: not measured. */
  readonly stallMs: number | null
  /** Where uncaught errors are told. */
  readonly process?: Pick<NodeJS.Process, 'on' | 'off'>
  /** By what the loop is judged. Default: this process. */
  readonly meter?: Meter
}

const SAMPLE_MS = 5
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const processMeter: Meter = {
  now: () => performance.now(),
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  },
}

/**
 * The longest time the loop was busy at a stretch. A late timer counts only with the CPU time this process really
 * used meanwhile: on a starved machine timers are late although nobody blocks anything.
 */
const watchLoop = (meter: Meter) => {
  let worst = 0
  let at = meter.now()
  let used = meter.cpu()
  const sample = (): void => {
    const now = meter.now()
    const cpu = meter.cpu()
    worst = Math.max(worst, Math.min(now - at, cpu - used))
    at = now
    used = cpu
  }
  const timer = setInterval(sample, SAMPLE_MS)
  return (): number => {
    clearInterval(timer)
    sample()
    return worst
  }
}

const METHODS = ['debug', 'error', 'info', 'log', 'warn'] as const

/** What is printed while a test runs is a log too. */
const keepPrinted = (printed: string[]) => {
  const { console } = globalThis
  const originals = METHODS.map((method) => [method, console[method]] as const)
  for (const [method, original] of originals) {
    console[method] = (...values: unknown[]) => {
      printed.push(format(...values))
      original.apply(console, values)
    }
  }
  return (): void => {
    for (const [method, original] of originals) console[method] = original
  }
}

/** The four things that must hold whatever goes wrong: see `faultTest`. */
export const watchInvariants = (options: InvariantOptions): Invariants => {
  const { stallMs, process: source = process, meter = processMeter } = options
  const uncaught: string[] = []
  const printed: string[] = []
  const logs: Array<() => readonly string[]> = [() => printed]
  const secrets = new Set([SECRET_MARKER])
  let stopWatch: (() => number) | undefined
  let worst: number | undefined

  const onException = (error: unknown): void => void uncaught.push(`uncaught exception: ${format(error)}`)
  const onRejection = (reason: unknown): void => void uncaught.push(`unhandled rejection: ${format(reason)}`)
  source.on('uncaughtException', onException)
  source.on('unhandledRejection', onRejection)
  const restoreConsole = keepPrinted(printed)

  const leaks = (): readonly string[] => {
    const forms = [...secrets].flatMap(formsOf)
    return logs
      .flatMap((lines) => lines())
      .filter((line) => forms.some((form) => line.includes(form)))
      .map((line) => `secret in the log: ${line.slice(0, 500)}`)
  }
  const unwatch = (): void => {
    if (stopWatch !== undefined) worst = Math.max(worst ?? 0, stopWatch())
    stopWatch = undefined
  }
  const stall = (): readonly string[] => {
    unwatch()
    if (stallMs === null) return []
    if (worst === undefined) return ['the main loop was never watched: call watch()']
    return worst < stallMs ? [] : [`the main loop stalled for ${worst.toFixed(0)} ms`]
  }

  return {
    log: (lines) => void logs.push(typeof lines === 'function' ? lines : () => lines),
    secrets: (...values) => {
      for (const value of values) secrets.add(value)
    },
    watch: () => {
      stopWatch?.()
      worst = undefined
      stopWatch = watchLoop(meter)
    },
    unwatch,
    broken: async () => {
      const stalled = stall()
      // Node tells of a rejection only after the turn in which it happened; sockets tell of their end even later.
      for (let turns = 0; turns < 5; turns += 1) await turn()
      source.off('uncaughtException', onException)
      source.off('unhandledRejection', onRejection)
      restoreConsole()
      return [...uncaught, ...leaks(), ...stalled]
    },
  }
}
