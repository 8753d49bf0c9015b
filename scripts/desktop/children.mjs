import { spawn } from 'node:child_process'

/**
 * Starts a helper that must outlive a Ctrl-C meant for the app: it gets a session of its own and is ended by pid.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, readyFrom?: number }} options readyFrom: the file descriptor on which the helper
 *   writes a line once it is ready
 * @returns {{ child: import('node:child_process').ChildProcess, ready: Promise<string> }} ready: that line
 */
export function startHelper(command, args, { env, readyFrom }) {
  const descriptors = Array.from({ length: Math.max(3, (readyFrom ?? 0) + 1) }, (_, fd) =>
    fd === readyFrom ? 'pipe' : 'ignore',
  )
  const child = spawn(command, args, { env, detached: true, stdio: /** @type {any} */ (descriptors) })
  if (readyFrom === undefined) {
    child.on('error', () => {})
    return { child, ready: Promise.resolve('') }
  }
  const ready = new Promise((resolve, reject) => {
    let text = ''
    const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[readyFrom])
    pipe.on('data', (/** @type {Buffer} */ chunk) => {
      text += chunk.toString('utf8')
      const end = text.indexOf('\n')
      if (end !== -1) resolve(text.slice(0, end))
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`${command} ended with ${code ?? 'a signal'} before it was ready`)),
    )
  })
  return { child, ready }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<void>}
 */
export async function stopHelper(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(hard)
}
