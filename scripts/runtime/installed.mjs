import fs from 'node:fs'
import path from 'node:path'
import { electronPackage } from './paths.mjs'

/**
 * The runtime that electron's command, Playwright and electron-vite would find now.
 * @returns {{ version: string, executable: string } | null} null when there is none that can run
 */
export function installedRuntime() {
  try {
    const name = fs.readFileSync(path.join(electronPackage, 'path.txt'), 'utf8')
    const executable = path.join(electronPackage, 'dist', name)
    fs.accessSync(executable, fs.constants.X_OK)
    const version = fs.readFileSync(path.join(electronPackage, 'dist', 'version'), 'utf8').trim()
    return { version: version.replace(/^v/, ''), executable }
  } catch {
    return null
  }
}
