import type { NodeAddress } from './ports'

/** 2.1: the port that all versions answer on. */
export const DEFAULT_PORT = 8445

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/
const IPV6 = /^[0-9a-f:.]{2,45}$/i

const isIpv4 = (host: string): boolean =>
  IPV4.test(host) && host.split('.').every((part) => Number(part) <= 255)

const isName = (host: string): boolean =>
  host.length <= 253 && host.split('.').every((label) => LABEL.test(label)) && !/^[\d.]+$/.test(host)

function portOf(text: string | undefined): number | null {
  if (text === undefined) return DEFAULT_PORT
  if (!/^\d{1,5}$/.test(text)) return null
  const port = Number(text)
  return port >= 1 && port <= 65_535 ? port : null
}

/**
 * `host`, `host:port` or `[ipv6]:port`; `https://` and a slash at the end, as copied from a browser, are accepted.
 * Null for everything else: paths, other schemes, user info, spaces inside. The name is lower-cased (13.8).
 */
export function parseServerAddress(text: string): NodeAddress | null {
  const bare = text
    .trim()
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(.*))?$/.exec(bare)
  if (parts === null) return null
  const [, ipv6, name, portText] = parts
  const port = portOf(portText)
  if (port === null) return null
  if (ipv6 !== undefined)
    return IPV6.test(ipv6) && ipv6.includes(':') ? { host: ipv6.toLowerCase(), port } : null
  const host = (name ?? '').toLowerCase().replace(/\.$/, '')
  return isIpv4(host) || isName(host) ? { host, port } : null
}

/** What is shown and remembered. */
export const formatServerAddress = ({ host, port }: NodeAddress): string =>
  host.includes(':') ? `[${host}]:${String(port)}` : `${host}:${String(port)}`
