// node scripts/with-desktop.mjs [--for-tests] COMMAND [ARGUMENT]...
// Runs a command where it finds a desktop: the one that is there, or else a private bus and an X server in memory.
// With --for-tests always the private one (Linux): tests own the notification service and the tray of their bus, and
// their windows should take no one's focus.
import { ensurePackages } from './desktop/installPackages.mjs'
import { startPrivateDesktop } from './desktop/privateDesktop.mjs'
import { runCommand } from './desktop/runCommand.mjs'

const endings = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const words = process.argv.slice(2)
const forTests = words[0] === '--for-tests'
const [command, ...args] = forTests ? words.slice(1) : words

function needsPrivateDesktop() {
  if (process.platform !== 'linux') return false
  const hasDisplay = Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
  return forTests || Boolean(process.env.CI) || !hasDisplay
}

/**
 * npm passes SIGTERM to its shell, and the shell dies of it without telling its children: the app would stay, on a
 * screen nobody sees. So when whoever started this is gone, it ends as if it had been told.
 */
function endWithStarter() {
  const starter = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === starter) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}

/** @returns {Promise<number>} */
async function main() {
  if (!command) {
    console.error('usage: node scripts/with-desktop.mjs [--for-tests] COMMAND [ARGUMENT]...')
    return 2
  }
  endWithStarter()
  const alone = needsPrivateDesktop()
  /** @type {Array<'app' | 'desktop' | 'test'>} */
  const sets = ['app']
  if (alone) sets.push('desktop')
  if (forTests) sets.push('test')
  if (!ensurePackages(sets)) return 1
  if (!alone) return runCommand(command, args, process.env)
  let ended = false
  const end = () => {
    ended = true
  }
  // Until the command runs (and takes the signals itself) a signal must still take the helpers down with it.
  for (const signal of endings) process.on(signal, end)
  const desktop = await startPrivateDesktop()
  if (!forTests) {
    console.error(
      `No display here: the window is on a private one. To look: DISPLAY=${desktop.env.DISPLAY} XAUTHORITY=${desktop.env.XAUTHORITY}`,
    )
  }
  try {
    if (ended) return 1
    return await runCommand(command, args, desktop.env)
  } finally {
    await desktop.stop()
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)
