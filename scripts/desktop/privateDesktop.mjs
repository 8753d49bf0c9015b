import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startHelper, stopHelper } from './children.mjs'
import { findCommand } from './missingPackages.mjs'

/**
 * A session bus, an X server in memory and (if there is one) a window manager, all of this process alone.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>}
 */
export async function startPrivateDesktop() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sidetone-desktop-'))
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = []
  const stop = async () => {
    for (const child of children.toReversed()) await stopHelper(child)
    fs.rmSync(folder, { recursive: true, force: true })
  }
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, XAUTHORITY: path.join(folder, 'xauthority') }
  // A display or bus inherited from a surrounding desktop must not shine through.
  delete env.WAYLAND_DISPLAY
  delete env.DBUS_SESSION_BUS_ADDRESS
  try {
    const cookie = writeCookie(path.join(folder, 'xauthority'))
    const bus = startHelper('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3'], {
      env,
      readyFrom: 3,
    })
    const screen = startHelper(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset', '-auth', cookie],
      { env, readyFrom: 3 },
    )
    children.push(bus.child, screen.child)
    env.DBUS_SESSION_BUS_ADDRESS = await bus.ready
    env.DISPLAY = `:${await screen.ready}`
    if (findCommand('openbox')) children.push(startHelper('openbox', [], { env }).child)
    return { env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * One magic cookie, valid for any display, in Xauthority's own format: without it any local user could read the screen.
 * @param {string} file
 */
function writeCookie(file) {
  const word = (/** @type {number} */ value) => Buffer.from([value >> 8, value & 0xff])
  const name = Buffer.from('MIT-MAGIC-COOKIE-1')
  const anyAddress = Buffer.concat([word(0xffff), word(0), word(0)])
  const record = Buffer.concat([anyAddress, word(name.length), name, word(16), randomBytes(16)])
  fs.writeFileSync(file, record, { mode: 0o600 })
  return file
}
