import type { ProxyFor } from '../finesse/transport/proxyRoute'

type Environment = Readonly<Record<string, string | undefined>>

const read = (env: Environment, name: string): string => env[name] || env[name.toUpperCase()] || ''

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || host.startsWith('127.')

/** `no_proxy`: names with all that is below them, with or without a port; `*` for everything. */
const isExcepted = (list: string, host: string, port: number): boolean =>
  list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
      if (only !== undefined && Number(only) !== port) return false
      const bare = name.replace(/^\*?\./, '')
      return name === '*' || host === bare || host.endsWith(`.${bare}`)
    })

/**
 * The way a terminal's programs go: `https_proxy` and `no_proxy`, in either case. This machine is always reached
 * directly. A proxy that cannot be spoken (SOCKS, one behind TLS) gives no way at all, never a direct one (fault N23).
 */
export const proxyFromEnvironment = (env: Environment): ProxyFor => {
  const proxy = read(env, 'https_proxy') || read(env, 'all_proxy')
  const excepted = read(env, 'no_proxy')
  return (name, port) => {
    const host = name.toLowerCase()
    if (proxy === '' || isLoopback(host) || isExcepted(excepted, host, port)) return Promise.resolve('DIRECT')
    const text = proxy.includes('://') ? proxy : `http://${proxy}`
    const url = URL.canParse(text) ? new URL(text) : null
    return Promise.resolve(
      url?.protocol === 'http:' ? `PROXY ${url.hostname}:${url.port || '80'}` : 'UNKNOWN',
    )
  }
}
