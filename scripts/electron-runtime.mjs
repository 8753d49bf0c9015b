// Sees to it that Electron can run here, and says in one line which runtime that is.
// With --quiet it speaks only (on the error stream) when it had to install one.
import fs from 'node:fs'
import path from 'node:path'
import { fallbackVersion, installFallback } from './runtime/fallback.mjs'
import { installedRuntime } from './runtime/installed.mjs'
import { installOfficial } from './runtime/official.mjs'
import { electronPackage } from './runtime/paths.mjs'

const quiet = process.argv.includes('--quiet')
const hasFallback = process.platform === 'linux' && process.arch === 'x64'

/** @returns {string} the version this project asks for */
function wantedVersion() {
  const manifest = path.join(electronPackage, 'package.json')
  if (!fs.existsSync(manifest)) throw new Error('node_modules/electron is missing: run "npm ci" first')
  return JSON.parse(fs.readFileSync(manifest, 'utf8')).version
}

/** @param {string} version */
function describe(version) {
  const wanted = wantedVersion()
  if (version === wanted) return `Runtime: Electron ${version} (official download)`
  return `Runtime: Electron ${version} (pinned fallback for tests and trial runs; the project targets ${wanted})`
}

async function ensureRuntime() {
  wantedVersion()
  const present = installedRuntime()
  if (present) return present
  const official = installOfficial()
  if (!official.ok) {
    if (!hasFallback) {
      throw new Error(
        `Electron could not be downloaded (${official.reason}). ` +
          `There is no fallback for ${process.platform}-${process.arch}: make the download reachable ` +
          'and run "npx install-electron".',
      )
    }
    console.log(
      `Electron's own download is unreachable (${official.reason}); preparing ${fallbackVersion} ...`,
    )
    await installFallback()
  }
  const installed = installedRuntime()
  if (!installed) throw new Error('the runtime was installed, but its executable is not there')
  return installed
}

try {
  const { version } = await ensureRuntime()
  if (!quiet) console.log(describe(version))
} catch (error) {
  console.error(`No Electron runtime: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
