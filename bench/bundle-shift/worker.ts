import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInspector } from '../../src-main/inspector'
import { createRedactor } from '../../src-main/platform/redact'
import { createSessionRuntime } from '../../src-main/session/runtime'
import { realPorts } from '../../src-main/session/testing/realPorts'
import { openBundle } from '../../src-main/support/bundle/read'
import { writeBundle } from '../../src-main/support/bundle/write'
import { generator } from '../statistics'
import { playOutages, playShift } from './shift'

const ENTRIES = 100_000
const TRIES = 300
const ROUNDS = 7
/** The whole shift has to fit, so that it is the whole shift that is measured. */
const TRACE_BYTES = 64 * 1024 * 1024
const PAGE = 100

/** Times in ms. */
export interface Measured {
  readonly entries: number
  readonly attempts: number
  readonly zipBytes: number
  readonly textBytes: number
  readonly writeMs: number
  /** The longest that the main loop was held up meanwhile. */
  readonly writeBlockedMs: number
  readonly opens: readonly number[]
  readonly pages: readonly number[]
  readonly searchMs: number
  readonly readBlockedMs: number
  readonly node: string
}

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const start = performance.now()
  return [await work(), performance.now() - start]
}

const { ports } = realPorts(null)
const session = createSessionRuntime(ports)
const redactor = createRedactor()
redactor.register('Zx9!secret&<')
const inspector = createInspector({
  clock: ports.clock,
  serverNow: session.serverNow,
  view: session.view,
  redact: redactor.redact,
  maxBytes: TRACE_BYTES,
})
const newLink = () => inspector.linkTap({ node: 'A', mode: 'replace', resource: 'desktop' })
const link = newLink()
const start = Date.now() - 9 * 3_600_000
link.stage(
  { stage: 'dns', status: 'started', at: start, facts: {} },
  { host: 'fin-a.example.com', port: 8445, path: '/ws/' },
)
await playShift(ENTRIES, { link, rest: inspector.restTap('fin-a.example.com:8445'), start })
playOutages(TRIES, newLink, start)

const folder = await mkdtemp(join(tmpdir(), 'sidetone-bench-'))
const path = join(folder, 'shift.zip')
const loop = monitorEventLoopDelay({ resolution: 1 })
loop.enable()
const [written, writeMs] = await timed(() =>
  writeBundle(path, {
    contents: {
      source: inspector.source,
      trace: inspector.state().trace,
      rawTrace: inspector.rawTrace,
      server: 'fin-a.example.com:8445',
      version: '0.1.0',
      platform: process.platform,
      versions: {},
      settings: [],
      logs: [],
    },
    masks: { redact: redactor.redact, holdsSecret: redactor.holds },
    createdAt: Date.now(),
  }),
)
if (!written.ok) throw new Error(JSON.stringify(written.error))
const writeBlockedMs = loop.max / 1e6
loop.reset()

const ALL = { kinds: [], text: '', failedOnly: false }
const random = generator(1)
const opens: number[] = []
const pages: number[] = []
let entries = 0
let attempts = 0
let searchMs = 0
for (let round = 0; round < ROUNDS; round += 1) {
  const [bundle, openMs] = await timed(async () => {
    const opened = await openBundle(path)
    if (!opened.ok) throw new Error(JSON.stringify(opened.error))
    // Opened is what shows something: the newest page.
    entries = (await opened.value.source.tracePage(ALL, null, PAGE)).end
    return opened.value
  })
  attempts = bundle.source.attempts().length
  opens.push(openMs)
  // As a hand at the scroll bar asks: here and there.
  for (let jump = 0; jump < 40; jump += 1) {
    const from = Math.floor(random() * entries)
    pages.push((await timed(() => bundle.source.tracePage(ALL, from, PAGE)))[1])
  }
  searchMs = (await timed(() => bundle.source.tracePage({ ...ALL, text: 'nowhere at all' }, null, PAGE)))[1]
  await bundle.close()
}
const measured: Measured = {
  entries,
  attempts,
  zipBytes: (await stat(path)).size,
  textBytes: written.value.files.reduce((sum, file) => sum + file.bytes, 0),
  writeMs,
  writeBlockedMs,
  opens,
  pages,
  searchMs,
  readBlockedMs: loop.max / 1e6,
  node: process.version,
}
await rm(folder, { recursive: true })
process.stdout.write(JSON.stringify(measured))
process.exit(0)
