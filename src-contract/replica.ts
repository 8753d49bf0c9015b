import type { CollectionChange, Patch, Snapshot } from './patch'
import type { CollectionName, Collections, SliceName, Slices } from './state'

// Records, so that a slice or collection added to the contract and forgotten here does not compile.
const SLICE_TABLE: Readonly<Record<SliceName, true>> = {
  app: true,
  settings: true,
  signIn: true,
  session: true,
  connection: true,
  agent: true,
  choices: true,
  request: true,
  reasons: true,
  team: true,
  gap: true,
  prompt: true,
  inspector: true,
}
const COLLECTION_TABLE: Readonly<Record<CollectionName, true>> = { members: true, calls: true, feed: true }

const SLICE_NAMES = Object.keys(SLICE_TABLE) as readonly SliceName[]
const COLLECTION_NAMES = Object.keys(COLLECTION_TABLE) as readonly CollectionName[]

/** Patches kept while the snapshot is under way; beyond this the gap they leave makes us ask again. */
const BUFFER_LIMIT = 1_000

export type ReplicaCollections = { readonly [K in CollectionName]: ReadonlyMap<string, Collections[K]> }

/** What one message changed. `collections` lists changes in the order they were applied. */
export interface ReplicaStep {
  /** Ask main for a new snapshot now. True once; then not again until a snapshot came. */
  readonly ask: boolean
  /** Names of slices whose value is another object than before. */
  readonly slices: readonly SliceName[]
  readonly collections: readonly CollectionName[]
  /** Server time (epoch ms) of the newest message applied, to set the clock by; null: nothing was applied. */
  readonly at: number | null
}

export interface Replica {
  /** Null until the first snapshot. */
  slices(): Slices | null
  /** The same Map objects for ever, changed in place: copying 10,000 entries a frame would cost more than the patch. */
  readonly collections: ReplicaCollections
  receive(message: Snapshot | Patch): ReplicaStep
  /** The request for a snapshot failed: let the next gap ask again. */
  askFailed(): void
}

const isSnapshot = (message: Snapshot | Patch): message is Snapshot =>
  Array.isArray(message.collections?.feed)

/**
 * The receiving end of snapshot + numbered patches. Usage: listen for patches first, then ask for the snapshot and
 * hand both to `receive` as they come. Rules: before the snapshot keep what arrives; drop `seq <= mine`;
 * apply `mine + 1`; anything else, or another epoch: ask again and keep what arrives meanwhile.
 */
export function createReplica(): Replica {
  const collections: { readonly [K in CollectionName]: Map<string, Collections[K]> } = {
    members: new Map(),
    calls: new Map(),
    feed: new Map(),
  }
  let slices: Slices | null = null
  let epoch = ''
  let seq = -1
  let waiting = true
  let kept: Patch[] = []

  const keep = (patch: Patch) => {
    if (kept.length < BUFFER_LIMIT) kept.push(patch)
  }

  function adopt(snapshot: Snapshot): void {
    slices = snapshot.slices
    epoch = snapshot.epoch
    seq = snapshot.seq
    for (const name of COLLECTION_NAMES) change(name, { cleared: true, set: snapshot.collections[name] })
  }

  function change<K extends CollectionName>(name: K, what: CollectionChange<Collections[K]>): void {
    const map: Map<string, Collections[K]> = collections[name]
    if (what.cleared) map.clear()
    for (const id of what.removed ?? []) map.delete(id)
    for (const value of what.set ?? []) map.set(value.id, value)
  }

  function apply(patch: Patch, touched: Touched): void {
    seq = patch.seq
    touched.at = patch.at
    if (patch.slices && slices) {
      slices = { ...slices, ...patch.slices }
      for (const name of SLICE_NAMES) if (name in patch.slices) touched.slices.add(name)
    }
    for (const name of COLLECTION_NAMES) {
      const what = patch.collections?.[name]
      if (what === undefined) continue
      change(name, what as CollectionChange<Collections[typeof name]>)
      touched.collections.add(name)
    }
  }

  /** True when the patch did not fit. */
  function takePatch(patch: Patch, touched: Touched): boolean {
    if (slices !== null && patch.epoch === epoch && patch.seq <= seq) return false
    if (waiting) {
      keep(patch)
      return false
    }
    if (patch.epoch === epoch && patch.seq === seq + 1) {
      apply(patch, touched)
      return false
    }
    waiting = true
    keep(patch)
    return true
  }

  function takeSnapshot(snapshot: Snapshot, touched: Touched): boolean {
    waiting = false
    const older = slices !== null && snapshot.epoch === epoch && snapshot.seq < seq
    if (!older) {
      adopt(snapshot)
      touched.at = snapshot.at
      for (const name of SLICE_NAMES) touched.slices.add(name)
      for (const name of COLLECTION_NAMES) touched.collections.add(name)
    }
    const backlog = kept.filter((patch) => patch.epoch === epoch)
    kept = []
    return backlog.reduce((gap, patch) => takePatch(patch, touched) || gap, false)
  }

  return {
    slices: () => slices,
    collections,
    receive(message) {
      const touched: Touched = { slices: new Set(), collections: new Set(), at: null }
      const ask = isSnapshot(message) ? takeSnapshot(message, touched) : takePatch(message, touched)
      return {
        ask,
        slices: [...touched.slices],
        collections: [...touched.collections],
        at: touched.at,
      }
    },
    askFailed() {
      waiting = false
    },
  }
}

interface Touched {
  readonly slices: Set<SliceName>
  readonly collections: Set<CollectionName>
  at: number | null
}
