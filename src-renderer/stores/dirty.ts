import type { Patch, Snapshot } from '../../src-contract/patch'

/** Ids of entities that changed since the last look; `all` when that is cheaper or safer to say. */
export interface Dirty {
  all: boolean
  readonly ids: Set<string>
}

export const createDirty = (): Dirty => ({ all: true, ids: new Set() })

const isSnapshot = (message: Snapshot | Patch): message is Snapshot =>
  Array.isArray(message.collections?.members)

export const noteDirty = (dirty: Dirty, message: Snapshot | Patch): void => {
  const change = isSnapshot(message) ? null : message.collections?.members
  if (!change || change.cleared) {
    dirty.all = true
    dirty.ids.clear()
    return
  }
  if (dirty.all) return
  for (const member of change.set ?? []) dirty.ids.add(member.id)
  for (const id of change.removed ?? []) dirty.ids.add(id)
}

export const takeDirty = (dirty: Dirty): 'all' | ReadonlySet<string> => {
  const taken = dirty.all ? 'all' : new Set(dirty.ids)
  dirty.all = false
  dirty.ids.clear()
  return taken
}
