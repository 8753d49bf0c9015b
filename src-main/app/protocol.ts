import { readFile } from 'node:fs/promises'
import type { Protocol } from 'electron'
import { CONTENT_SECURITY_POLICY, resolveAsset } from './assets'
import { APP_ORIGIN, APP_SCHEME } from './scheme'

const headers = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
})

const notFound = (): Response =>
  new Response('', { status: 404, headers: headers('text/plain; charset=utf-8') })

/**
 * Serves the built page from `root` and nothing else. The first answer waits for `ready`, so that the handlers of
 * the page's calls exist before its first line runs, while its process is already starting.
 */
export const serveApp = (protocol: Protocol, root: string, ready: Promise<unknown>): void =>
  protocol.handle(APP_SCHEME, async (request) => {
    const asset = request.method === 'GET' ? resolveAsset(root, APP_ORIGIN, request.url) : null
    if (!asset) return notFound()
    await ready
    try {
      return new Response(await readFile(asset.file), { headers: headers(asset.type) })
    } catch {
      return notFound()
    }
  })
