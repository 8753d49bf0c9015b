// What `electron <folder>` runs when the runtime is the fallback, which comes without Electron's own default app.
// ESM with top-level await on purpose: Electron holds `ready` back until an ESM main has loaded, so the app's own
// first lines still run before `ready`. It honours `-r FILE`, which Playwright uses for its loader.
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

function parse(argv) {
  const preload = []
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index]
    if (word === '-v' || word === '--version') return { version: true, preload, file: null }
    if (word === '-r' || word === '--require') preload.push(argv[++index])
    else if (!word.startsWith('-')) return { version: false, preload, file: word }
  }
  return { version: false, preload, file: null }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

const asked = parse(process.argv.slice(1))
if (asked.version) {
  console.log(`v${process.versions.electron}`)
  process.exit(0)
}
if (asked.preload.length > 0) Module._preloadModules(asked.preload)
if (asked.file === null) fail('usage: electron <path-to-app>')

Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true })
const target = path.resolve(asked.file)
const manifestFile = path.join(target, 'package.json')
let appFolder = null
if (fs.existsSync(manifestFile)) {
  const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'))
  appFolder = target
  if (manifest.version) app.setVersion(manifest.version)
  app.name = manifest.productName ?? manifest.name ?? app.name
  app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
}

let entry = ''
try {
  entry = Module._resolveFilename(target, null, true)
} catch (error) {
  fail(error.message)
}
app.setAppPath(appFolder ?? path.dirname(entry))
try {
  await import(pathToFileURL(entry).href)
} catch (error) {
  fail(`App threw an error during load\n${error?.stack ?? error}`)
}
