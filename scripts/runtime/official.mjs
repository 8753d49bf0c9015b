import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { electronPackage } from './paths.mjs'

// An unreachable download fails at once; a firewall that swallows packets must not hang a first start for ever.
const LIMIT_MS = 10 * 60_000

/** @typedef {{ ok: true } | { ok: false, reason: string }} Outcome */

/**
 * Electron's own installer: it downloads the release for this platform and checks it against the package's hashes.
 * @returns {Outcome}
 */
export function installOfficial() {
  // The fallback's link must go first, or the download would be unpacked into the cache behind it.
  const dist = path.join(electronPackage, 'dist')
  if (fs.lstatSync(dist, { throwIfNoEntry: false })?.isSymbolicLink()) fs.rmSync(dist)
  const { status, stderr, error } = spawnSync(process.execPath, [path.join(electronPackage, 'install.js')], {
    encoding: 'utf8',
    timeout: LIMIT_MS,
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  if (status === 0) return { ok: true }
  return { ok: false, reason: error?.message ?? lastReason(stderr) }
}

/**
 * The innermost cause of a stack trace ("getaddrinfo ENOTFOUND ...") says more than its first line.
 * @param {string} stderr
 */
function lastReason(stderr) {
  const lines = stderr.split('\n').map((line) => line.trim())
  const cause = lines.find((line) => /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|certificate|checksum/i.test(line))
  return cause ?? lines.find((line) => line !== '') ?? 'the installer said nothing'
}
