import { createVirtualClient } from '../virtual/client'
import { createVirtualClock } from '../virtual/clock'
import { createWorld, type NodeMode } from '../virtual/world'

/** reset: one RST, the node stays healthy. The others last. */
export const OUTAGES = ['reset', 'refused', 'swallowed', 'deaf', 'outOfService'] as const
export type OutageKind = (typeof OUTAGES)[number]

export interface Outage {
  readonly kind: OutageKind
  readonly roundTripMs: number
  /** How long the session had lived when it happened, ms: any phase of the pings. */
  readonly after: number
  /** Until the session lives again on a healthy node, everything read; null: not within the limit. */
  readonly totalMs: number | null
  /** Until it is noticed. */
  readonly noticedMs: number | null
}

const LIMIT_MS = 600_000

/** One agent, one outage of the node in use, the other node healthy. */
export const runOutage = async (
  kind: OutageKind,
  roundTripMs: number,
  after: number,
  random: () => number,
): Promise<Outage> => {
  const clock = createVirtualClock()
  const world = createWorld(clock, random, roundTripMs)
  const { runtime, signIn } = createVirtualClient(world, true)
  const phase = () => runtime.view().slices.session.phase
  signIn()
  await clock.run(LIMIT_MS, () => phase() === 'online')
  await clock.run(clock.monotonic() + after)
  const inUse = world.nodes.find(({ links }) => links.size > 0)
  if (phase() !== 'online' || inUse === undefined) throw new Error('The session never came up.')

  const start = clock.monotonic()
  let noticedAt: number | undefined
  const isNoticed = (): boolean => phase() !== 'online' || runtime.state().service.status !== 'ok'
  if (kind === 'reset') world.reset(inUse)
  else world.set(inUse, kind satisfies NodeMode)
  const isBack = (): boolean => {
    if (isNoticed()) noticedAt ??= clock.monotonic()
    if (noticedAt === undefined || isNoticed()) return false
    return world.nodes.some(
      ({ mode, links }) => mode === 'up' && [...links].some(({ since }) => since >= start),
    )
  }
  await clock.run(start + LIMIT_MS, isBack)
  const outage = {
    kind,
    roundTripMs,
    after,
    totalMs: isBack() ? clock.monotonic() - start : null,
    noticedMs: noticedAt === undefined ? null : noticedAt - start,
  }
  void runtime.stop(0)
  return outage
}
