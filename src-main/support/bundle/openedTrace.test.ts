import { expect, it } from 'vitest'
import type { TraceEntry } from '../../../src-contract/inspector'
import { segmentName, type SegmentIndex } from './format'
import { createOpenedTrace } from './openedTrace'

const SEGMENTS = 50

const entryOf = (seq: number): TraceEntry => ({
  seq,
  at: seq,
  direction: 'received',
  kind: 'event',
  server: 'fin-a:8445',
  line: 'event',
  bytes: 1,
  failed: false,
  text: `needle ${String(seq)}`,
})

const segments = Array.from({ length: SEGMENTS }, (_, seq): SegmentIndex => ({
  name: segmentName(seq),
  firstSeq: seq,
  lastSeq: seq,
  kinds: 'e',
}))

it('while somebody types, searches nobody waits for any more come to an end', async () => {
  let reads = 0
  const trace = createOpenedTrace(segments, async (name) => {
    reads += 1
    return `${JSON.stringify(entryOf(Number(/\d+/.exec(name)?.[0])))}\n`
  })
  const typed = Array.from({ length: 20 }, (_, letters) => 'needle 49, and more'.slice(0, letters + 1))
  const search = (text: string) => trace.tracePage({ kinds: [], text, failedOnly: false }, null, 1)
  await Promise.all(typed.map(search))
  // Four are remembered, and so brought to their end.
  expect(reads).toBeLessThan(6 * SEGMENTS)
  expect(await search('needle 49')).toMatchObject({ end: 1, rows: [{ seq: 49 }] })
  expect(await search('needle')).toMatchObject({ end: SEGMENTS })
})

it('texts and lines longer than Sidetone writes them are shown in part: a window has to draw them', async () => {
  const long = 'x'.repeat(3_000_000)
  const [segment] = segments
  const trace = createOpenedTrace(segment === undefined ? [] : [segment], async () =>
    JSON.stringify({ ...entryOf(0), line: long, server: long, text: long }),
  )
  const page = await trace.tracePage({ kinds: [], text: '', failedOnly: false }, null, 1)
  expect(JSON.stringify(page).length).toBeLessThan(3_000)
  expect(JSON.stringify(await trace.traceEntry(0)).length).toBeLessThan(600_000)
})
