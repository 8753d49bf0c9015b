import os from 'node:os'
import path from 'node:path'

export const projectFolder = path.resolve(import.meta.dirname, '..', '..')
export const electronPackage = path.join(projectFolder, 'node_modules', 'electron')

/** Outside the project, so that `npm ci` does not throw 262 MB away. `SIDETONE_CACHE` names another folder. */
export function cacheFolder(env = process.env) {
  if (env.SIDETONE_CACHE) return path.resolve(env.SIDETONE_CACHE)
  return path.join(env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'sidetone')
}
