import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { projectFolder } from '../runtime/paths.mjs'

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

// Chromium's own remarks about a machine without system bus or GPU; they are no news about the app.
const electronNoise =
  /bus\.cc\(\d+\)|viz_main_impl|shared_image_interface_proxy|object_proxy\.cc|gpu_channel_manager|atom_cache\.cc|zygote_(communication_)?linux\.cc|interface_endpoint_client\.cc/

// Chromium's two ways to say that it ends because no sandbox can be had, and what a person can do about it.
const sandboxRefused = /setuid_sandbox_host\.cc|No usable sandbox/
const sandboxHelp =
  "Chromium's sandbox needs user namespaces, which this machine refuses to ordinary users. On Ubuntu: " +
  'sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0. To try the app without the sandbox: ' +
  'npm start -- --no-sandbox'

/**
 * Runs the command until it ends; signals to this process go on to it.
 * @param {string} command `electron` stands for the installed runtime
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code, 128 + the signal's number if a signal ended it
 */
export function runCommand(command, args, env) {
  const isElectron = command === 'electron'
  const bin = path.join(projectFolder, 'node_modules', '.bin')
  const child = spawn(isElectron ? electronExecutable() : command, isElectron ? electronArgs(args) : args, {
    env: { ...env, ...electronViteAsRoot(), PATH: `${bin}${path.delimiter}${env.PATH ?? ''}` },
    stdio: ['inherit', 'inherit', isElectron ? 'pipe' : 'inherit'],
    shell: process.platform === 'win32' && !isElectron,
  })
  if (child.stderr) filterNoise(child.stderr)
  // Ctrl-C reaches the child by itself (same terminal); a second SIGINT would cut its orderly quit short.
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      for (const one of forwarded) process.off(one, forward)
      resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0))
    })
  })
}

/** @param {import('node:stream').Readable} stream */
function filterNoise(stream) {
  createInterface({ input: stream }).on('line', (line) => {
    if (sandboxRefused.test(line)) console.error(sandboxHelp)
    else if (!electronNoise.test(line)) process.stderr.write(`${line}\n`)
  })
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0

/** `electron-vite dev` starts Electron itself and takes this in place of `--no-sandbox`. */
function electronViteAsRoot() {
  return isRoot ? { NO_SANDBOX: '1' } : {}
}

function electronExecutable() {
  return /** @type {string} */ (createRequire(import.meta.url)('electron'))
}

/** @param {string[]} args */
function electronArgs(args) {
  if (!isRoot || args.includes('--no-sandbox')) return args
  console.error("Running as root: Chromium's sandbox is off. Start as an ordinary user to keep it on.")
  return ['--no-sandbox', ...args]
}
