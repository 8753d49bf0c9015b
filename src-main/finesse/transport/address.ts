import { isIPv4, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import { err, ok, type Result } from '../result'

export interface ServerAddress {
  /** Lower case, ASCII (internationalised names in punycode), IPv6 without brackets. */
  readonly host: string
  readonly port: number
}

/** Why a typed address was refused; each has its sentence in the message catalogue. */
export type AddressProblem =
  'empty' | 'scheme' | 'path' | 'credentials' | 'blank' | 'port' | 'brackets' | 'host'

/** Section 2.1: the one port that every supported release answers on. */
export const DEFAULT_PORT = 8445

const MAX_HOST = 253
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** `1.2.3`, `0x7f.1`: resolvers read such names as addresses, and not as the one they look like. */
const NUMERIC_LAST_LABEL = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/i

/**
 * Strict `host[:port]` and nothing around it but blanks at the ends (pasted text): what a person confirms is exactly
 * what is connected to. Port 8445 when none is given.
 */
export const parseServerAddress = (text: string): Result<ServerAddress, AddressProblem> => {
  const typed = text.trim()
  if (typed === '') return err('empty')
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) || /^(?:file|data|javascript|https?|wss?):/i.test(typed)) {
    return err('scheme')
  }
  if (typed.includes('@')) return err('credentials')
  if (/[/\\?#]/.test(typed)) return err('path')
  // eslint-disable-next-line no-control-regex -- control characters are what this refuses
  if (/[\s\u0000-\u001f\u007f]/.test(typed)) return err('blank')
  return typed.startsWith('[') ? parseBracketed(typed) : parseNamed(typed)
}

const parseBracketed = (typed: string): Result<ServerAddress, AddressProblem> => {
  const match = /^\[([^\]]*)\](?::(.*))?$/.exec(typed)
  const host = match?.[1] ?? ''
  // A zone (`%eth0`) has a meaning on one machine only.
  if (match === null || !isIPv6(host) || host.includes('%')) return err('host')
  return withPort(host.toLowerCase(), match[2])
}

const parseNamed = (typed: string): Result<ServerAddress, AddressProblem> => {
  const [name = '', port, ...rest] = typed.split(':')
  if (rest.length > 0) return err(isIPv6(typed) ? 'brackets' : 'port')
  if (isIPv4(name)) return withPort(name, port)
  if (NUMERIC_LAST_LABEL.test(name) || name.includes('%')) return err('host')
  const host = domainToASCII(name).toLowerCase().replace(/\.$/, '')
  if (host === '' || host.length > MAX_HOST || NUMERIC_LAST_LABEL.test(host)) return err('host')
  return host.split('.').every((label) => LABEL.test(label)) ? withPort(host, port) : err('host')
}

const withPort = (host: string, text: string | undefined): Result<ServerAddress, AddressProblem> => {
  if (text === undefined) return ok({ host, port: DEFAULT_PORT })
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? ok({ host, port }) : err('port')
}
