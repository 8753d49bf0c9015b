import type { CollectionName, Collections, Slices } from './state'
import type { ServerMs } from './model'

/** The whole state as a window gets it first. */
export interface Snapshot {
  /** Changes when main starts anew: older patches mean nothing then. */
  readonly epoch: string
  readonly seq: number
  /** Server time at sending: what the window's clock is set by. */
  readonly at: ServerMs
  readonly slices: Slices
  readonly collections: { readonly [K in CollectionName]: readonly Collections[K][] }
}

export interface CollectionChange<T> {
  /** Present and true: forget all that was there, then `set`. */
  readonly cleared?: true
  readonly set?: readonly T[]
  readonly removed?: readonly string[]
}

/** One numbered step from `seq - 1` to `seq`. */
export interface Patch {
  readonly epoch: string
  readonly seq: number
  readonly at: ServerMs
  readonly slices?: Partial<Slices>
  readonly collections?: { readonly [K in CollectionName]?: CollectionChange<Collections[K]> }
}
