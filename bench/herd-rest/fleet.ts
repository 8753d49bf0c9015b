import { createVirtualClient } from '../virtual/client'
import { createVirtualClock } from '../virtual/clock'
import { createWorld, type Kind, type NodeMode } from '../virtual/world'

/** Arrivals of one kind at one node, by second since both were lost. */
export type PerSecond = readonly number[]

export interface FleetRun {
  readonly out: Exclude<NodeMode, 'up'>
  /** The busier node of the two, second by second. */
  readonly arrivals: (kinds: readonly Kind[], fromSecond: number, toSecond: number) => PerSecond
  /** Clients that live again at the end. */
  readonly back: number
}

export const OUT_SECONDS = 60
/** Longer than any delay and any poll. */
const AFTER_SECONDS = 60
const ROUND_TRIP_MS = 20
const SIGN_IN_MS = 60_000
const SETTLED_MS = 120_000

/** A fleet at node A; both nodes go for a minute and come back in the same instant. The shipped session in virtual time. */
export const runFleet = async (
  clients: number,
  out: Exclude<NodeMode, 'up'>,
  random: () => number,
): Promise<FleetRun> => {
  const clock = createVirtualClock()
  let start = Infinity
  const seen = new Map<string, number>()
  const key = (node: string, kind: Kind, second: number): string => `${node} ${kind} ${String(second)}`
  const world = createWorld(clock, random, ROUND_TRIP_MS, (node, kind) => {
    const at = key(node.name, kind, Math.floor((clock.monotonic() - start) / 1000))
    seen.set(at, (seen.get(at) ?? 0) + 1)
  })
  const fleet = Array.from({ length: clients }, () => createVirtualClient(world, false))
  // A shift begins in the course of a minute.
  for (const client of fleet) clock.after(random() * SIGN_IN_MS, client.signIn)
  await clock.run(SIGN_IN_MS + SETTLED_MS)
  start = SIGN_IN_MS + SETTLED_MS
  for (const node of world.nodes) world.set(node, out)
  await clock.run(start + OUT_SECONDS * 1000)
  for (const node of world.nodes) world.set(node, 'up')
  await clock.run(start + (OUT_SECONDS + AFTER_SECONDS) * 1000)
  const back = fleet.filter(
    ({ runtime }) =>
      runtime.view().slices.session.phase === 'online' && runtime.state().service.status === 'ok',
  ).length
  for (const { runtime } of fleet) void runtime.stop(0)
  return {
    out,
    back,
    arrivals: (kinds, fromSecond, toSecond) =>
      Array.from({ length: toSecond - fromSecond }, (_, index) =>
        Math.max(
          ...world.nodes.map(({ name }) =>
            kinds.reduce((sum, kind) => sum + (seen.get(key(name, kind, fromSecond + index)) ?? 0), 0),
          ),
        ),
      ),
  }
}
