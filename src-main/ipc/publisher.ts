import type { CollectionChange, Patch, Snapshot } from '../../src-contract/patch'
import type { Collections, SliceName, Slices } from '../../src-contract/state'
import { keyedChanges, keyedValues, type Keyed } from '../session/keyed'
import type { ViewCollections } from '../session/view'

/** At most one patch per frame and window: batching saves work, a message costs 0.1 ms (performance.md 1.4). */
const FRAME_MS = 16

/** A window, as the publisher sees it. */
export interface PatchTarget {
  send(patch: Patch): void
}

export interface PublisherOptions {
  /** Another one each time main starts. */
  readonly epoch: string
  readonly serverNow: () => number
  readonly slices: () => Slices
  readonly collections: () => ViewCollections
  /** Runs once after `ms`. */
  readonly schedule: (run: () => void, ms: number) => unknown
  /** A window that is gone throws when spoken to. */
  readonly failed?: (error: unknown) => void
}

export interface Publisher {
  /** Something changed, maybe: call it as often as you like. */
  changed(): void
  /** The whole state for a window that starts, reloads or lost a patch; patches to it follow from there. */
  subscribe(target: PatchTarget): Snapshot
  detach(target: PatchTarget): void
  /** Sends what is due now, without waiting for the frame. */
  flush(): void
}

interface Sent {
  seq: number
  slices: Slices
  collections: ViewCollections
}

const changedSlices = (before: Slices, after: Slices): Partial<Slices> | null => {
  const names = (Object.keys(after) as readonly SliceName[]).filter((name) => before[name] !== after[name])
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, after[name]]))
}

function changeOf<T extends { readonly id: string }>(
  before: Keyed<T>,
  after: Keyed<T>,
): CollectionChange<T> | null {
  if (before === after) return null
  if (after.size === 0) return before.size === 0 ? null : { cleared: true }
  const { set, removed } = keyedChanges(before, after)
  if (set.length === 0 && removed.length === 0) return null
  return {
    ...(set.length === 0 ? {} : { set }),
    ...(removed.length === 0 ? {} : { removed }),
  }
}

function changedCollections(
  before: ViewCollections,
  after: ViewCollections,
): NonNullable<Patch['collections']> | null {
  if (before === after) return null
  const members = changeOf(before.members, after.members)
  const calls = changeOf(before.calls, after.calls)
  const feed = changeOf(before.feed, after.feed)
  if (members === null && calls === null && feed === null) return null
  return { ...(members && { members }), ...(calls && { calls }), ...(feed && { feed }) }
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : one.id > other.id ? 1 : 0

const listed = <K extends keyof Collections>(keyed: Keyed<Collections[K]>): readonly Collections[K][] =>
  [...keyedValues(keyed)].sort(byId)

/**
 * Tells windows what changed, by comparing what they were last told with what is true now: identity decides, so that
 * ten changes within a frame cost one patch, and unchanged parts cost nothing. Each window has its own numbers.
 */
export function createPublisher(options: PublisherOptions): Publisher {
  const sent = new Map<PatchTarget, Sent>()
  let scheduled = false

  function update(target: PatchTarget, last: Sent): void {
    const slices = options.slices()
    const collections = options.collections()
    const changed = changedSlices(last.slices, slices)
    const moved = changedCollections(last.collections, collections)
    if (changed === null && moved === null) return
    last.seq += 1
    last.slices = slices
    last.collections = collections
    const patch: Patch = {
      epoch: options.epoch,
      seq: last.seq,
      at: options.serverNow(),
      ...(changed === null ? {} : { slices: changed }),
      ...(moved === null ? {} : { collections: moved }),
    }
    try {
      target.send(patch)
    } catch (error) {
      // Its next message would not fit any more; it asks again, or it is gone.
      sent.delete(target)
      options.failed?.(error)
    }
  }

  function flush(): void {
    for (const [target, last] of [...sent]) update(target, last)
  }

  return {
    changed() {
      if (scheduled || sent.size === 0) return
      scheduled = true
      options.schedule(() => {
        scheduled = false
        flush()
      }, FRAME_MS)
    },
    subscribe(target) {
      const seq = (sent.get(target)?.seq ?? 0) + 1
      const slices = options.slices()
      const collections = options.collections()
      sent.set(target, { seq, slices, collections })
      return {
        epoch: options.epoch,
        seq,
        at: options.serverNow(),
        slices,
        collections: {
          members: listed<'members'>(collections.members),
          calls: listed<'calls'>(collections.calls),
          feed: listed<'feed'>(collections.feed),
        },
      }
    },
    detach(target) {
      sent.delete(target)
    },
    flush,
  }
}
