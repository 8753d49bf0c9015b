import { createInspector } from '../../src-main/inspector'
import { createRedactor } from '../../src-main/platform/redact'
import { createSessionRuntime } from '../../src-main/session/runtime'
import { realPorts } from '../../src-main/session/testing/realPorts'
import { writeBundle } from '../../src-main/support/bundle/write'
import { playOutages, playShift } from '../bundle-shift/shift'

const HOURS_MS = 9 * 3_600_000
const TRIES = 300
const TRACE_BYTES = 64 * 1024 * 1024

const [path = '', entries = ''] = process.argv.slice(2)
const { ports } = realPorts(null)
const { serverNow, view } = createSessionRuntime(ports)
const { redact, holds } = createRedactor()
const inspector = createInspector({ clock: ports.clock, serverNow, view, redact, maxBytes: TRACE_BYTES })
const newLink = () => inspector.linkTap({ node: 'A', mode: 'replace', resource: 'desktop' })
const start = Date.now() - HOURS_MS
const rest = inspector.restTap('fin-a.example.com:8445')
await playShift(Number(entries), { link: newLink(), rest, start })
playOutages(TRIES, newLink, start)
const written = await writeBundle(path, {
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
  masks: { redact, holdsSecret: holds },
  createdAt: Date.now(),
})
if (!written.ok) throw new Error(JSON.stringify(written.error))
process.exit(0)
