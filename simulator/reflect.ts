/*
 * @peculiar/x509 builds on tsyringe, which refuses to load without the metadata half of Reflect, and neither
 * brings one. These two functions are all they call.
 */

const metadata = new WeakMap<object, Map<unknown, unknown>>()

function ownMetadata(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key)
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const own = metadata.get(target) ?? new Map<unknown, unknown>()
  metadata.set(target, own.set(key, value))
}

if (!('getMetadata' in Reflect))
  Object.assign(Reflect, { getMetadata: ownMetadata, getOwnMetadata: ownMetadata, defineMetadata })

export {}
