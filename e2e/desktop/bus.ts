import dbus from 'dbus-next'

export type Bus = dbus.MessageBus

/** Connects to the session bus of this process, which has to be a private one (see scripts/with-desktop.mjs). */
export async function connectToBus(): Promise<Bus> {
  if (!process.env.DBUS_SESSION_BUS_ADDRESS) {
    throw new Error('There is no session bus: run the tests through scripts/with-desktop.mjs')
  }
  const bus = dbus.sessionBus()
  await new Promise<void>((resolve, reject) => {
    bus.on('connect', resolve)
    bus.on('error', reject)
  })
  return bus
}

/** Owning a name may not fail quietly: somebody else's service would then get what the tests wait for. */
export async function ownName(bus: Bus, name: string): Promise<void> {
  const reply = await bus.requestName(name, dbus.NameFlag.DO_NOT_QUEUE)
  const owner = [dbus.RequestNameReply.PRIMARY_OWNER, dbus.RequestNameReply.ALREADY_OWNER]
  if (!owner.includes(reply)) throw new Error(`${name} is taken: this is not a private session bus`)
}

export type Address = { readonly destination: string; readonly path: string; readonly iface: string }

/**
 * One raw method call. Chromium's objects answer no introspection, so dbus-next's proxies do not work on them.
 * @returns the reply's arguments
 */
export async function call(
  bus: Bus,
  { destination, path, iface }: Address,
  member: string,
  signature = '',
  body: readonly unknown[] = [],
): Promise<readonly unknown[]> {
  const reply = await bus.call(
    new dbus.Message({ destination, path, interface: iface, member, signature, body: [...body] }),
  )
  return (reply?.body ?? []) as readonly unknown[]
}

export function variant(signature: string, value: unknown): dbus.Variant<unknown> {
  return new dbus.Variant(signature, value)
}

/** A value with all its variants taken off, however deep they sit. */
export function plain(value: unknown): unknown {
  if (value instanceof dbus.Variant) return plain(value.value)
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return value
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
  }
  return value
}
