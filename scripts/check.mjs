// `npm run check [-- NAME...]`: every static check, two at a time; prints one line for each and the output of those
// that failed.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { projectFolder } from './runtime/paths.mjs'

const bin = path.join(projectFolder, 'node_modules', '.bin')
const cache = 'node_modules/.cache/check'

/** @param {string} name @param {string} project @param {string} [program] */
const types = (name, project, program = 'tsc') => ({
  name: `types:${name}`,
  command: [
    program,
    '-p',
    project,
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `${cache}/${name}.tsbuildinfo`,
  ],
})

/** @type {ReadonlyArray<{ name: string, command: string[] }>} */
const checks = [
  { name: 'eslint', command: ['eslint', '.', '--max-warnings', '0'] },
  types('renderer', 'src-renderer', 'vue-tsc'),
  types('renderer-tests', 'src-renderer/tsconfig.test.json', 'vue-tsc'),
  types('main', 'src-main'),
  types('main-electron-33', 'tsconfig.electron33.json'),
  types('preload', 'src-main/preload'),
  types('contract', 'src-contract'),
  types('contract-tests', 'src-contract/tsconfig.test.json'),
  types('simulator', 'simulator'),
  types('e2e', 'e2e'),
  types('bench', 'bench'),
  types('scripts', 'scripts'),
  {
    name: 'imports',
    command: [
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'src-contract',
      'src-main',
      'src-renderer',
      'simulator',
    ],
  },
  // docs/faults.md lists every fault with its tests: up to date, and none forgotten.
  { name: 'faults', command: ['jiti', 'scripts/faults.ts', '--check'] },
  { name: 'unused', command: ['knip', '--no-progress', '--no-config-hints'] },
  {
    name: 'format',
    command: [
      'prettier',
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      `${cache}/prettier`,
      '.',
    ],
  },
]

/**
 * @param {string[]} command
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
function run([program = '', ...args]) {
  const child = spawn(program, args, {
    cwd: projectFolder,
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ passed: false, output: error.message }))
    child.once('close', (code) => resolve({ passed: code === 0, output }))
  })
}

/**
 * @param {Array<{ name: string, command: string[] }>} queue
 * @param {string[]} failed names of what did not pass, added to
 */
async function work(queue, failed) {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const start = performance.now()
    const { passed, output } = await run(check.command)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)`)
    if (passed) continue
    failed.push(check.name)
    console.log(output.trimEnd())
  }
}

const wanted = process.argv.slice(2)
const queue = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
if (queue.length === 0) {
  console.error(`No such check. There are: ${checks.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
if (queue.some(({ name }) => name.endsWith('electron-33'))) {
  queue.unshift({ name: 'electron 33 declarations', command: ['node', 'scripts/electron-33-types.mjs'] })
}
fs.mkdirSync(path.join(projectFolder, cache), { recursive: true })
/** @type {string[]} */
const failed = []
const first = queue.splice(0, queue[0]?.name.startsWith('electron') ? 1 : 0)
await work(first, failed)
await Promise.all(Array.from({ length: Math.min(4, os.availableParallelism()) }, () => work(queue, failed)))
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`)
process.exitCode = failed.length > 0 ? 1 : 0
