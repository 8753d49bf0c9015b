import { expect } from 'vitest'
import type { User } from '../../finesse/model'
import { keyedValues } from '../keyed'
import { createBench, settle, USER_NODE } from './bench'
import { user, userUpdate } from './samples'

export type Bench = ReturnType<typeof createBench>

/** The User of our agent changes now, as Finesse tells it. */
export const becomes = async (bench: Bench, state: string, part: Partial<User> = {}) => {
  await bench.clock.advance(1)
  bench.notify(USER_NODE, userUpdate(user(state, { stateChangeTime: bench.clock.now(), ...part })))
  await settle()
}

export async function online(spoil: (bench: Bench) => void = () => undefined) {
  const bench = createBench()
  spoil(bench)
  await bench.signIn()
  await settle()
  bench.ready()
  await settle()
  await becomes(bench, 'NOT_READY')
  await settle()
  expect(bench.session().phase).toBe('online')
  return bench
}

/** What the feed holds, oldest first. */
export const feed = (bench: Bench) =>
  [...keyedValues(bench.runtime.view().collections.feed)]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ what }) => what)

/** Without the notifications that changed nothing and those we have no words for. */
export const kinds = (bench: Bench) =>
  feed(bench)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'noted' && kind !== 'other')

export const setState = (bench: Bench, state: 'READY' | 'NOT_READY', reasonCodeId: string | null = null) =>
  bench.commands['agent.setState']({ state, reasonCodeId })
