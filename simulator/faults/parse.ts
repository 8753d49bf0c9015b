import { FAULTS, isFaultName, type Fault } from './table'

export type ParsedFault =
  { readonly ok: true; readonly value: Fault } | { readonly ok: false; readonly problem: string }

/** What RFC 6455 lets a server send. */
const CLOSE_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014]
const HOW = [
  'long',
  'endless',
  'gzip',
  'malformed',
  'json',
  'charset',
  'empty',
  'binary',
  'reserved',
  'pings',
]
const STATUS = /^[1-5]\d\d$/

function problemWith(key: string, value: unknown): string | null {
  switch (key) {
    case 'status':
      return STATUS.test(String(value)) ? null : 'status must be an HTTP status from 100 to 599'
    case 'ms':
    case 'every':
    case 'retryAfter':
    case 'times':
    case 'count':
      return typeof value === 'number' && Number.isInteger(value) && value > 0
        ? null
        : `${key} must be a whole number above 0`
    case 'scope':
      return value === 'xmpp' || value === 'rest' || value === 'both'
        ? null
        : 'scope must be xmpp, rest or both'
    case 'body':
      return value === 'finesse' || value === 'html' || value === 'empty'
        ? null
        : 'body must be finesse, html or empty'
    case 'node':
      return value === 'A' || value === 'B' ? null : 'node must be A or B'
    case 'code':
      return CLOSE_CODES.includes(Number(value)) ? null : `code must be one of ${CLOSE_CODES.join(', ')}`
    case 'how':
      return HOW.includes(String(value)) ? null : `how must be one of ${HOW.join(', ')}`
    case 'offered':
      return Array.isArray(value) && value.every((one) => typeof one === 'string')
        ? null
        : 'offered must be a list of names'
    case 'path':
    case 'method':
    case 'condition':
    case 'location':
    case 'address':
    case 'data':
    case 'message':
    case 'type':
    case 'agentId':
    case 'name':
      return typeof value === 'string' ? null : `${key} must be text`
    default:
      return `there is no parameter ${key}`
  }
}

/** A fault from JSON. */
export function faultFromJson(value: unknown): ParsedFault {
  if (typeof value === 'string') return faultFromText(value)
  if (typeof value !== 'object' || value === null || !('name' in value))
    return { ok: false, problem: 'a fault is {"name": ...} or a name' }
  if (typeof value.name !== 'string' || !isFaultName(value.name))
    return { ok: false, problem: `there is no fault ${JSON.stringify(value.name)}` }
  for (const [key, parameter] of Object.entries(value)) {
    const problem = problemWith(key, parameter)
    if (problem !== null) return { ok: false, problem: `fault ${value.name}: ${problem}` }
  }
  // Name and every parameter were checked above; which belongs to which only matters to the reader.
  return { ok: true, value: value as Fault }
}

const NUMBERS = new Set(['status', 'ms', 'every', 'code'])

/** `NAME`, `NAME:VALUE` (a value may hold colons, as an address does), either with `@A` or `@B` behind it. */
export function faultFromText(text: string): ParsedFault {
  const at = /^([^:@]+)(?::(.+?))?(?:@([^@/]+))?$/.exec(text)
  const [, name = '', value, node] = at ?? []
  if (!isFaultName(name)) return { ok: false, problem: `there is no fault "${text}"` }
  const key = FAULTS[name].shorthand
  if (value !== undefined && key === null) return { ok: false, problem: `fault ${name} takes no value` }
  const given = key === null || value === undefined ? {} : { [key]: parsed(key, value) }
  return faultFromJson({ name, ...given, ...(node === undefined ? {} : { node }) })
}

function parsed(key: string, value: string): unknown {
  if (NUMBERS.has(key)) return Number(value)
  return key === 'offered' ? value.split(',') : value
}
