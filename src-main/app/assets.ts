import { extname, join, normalize, sep } from 'node:path'
import { parseUrl } from './parseUrl'

/**
 * `font-src 'self'` is the one addition to the strictest policy: the bundled Inter comes from our own origin, and
 * `default-src 'none'` would forbid it. No `unsafe-inline`: bound styles go through the CSSOM, which CSP allows.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const SCRIPT = 'text/javascript; charset=utf-8'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', SCRIPT],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.json', 'application/json; charset=utf-8'],
])

export interface Asset {
  readonly file: string
  readonly type: string
}

/** The file a page may read under `root` (absolute), or null: other hosts, other types, anything outside. */
export const resolveAsset = (root: string, origin: string, address: string): Asset | null => {
  const url = parseUrl(address)
  if (!url || `${url.protocol}//${url.host}` !== origin) return null
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  if (path.includes('\0') || path.includes('\\') || path.split('/').includes('..')) return null
  const file = normalize(join(root, path === '/' ? 'index.html' : path))
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return null
  const type = TYPES.get(extname(file).toLowerCase())
  return type === undefined ? null : { file, type }
}
