import { test } from 'vitest'
import { type Invariants, watchInvariants } from './invariants'

export type FaultId = `${'N' | 'X' | 'R' | 'F' | 'T' | 'D' | 'P' | 'S' | 'L'}${number}`

export interface FaultRun extends Pick<Invariants, 'log' | 'secrets' | 'watch' | 'unwatch'> {
  /** Undone after the test, the latest first, while exceptions are still being watched. */
  after(undo: () => unknown): void
}

export interface FaultOptions {
  readonly timeoutMs?: number
  /** Why this fault blocks the main loop by itself; the stall is then not measured. */
  readonly blocksBecause?: string
}

const LONGEST_STALL_MS = 100

/**
 * One row of the fault matrix (docs/faults.md) as a test whose title begins with the row's id. Beside what `run`
 * asserts, four things must hold: no uncaught exception, no unhandled rejection, no secret in a log (`t.log`,
 * `t.secrets`; what is printed counts too), and no stall of the main loop of 100 ms or more between `t.watch()`, called
 * when everything is set up, and the end.
 */
export const faultTest = (
  id: FaultId,
  title: string,
  run: (t: FaultRun) => unknown,
  options: FaultOptions = {},
): void => {
  test(`${id}: ${title}`, { timeout: options.timeoutMs ?? 20_000 }, async () => {
    const stallMs = options.blocksBecause === undefined ? LONGEST_STALL_MS : null
    const { broken, ...invariants } = watchInvariants({ stallMs })
    const undone: Array<() => unknown> = []
    let failure: { readonly error: unknown } | undefined
    try {
      await run({ ...invariants, after: (undo) => void undone.push(undo) })
    } catch (error) {
      failure = { error }
    }
    for (const undo of undone.reverse()) await undo()
    const violations = await broken()
    // What the test itself found says more than its consequences.
    if (failure !== undefined) throw failure.error
    if (violations.length > 0) throw new Error(violations.join('\n'))
  })
}
