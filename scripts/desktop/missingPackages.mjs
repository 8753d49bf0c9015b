import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
const libraryFolders = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib']

/** @param {string} command */
export function findCommand(command) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...systemFolders]
  return folders.map((folder) => path.join(folder, command)).find((file) => fs.existsSync(file)) ?? null
}

/** Every shared library the dynamic linker knows, by file name. */
function linkerCache() {
  const ldconfig = findCommand('ldconfig')
  const listing = ldconfig ? spawnSync(ldconfig, ['-p'], { encoding: 'utf8' }).stdout : ''
  return new Set((listing ?? '').split('\n').map((line) => line.trim().split(' ')[0] ?? ''))
}

/** @param {string} folder */
function holdsSomething(folder) {
  return fs.existsSync(folder) && fs.readdirSync(folder).length > 0
}

/**
 * @param {ReadonlyArray<import('../debian-packages.mjs').DebianPackage>} packages
 * @returns {Array<import('../debian-packages.mjs').DebianPackage>} those whose contribution is not on this machine
 */
export function missingPackages(packages) {
  const linked = linkerCache()
  return packages.filter(({ brings }) => {
    if ('command' in brings) return findCommand(brings.command) === null
    if ('folder' in brings) return !holdsSomething(brings.folder)
    return (
      !linked.has(brings.library) &&
      !libraryFolders.some((at) => fs.existsSync(path.join(at, brings.library)))
    )
  })
}
