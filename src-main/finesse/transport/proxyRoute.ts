import * as net from 'node:net'

/** How to reach a server: by itself, or through an HTTP proxy that is asked to CONNECT. */
export type Route =
  { readonly kind: 'direct' } | { readonly kind: 'proxy'; readonly host: string; readonly port: number }

/**
 * What the system says about the way to a server, in the words of proxy configuration files:
 * `PROXY proxy.example.com:8080; DIRECT`. Electron's `session.resolveProxy` answers so.
 */
export type ProxyFor = (host: string, port: number) => Promise<string>

export const DIRECT: Route = { kind: 'direct' }

const PROXY = /^PROXY\s+(?:\[([\da-f:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/i

/**
 * The ways that can be gone, in order. What cannot be spoken here (SOCKS, proxies behind TLS) is left out, and is
 * never replaced by a direct connection: that would be behind the user's back (fault N23).
 */
export const parseProxyList = (text: string): readonly Route[] =>
  text
    .split(';')
    .map((entry) => entry.trim())
    .flatMap((entry): readonly Route[] => {
      if (/^DIRECT$/i.test(entry)) return [DIRECT]
      const [, v6, name, digits] = PROXY.exec(entry) ?? []
      const host = v6 ?? name
      const port = Number(digits)
      return host === undefined || port < 1 || port > 65_535 ? [] : [{ kind: 'proxy', host, port }]
    })

/** An answer longer than this is no answer to CONNECT. */
const MAX_HEAD_BYTES = 16 * 1024

/**
 * Asks the proxy at the other end of `socket` for a connection to host and port. `settle` is called once: with null
 * when bytes now go to the server and back, else with a code: `PROXY_AUTH`, `PROXY_<status>`, `PROXY_MALFORMED`, or
 * that of the socket. Nothing but the name and port of the server is sent. Returns what abandons it.
 */
export const openTunnel = (
  socket: net.Socket,
  host: string,
  port: number,
  settle: (code: string | null) => void,
): (() => void) => {
  const authority = `${net.isIPv6(host) ? `[${host}]` : host}:${String(port)}`
  let head = Buffer.alloc(0)

  const done = (code: string | null): void => {
    socket.off('data', read)
    socket.off('close', closed)
    socket.pause()
    if (code !== null) socket.destroy()
    settle(code)
  }
  const closed = (): void => {
    done('ECONNRESET')
  }
  const read = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) {
      if (head.length > MAX_HEAD_BYTES) done('PROXY_MALFORMED')
      return
    }
    const status = Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(head.toString('latin1', 0, end))?.[1] ?? 0)
    if (status >= 200 && status < 300) {
      const rest = head.subarray(end + 4)
      if (rest.length > 0) socket.unshift(rest)
      done(null)
    } else done(status === 0 ? 'PROXY_MALFORMED' : status === 407 ? 'PROXY_AUTH' : `PROXY_${String(status)}`)
  }
  socket.on('data', read)
  socket.once('close', closed)
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  return () => {
    socket.off('data', read)
    socket.off('close', closed)
    socket.destroy()
  }
}
