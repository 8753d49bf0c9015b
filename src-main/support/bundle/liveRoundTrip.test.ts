import { join } from 'node:path'
import { afterEach, expect, it, onTestFinished } from 'vitest'
import type { TraceFilter, TraceRow } from '../../../src-contract/inspector'
import type { InspectorSource } from '../../inspector/source'
import { inspectedDesk } from '../../inspector/testing/inspectedDesk'
import { removeFolders, temporaryFolder } from '../testing/contents'
import { openBundle } from './read'
import { writeBundle } from './write'

afterEach(removeFolders)

const ALL: TraceFilter = { kinds: [], text: '', failedOnly: false }

const FILTERS: readonly TraceFilter[] = [
  ALL,
  { ...ALL, kinds: ['event'] },
  { ...ALL, kinds: ['rest', 'ping'] },
  { ...ALL, failedOnly: true },
  { ...ALL, text: 'FINESSE/API/USER' },
  { ...ALL, text: '<state>ready</state>' },
  { ...ALL, text: 'ü' },
  { ...ALL, text: 'HTTP/1.1 200 OK\r\n' },
  { kinds: ['event', 'iq'], text: 'subscri', failedOnly: false },
]

/** Every row, asked for page by page as a list does. */
const rowsOf = async (source: InspectorSource, filter: TraceFilter): Promise<readonly TraceRow[]> => {
  const rows: TraceRow[] = []
  let page = await source.tracePage(filter, 0, 64)
  while (page.rows.length > 0) {
    rows.push(...page.rows)
    page = await source.tracePage(filter, page.from + page.rows.length, 64)
  }
  return rows
}

it('support sees what the agent saw: attempts, health, and the trace under every filter', async () => {
  const desk = await inspectedDesk(onTestFinished)
  await desk.online()
  await desk.commands['agent.setState']({ state: 'READY', reasonCodeId: null })
  await desk.until(({ slices }) => slices.agent?.state === 'READY')
  desk.control.ringAgent(desk.agent.id, {
    from: '+31612345678',
    variables: [{ name: 'callVariable1', value: 'Jürgen' }],
  })
  await desk.until(({ collections }) => collections.calls.size > 0)
  desk.control.answer(desk.agent.id)
  await desk.clock.jump(5_000)
  const { inspector, redactor, clock } = desk
  const path = join(await temporaryFolder(), 'live.zip')
  const live = inspector.source
  const before = live.health(null)
  const written = await writeBundle(path, {
    contents: {
      source: live,
      trace: inspector.state().trace,
      rawTrace: inspector.rawTrace,
      server: 'localhost:1',
      version: '0.1.0',
      platform: 'linux x64',
      versions: {},
      settings: [],
      logs: [],
    },
    masks: { redact: redactor.redact, holdsSecret: redactor.holds },
    createdAt: clock.now(),
  })
  expect(written).toMatchObject({ ok: true })
  const opened = await openBundle(path)
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  const { source, close } = opened.value

  // The second masking writes `[redacted]` where the first one left `Basic [redacted]`.
  const same = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll('Basic [redacted]', '[redacted]'))
  expect(source.attempts()).toEqual(same(live.attempts()))
  expect(source.attempts().length).toBeGreaterThan(0)
  for (const { id } of live.attempts()) expect(source.attempt(id)).toEqual(same(live.attempt(id)))
  expect(source.health(null).points).toEqual(same(before.points))
  expect(source.health(null).states).toEqual(same(before.states))

  let matched = 0
  for (const filter of FILTERS) {
    const [expected, rows] = [await rowsOf(live, filter), await rowsOf(source, filter)]
    expect([filter, rows]).toEqual([filter, expected])
    if (rows.length > 0) matched += 1
  }
  expect(matched).toBeGreaterThan(4)
  const all = await rowsOf(live, ALL)
  expect(all.length).toBeGreaterThan(40)
  for (const { seq } of all) expect(await source.traceEntry(seq)).toEqual(same(await live.traceEntry(seq)))
  await close()
})
