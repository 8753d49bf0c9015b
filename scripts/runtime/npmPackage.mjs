import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { projectFolder } from './paths.mjs'

const run = promisify(execFile)

/**
 * The files of one published package, fetched through the npm client as the machine has it configured.
 * `npm pack` does not enforce integrity, so the archive is hashed here before a byte of it is read.
 *
 * @param {{ spec: string, integrity: string }} pin name@version and its sha512, as in a lock file
 * @param {string} scratch folder for the archive; removed from it again
 * @returns {Promise<Map<string, Buffer>>} contents by path inside the package, without `package/`
 */
export async function fetchPackage(pin, scratch) {
  fs.mkdirSync(scratch, { recursive: true })
  const { command, args, shell } = npmCommand(['pack', '--json', '--pack-destination', scratch, pin.spec])
  const { stdout } = await run(command, args, { cwd: projectFolder, shell, maxBuffer: 64 * 1024 * 1024 })
  const archive = path.join(scratch, JSON.parse(stdout)[0].filename)
  const bytes = fs.readFileSync(archive)
  fs.rmSync(archive)
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (found !== pin.integrity) throw new Error(`${pin.spec}: expected ${pin.integrity}, got ${found}`)
  return readTar(gunzipSync(bytes))
}

/**
 * npm sets `npm_execpath` for its scripts; that spares the search for npm.cmd on Windows.
 * @param {string[]} args
 */
function npmCommand(args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) return { command: process.execPath, args: [cli, ...args], shell: false }
  return { command: 'npm', args, shell: process.platform === 'win32' }
}

/**
 * Enough of ustar for what npm writes: plain files with short names.
 * @param {Buffer} tar
 */
export function readTar(tar) {
  /** @type {Map<string, Buffer>} */
  const files = new Map()
  for (let at = 0; at + 512 <= tar.length;) {
    const header = tar.subarray(at, at + 512)
    const name = textUntilZero(header.subarray(0, 100))
    if (name === '') break
    const size = parseInt(textUntilZero(header.subarray(124, 136)), 8)
    const type = String.fromCharCode(header[156] ?? 0)
    if (type === '0' || type === '\0') {
      files.set(name.replace(/^[^/]+\//, ''), tar.subarray(at + 512, at + 512 + size))
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

/** @param {Buffer} bytes */
function textUntilZero(bytes) {
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end)
}
