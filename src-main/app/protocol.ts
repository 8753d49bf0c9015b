import type { Protocol, ProtocolResponse } from 'electron'
import { CONTENT_SECURITY_POLICY, SCRIPT, resolveAsset } from './assets'
import { APP_ORIGIN, APP_SCHEME } from './scheme'

/** Chromium adds the type, which it knows from the name. */
const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** Chromium's `net::ERR_FILE_NOT_FOUND`. */
const NOT_FOUND: ProtocolResponse = { error: -6 }

const answer = async (root: string, url: string, ready: Promise<unknown>): Promise<ProtocolResponse> => {
  const asset = resolveAsset(root, APP_ORIGIN, url)
  if (!asset) return NOT_FOUND
  if (asset.type === SCRIPT) await ready
  return { path: asset.file, headers: HEADERS }
}

/**
 * Serves the built page from `root` and nothing else. Scripts wait for `ready`, so that the handlers of the page's
 * calls exist before its first line runs; the document and its styles come at once.
 *
 * Not `protocol.handle`: its first answer loads Node's whole fetch, 60 ms of this process in front of the first
 * paint, and every byte passes through this thread; Chromium reads files on another one.
 */
export const serveApp = (protocol: Protocol, root: string, ready: Promise<unknown>): void => {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Electron 45 still has it, and see above
  protocol.registerFileProtocol(APP_SCHEME, (request, respond) => {
    if (request.method !== 'GET') respond(NOT_FOUND)
    else void answer(root, request.url, ready).then(respond)
  })
}
