/*
 * @peculiar/x509 insists on the Reflect metadata API at import (its container asks for it), yet needs only
 * these three functions and no metadata of its own. Tests only, so a whole polyfill would be too much.
 */
const store = new WeakMap<object, Map<unknown, unknown>>()

const getOwnMetadata = (key: unknown, target: object): unknown => store.get(target)?.get(key)

const getMetadata = (key: unknown, target: object): unknown => {
  for (let at: object | null = target; at !== null; at = Reflect.getPrototypeOf(at)) {
    if (store.get(at)?.has(key) === true) return getOwnMetadata(key, at)
  }
  return undefined
}

const defineMetadata = (key: unknown, value: unknown, target: object): void => {
  const known = store.get(target) ?? new Map<unknown, unknown>()
  store.set(target, known.set(key, value))
}

Object.assign(Reflect, { getMetadata, getOwnMetadata, defineMetadata })
