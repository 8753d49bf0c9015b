// The declarations of the oldest Electron this project runs on, for the second type check of `npm run check`.
import fs from 'node:fs'
import path from 'node:path'
import { fetchPackage } from './runtime/npmPackage.mjs'
import { projectFolder } from './runtime/paths.mjs'

const pin = {
  spec: 'electron@33.2.1',
  integrity:
    'sha512-SG/nmSsK9Qg1p6wAW+ZfqU+AV8cmXMTIklUL18NnOKfZLlum4ZsDoVdmmmlL39ZmeCaq27dr7CgslRPahfoVJg==',
}
const folder = path.join(projectFolder, 'node_modules', '.cache', 'electron-33')
const target = path.join(folder, 'electron-33.2.1.d.ts')

if (!fs.existsSync(target)) {
  const declarations = (await fetchPackage(pin, folder)).get('electron.d.ts')
  if (!declarations) throw new Error(`${pin.spec} has no declarations`)
  fs.writeFileSync(`${target}.tmp`, declarations)
  fs.renameSync(`${target}.tmp`, target)
}
