import type { Bridge } from '../../src-contract/channels'
import type { CommandName } from '../../src-contract/commands'
import type { Patch, Snapshot } from '../../src-contract/patch'

export interface FakeBridge extends Bridge {
  /** Sends the next numbered patch. */
  send(change: Omit<Patch, 'epoch' | 'seq' | 'at'>): void
  /** Commands as they came, oldest first. */
  readonly asked: { readonly name: string; readonly input: unknown }[]
}

/** What main says to a command, by its name; `null` where nothing is given. */
export type Answers = { readonly [N in CommandName]?: (input: unknown) => unknown }

/** Before anything was captured. */
const NOTHING: Answers = {
  'inspector.attempts': () => [],
  'inspector.health': () => ({
    stepMs: 60_000,
    from: 0,
    to: 0,
    points: [],
    states: [],
    calls: [],
    disconnects: [],
  }),
  'trace.page': () => ({ first: 0, end: 0, from: 0, rows: [] }),
}

/** A main process of one snapshot, for tests and for looking at views. Answers every command with ok. */
export const createFakeBridge = (
  snapshot: Snapshot,
  now: () => number,
  answers: Answers = {},
): FakeBridge => {
  const listeners = new Set<(patch: Patch) => void>()
  const asked: FakeBridge['asked'] = []
  let seq = snapshot.seq
  return {
    asked,
    // The number of the newest patch: an old one would have the replica ask again for ever.
    subscribe: () => Promise.resolve({ ...snapshot, seq }),
    onPatch: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    command: (name, input) => {
      asked.push({ name, input })
      const answer = answers[name] ?? NOTHING[name]
      return Promise.resolve(answer ? answer(input) : null).then((value) => ({ ok: true, value }) as never)
    },
    send: (change) => {
      seq += 1
      const patch: Patch = { epoch: snapshot.epoch, seq, at: now(), ...change }
      for (const listener of listeners) listener(patch)
    },
  }
}
