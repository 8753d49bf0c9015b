/** Which way bytes flow. */
export type Direction = 'toServer' | 'toClient'
export type Directions = Direction | 'both'

/**
 * What the proxy does to connections, those that live and those that come. `once`: to those that live (or to the
 * first one it befalls), then `pass`.
 */
export type ProxyMode =
  | { readonly kind: 'pass' }
  /** Every byte this much later. Default both ways. Real or injected ms. */
  | { readonly kind: 'delay'; readonly ms: number; readonly direction?: Directions }
  /** TCP reset to both ends; new connections are accepted and reset. */
  | { readonly kind: 'rst'; readonly once?: boolean }
  /** Holds everything, the end of a connection included, as a cut cable does; delivered when the mode ends. Default both ways. */
  | { readonly kind: 'blackhole'; readonly direction?: Directions }
  /** FIN to one end (default `toClient`) while the other way stays open. */
  | { readonly kind: 'halfClose'; readonly direction?: Directions; readonly once?: boolean }
  /** At most this many bytes a second, per connection and direction. Default both ways. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number; readonly direction?: Directions }
  /** Lets n more bytes through, per connection and direction (default `toClient`), then resets, or ends with FIN. */
  | {
      readonly kind: 'cutAfter'
      readonly bytes: number
      readonly direction?: Directions
      readonly end?: 'rst' | 'fin'
      readonly once?: boolean
    }
  /** Closes the listening port and resets what lives, unless told to keep it. */
  | { readonly kind: 'refuse'; readonly keepLiving?: boolean }
  /** Accepts, reads nothing, connects to nothing. */
  | { readonly kind: 'stall' }

export type ProxyModeName = ProxyMode['kind']
/** Those that need no parameter may be given by name. */
export type ProxyModeLike = ProxyMode | 'pass' | 'rst' | 'blackhole' | 'halfClose' | 'refuse' | 'stall'

export const proxyMode = (mode: ProxyModeLike): ProxyMode =>
  typeof mode === 'string' ? { kind: mode } : mode

/** What a mode means for one direction of one connection. */
export type FlowRule =
  | { readonly kind: 'open' }
  | { readonly kind: 'shut'; readonly read: boolean }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  | { readonly kind: 'cut'; readonly bytes: number }

const OPEN: FlowRule = { kind: 'open' }

const holds = (directions: Directions, direction: Direction) =>
  directions === 'both' || directions === direction

export function ruleOf(mode: ProxyMode, direction: Direction): FlowRule {
  switch (mode.kind) {
    case 'delay':
      return holds(mode.direction ?? 'both', direction) ? { kind: 'delay', ms: mode.ms } : OPEN
    case 'throttle':
      return holds(mode.direction ?? 'both', direction)
        ? { kind: 'throttle', bytesPerSecond: mode.bytesPerSecond }
        : OPEN
    case 'blackhole':
      return holds(mode.direction ?? 'both', direction) ? { kind: 'shut', read: true } : OPEN
    case 'cutAfter':
      return holds(mode.direction ?? 'toClient', direction) ? { kind: 'cut', bytes: mode.bytes } : OPEN
    case 'stall':
      return { kind: 'shut', read: false }
    case 'pass':
    case 'rst':
    case 'halfClose':
    case 'refuse':
      return OPEN
  }
}

export type ParsedMode =
  { readonly ok: true; readonly value: ProxyMode } | { readonly ok: false; readonly problem: string }

const DIRECTIONS = ['both', 'toServer', 'toClient']
/** Mode -> its parameters; those ending in `!` must be given. */
const PARAMETERS: { readonly [K in ProxyModeName]: readonly string[] } = {
  pass: [],
  delay: ['ms!', 'direction'],
  rst: ['once'],
  blackhole: ['direction'],
  halfClose: ['direction', 'once'],
  throttle: ['bytesPerSecond!', 'direction'],
  cutAfter: ['bytes!', 'direction', 'end', 'once'],
  refuse: ['keepLiving'],
  stall: [],
}

export const PROXY_MODES = Object.keys(PARAMETERS) as readonly ProxyModeName[]

const isMode = (value: unknown): value is ProxyModeName =>
  typeof value === 'string' && Object.hasOwn(PARAMETERS, value)

function fits(key: string, value: unknown): boolean {
  if (key === 'direction') return DIRECTIONS.includes(String(value))
  if (key === 'end') return value === 'rst' || value === 'fin'
  if (key === 'once' || key === 'keepLiving') return typeof value === 'boolean'
  return typeof value === 'number' && Number.isFinite(value) && value >= (key === 'bytesPerSecond' ? 1 : 0)
}

/** A mode from JSON: its name, or `{"kind": ..., parameters}`. */
export function proxyModeFromJson(given: unknown): ParsedMode {
  const value: unknown = typeof given === 'string' ? { kind: given } : given
  if (typeof value !== 'object' || value === null || !('kind' in value) || !isMode(value.kind))
    return { ok: false, problem: `mode must be one of ${PROXY_MODES.join(', ')}` }
  const entries = Object.entries(value).filter(([key]) => key !== 'kind')
  const known = PARAMETERS[value.kind]
  for (const [key, parameter] of entries)
    if (!(known.includes(key) || known.includes(`${key}!`)) || !fits(key, parameter))
      return { ok: false, problem: `mode ${value.kind}: parameter ${key} is unknown or wrong` }
  const missing = known.find((key) => key.endsWith('!') && !Object.hasOwn(value, key.slice(0, -1)))
  if (missing !== undefined) return { ok: false, problem: `mode ${value.kind} needs ${missing.slice(0, -1)}` }
  // Every parameter was checked against the mode's own list above.
  return { ok: true, value: value as ProxyMode }
}
