/** Four digits of year, which the schema asks for. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

export const harTime = (at: number): string =>
  new Date(Number.isFinite(at) ? Math.min(Math.max(at, 0), LAST_MS) : 0).toISOString()

/** What RFC 3986 allows in a path, a query and a fragment. WHATWG URLs leave more as it is. */
const FOREIGN = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/?%]|%(?![0-9A-Fa-f]{2})/gu

const encoded = (character: string): string =>
  encodeURIComponent(Buffer.from(character, 'utf8').toString('utf8'))

/** `target` as on the request line. A host that no URL can have becomes `unknown.invalid` (RFC 2606). */
export const harUri = (scheme: 'https' | 'wss', host: string, target: string): string => {
  const path = target.startsWith('/') ? target : `/${target}`
  const known =
    URL.canParse(`${scheme}://${host}/`) && /^[A-Za-z0-9.:[\]-]+$/.test(host) ? host : 'unknown.invalid'
  // The WHATWG parser drops default ports and dot segments; this keeps what was sent.
  return `${scheme}://${known}${path.replace(FOREIGN, encoded)}`
}
