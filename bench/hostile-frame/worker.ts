import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createShipped } from '../decode-rate/shipped'

// Runs inside Electron's Node with --expose-gc; takes the folder of the frames. Prints one JSON object.
const ROUNDS = 5
/** As long as the longest list anyone reads. */
const NAMED = 5

const collect = (globalThis as { gc?: () => void }).gc
if (collect === undefined) throw new Error('Start it with --expose-gc.')

interface Seen {
  readonly name: string
  readonly bytes: number
  readonly ms: number
}

const folder = process.argv[2] ?? ''
const names = readdirSync(folder)
/** Each frame comes to a session of its own: nothing of it may be known already. */
const decode = (data: Buffer): void => {
  createShipped()(data.toString('utf8'))
}

// As in the app, the parser has read many ordinary frames before the first hostile one.
for (const name of names.filter((each) => each.startsWith('spoilt'))) decode(readFileSync(join(folder, name)))
collect()
const rssAtFirst = process.memoryUsage.rss()
let rssAtMost = rssAtFirst

const measure = (name: string): Seen => {
  const data = readFileSync(join(folder, name))
  const times: number[] = []
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    if (data.length > 100_000) collect()
    const start = process.hrtime.bigint()
    decode(data)
    times.push(Number(process.hrtime.bigint() - start) / 1e6)
    rssAtMost = Math.max(rssAtMost, process.memoryUsage.rss())
  }
  // What else the machine does can only make it longer.
  return { name, bytes: data.length, ms: Math.min(...times) }
}

const seen = names.map(measure)
const slowest = [...seen].sort((one, other) => other.ms - one.ms).slice(0, NAMED)
const rssMb = (rssAtMost - rssAtFirst) / 1024 / 1024
process.stdout.write(JSON.stringify({ frames: seen.length, rssMb, slowest }))
