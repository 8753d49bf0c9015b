import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { debianPackages } from '../debian-packages.mjs'
import { findCommand, missingPackages } from './missingPackages.mjs'

/** @typedef {import('../debian-packages.mjs').DebianPackage} DebianPackage */

const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }

/**
 * Installs what is missing where that is allowed (root on a machine with apt), otherwise says which line would.
 * @param {ReadonlyArray<DebianPackage['set']>} sets
 * @returns {boolean} whether what was asked for can run
 */
export function ensurePackages(sets) {
  if (process.platform !== 'linux') return true
  const asked = debianPackages.filter(({ set }) => sets.includes(set))
  const missing = missingPackages(asked)
  if (missing.length === 0) return true
  if (mayInstall()) {
    install(missing.filter((one) => !startsDaemon(one)))
    return report(missingPackages(asked))
  }
  return report(missing)
}

function mayInstall() {
  return process.getuid?.() === 0 && findCommand('apt-get') !== null
}

/**
 * Debian starts a server when it installs one. In CI or a container nothing starts; a person's machine is asked.
 * @param {DebianPackage} one
 */
function startsDaemon(one) {
  return one.service === true && !process.env.CI && fs.existsSync('/run/systemd/system')
}

/** @param {ReadonlyArray<DebianPackage>} packages */
function install(packages) {
  if (packages.length === 0) return
  if (!apt(['update', '-qq'])) return
  const names = packages.map(knownName)
  console.log(`Installing from Debian: ${names.join(' ')}`)
  apt(['install', '-y', '-qq', '--no-install-recommends', ...names])
}

/** @param {string[]} args */
function apt(args) {
  const { status, stderr, stdout } = spawnSync('apt-get', args, { env: quiet, encoding: 'utf8' })
  if (status !== 0) console.error(`apt-get ${args[0]} failed:\n${stdout}${stderr}`)
  return status === 0
}

/** @param {DebianPackage} one */
function knownName({ names }) {
  const known = names.find((name) => {
    const { stdout } = spawnSync('apt-cache', ['policy', name], {
      env: { ...quiet, LC_ALL: 'C' },
      encoding: 'utf8',
    })
    return /Candidate: (?!\(none\))/.test(stdout)
  })
  return known ?? /** @type {string} */ (names.at(-1))
}

/**
 * @param {ReadonlyArray<DebianPackage>} missing
 * @returns {boolean}
 */
function report(missing) {
  if (missing.length === 0) return true
  const line = `apt-get install -y --no-install-recommends ${missing.map(nameHere).join(' ')}`
  const needed = missing.filter((one) => one.needed)
  const what = (needed.length > 0 ? needed : missing).map(whatItBrings).join(', ')
  if (needed.length === 0) {
    console.error(`Not on this machine, so some things are left out: ${what}. To add them: sudo ${line}`)
    return true
  }
  console.error(`This needs ${what}. On Debian or Ubuntu: sudo apt-get update && sudo ${line}`)
  return false
}

/** @param {DebianPackage} one */
function nameHere(one) {
  return findCommand('apt-cache') ? knownName(one) : (one.names.at(-1) ?? '')
}

/** @param {DebianPackage} one */
function whatItBrings({ brings }) {
  if ('command' in brings) return brings.command
  if ('library' in brings) return brings.library
  return `fonts in ${brings.folder}`
}
