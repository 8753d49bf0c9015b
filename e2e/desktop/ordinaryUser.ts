import { execFileSync, spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where an app can be started as somebody who is not root, with everything it needs readable to them. */
export type OrdinaryUser = {
  readonly executable: string
  readonly appFolder: string
  readonly env: Record<string, string>
  readonly uid: number
  readonly remove: () => void
}

/** A number is enough: nothing on the machine has to be created, and no other process runs under it. */
const UNUSED_ID = 64_123

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Chromium's sandbox needs user namespaces; containers, chroots and some distributions refuse them. */
export function sandboxIsPossible(): boolean {
  return process.platform === 'linux' && succeedsAsUser('unshare', '--user', '--net', 'true')
}

/** What starts a command as that user: `env` alone changes nothing. */
function prefix(): readonly [string, ...string[]] {
  if (!isRoot()) return ['env']
  return ['setpriv', `--reuid=${UNUSED_ID}`, `--regid=${UNUSED_ID}`, '--clear-groups']
}

function succeedsAsUser(...words: string[]): boolean {
  const [command, ...args] = prefix()
  return spawnSync(command, [...args, ...words]).status === 0
}

/**
 * @param electron the runtime's executable
 * @param projectFolder with the built app in `out`
 */
export function prepareOrdinaryUser(electron: string, projectFolder: string): OrdinaryUser {
  const folder = fs.mkdtempSync(join(tmpdir(), 'sidetone-user-'))
  const home = join(folder, 'home')
  const appFolder = join(folder, 'app')
  fs.mkdirSync(home, { mode: 0o700 })
  for (const part of ['package.json', 'out', 'resources'].filter((one) =>
    fs.existsSync(join(projectFolder, one)),
  )) {
    fs.cpSync(join(projectFolder, part), join(appFolder, part), { recursive: true })
  }
  const env: Record<string, string> = { ...inherited(), HOME: home, XDG_RUNTIME_DIR: home }
  if (process.env.XAUTHORITY) {
    env.XAUTHORITY = join(home, 'xauthority')
    fs.copyFileSync(process.env.XAUTHORITY, env.XAUTHORITY)
  }
  const remove = () => {
    fs.rmSync(folder, { recursive: true, force: true })
  }
  if (!isRoot()) return { executable: electron, appFolder, env, uid: process.getuid?.() ?? 0, remove }

  fs.chmodSync(folder, 0o755)
  for (const file of [home, ...(env.XAUTHORITY ? [env.XAUTHORITY] : [])])
    fs.chownSync(file, UNUSED_ID, UNUSED_ID)
  execFileSync('chmod', ['-R', 'a+rX', appFolder])
  const executable = join(folder, 'electron-as-user')
  const words = [...prefix(), readableRuntime(electron, folder)].map((word) => `'${word}'`).join(' ')
  fs.writeFileSync(executable, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 })
  return { executable, appFolder, env, uid: UNUSED_ID, remove }
}

/** Root's cache is closed to others; then the runtime is copied. */
function readableRuntime(electron: string, folder: string): string {
  if (succeedsAsUser('test', '-x', electron)) return electron
  const copy = join(folder, 'runtime')
  fs.cpSync(join(electron, '..'), copy, { recursive: true, dereference: true })
  execFileSync('chmod', ['-R', 'a+rX', copy])
  return join(copy, 'electron')
}

/** Without root's session bus, which would refuse another user. */
function inherited(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => name !== 'DBUS_SESSION_BUS_ADDRESS' && !name.startsWith('XDG_') && !name.startsWith('npm_'),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']))
}
