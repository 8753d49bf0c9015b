import { readFile } from 'node:fs/promises'
import type { Protocol, ProtocolResponse } from 'electron'
import { CONTENT_SECURITY_POLICY, SCRIPT, resolveAsset } from './assets'
import { APP_ORIGIN, APP_SCHEME } from './scheme'

const headers = (type: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
})

const NOT_FOUND: ProtocolResponse = {
  statusCode: 404,
  headers: headers('text/plain; charset=utf-8'),
  data: Buffer.alloc(0),
}

const answer = async (root: string, url: string, ready: Promise<unknown>): Promise<ProtocolResponse> => {
  const asset = resolveAsset(root, APP_ORIGIN, url)
  if (!asset) return NOT_FOUND
  if (asset.type === SCRIPT) await ready
  try {
    return { headers: headers(asset.type), data: await readFile(asset.file) }
  } catch {
    return NOT_FOUND
  }
}

/**
 * Serves the built page from `root` and nothing else. Scripts wait for `ready`, so that the handlers of the page's
 * calls exist before its first line runs; the document and its styles come at once.
 *
 * Not `protocol.handle`: its first answer loads Node's whole fetch, 60 ms of this process in front of the first paint.
 */
export const serveApp = (protocol: Protocol, root: string, ready: Promise<unknown>): void => {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Electron 45 still has it, and see above
  protocol.registerBufferProtocol(APP_SCHEME, (request, respond) => {
    if (request.method !== 'GET') respond(NOT_FOUND)
    else void answer(root, request.url, ready).then(respond)
  })
}
