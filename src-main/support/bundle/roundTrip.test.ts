import fc from 'fast-check'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { TRACE_KINDS, type TraceEntry, type TraceFilter } from '../../../src-contract/inspector'
import type { InspectorSource } from '../../inspector/source'
import { attempts as anyAttempts, healthViews, traces } from '../testing/arbitraries'
import { listContents, NO_SECRETS, removeFolders, temporaryFolder } from '../testing/contents'
import { createListSource, EMPTY_HEALTH, type Lists } from '../testing/listSource'
import { SAMPLE_AT, sampleAttempt } from '../testing/samples'
import { createBundles } from './previews'
import { openBundle } from './read'
import { type BundleContents, writeBundle } from './write'

afterEach(removeFolders)

let count = 0

/** Writes a bundle and opens it again. */
const passed = async (contents: BundleContents, limitBytes?: number) => {
  count += 1
  const path = join(await temporaryFolder(), `shift-${String(count)}.zip`)
  const written = await writeBundle(path, {
    contents,
    masks: NO_SECRETS,
    createdAt: SAMPLE_AT,
    ...(limitBytes === undefined ? {} : { limitBytes }),
  })
  if (!written.ok) throw new Error(JSON.stringify(written.error))
  const opened = await openBundle(path)
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  return { ...opened.value, written: written.value, bytes: (await stat(path)).size }
}

const entryOf = (seq: number, over: Partial<TraceEntry> = {}): TraceEntry => ({
  seq,
  at: SAMPLE_AT + seq,
  direction: 'received',
  kind: 'event',
  server: 'fin-a.example.com:8445',
  line: `event ${String(seq)}`,
  bytes: 100,
  failed: false,
  text: `<a n="${String(seq)}"/>`,
  ...over,
})

const ALL: TraceFilter = { kinds: [], text: '', failedOnly: false }

/** Everything a window can ask. */
const answers = async (source: InspectorSource, filters: readonly TraceFilter[]) => ({
  attempts: source.attempts(),
  details: source.attempts().map(({ id }) => source.attempt(id)),
  health: source.health(null),
  pages: await Promise.all(
    filters.flatMap((filter) => [
      source.tracePage(filter, null, 7),
      source.tracePage(filter, 0, 500),
      source.tracePage(filter, 3, 5),
      source.tracePage(filter, 9_999, 5),
    ]),
  ),
})

const filters: fc.Arbitrary<TraceFilter> = fc.record({
  kinds: fc.subarray([...TRACE_KINDS]),
  text: fc.oneof(
    fc.constantFrom('', 'a', '"', '\\', 'B C', '<A', '\n'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  failedOnly: fc.boolean(),
})

/** Zod leaves `__proto__` out, which no code of ours ever makes. */
const isUsual = (lists: unknown): boolean => !JSON.stringify(lists).includes('"__proto__":')

describe('what was written is what the opened bundle answers', () => {
  it('whatever was captured', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .record({
            attempts: fc.uniqueArray(anyAttempts, { maxLength: 3, selector: ({ id }) => id }),
            health: healthViews,
            entries: traces,
          })
          .filter(isUsual),
        fc.array(filters, { minLength: 1, maxLength: 3 }),
        async (lists: Lists, asked) => {
          // What JSON cannot carry is not captured either: lone surrogates become U+FFFD on the wire.
          const wellFormed = JSON.parse(Buffer.from(JSON.stringify(lists), 'utf8').toString('utf8')) as Lists
          const { source, close } = await passed(listContents(wellFormed))
          const expected = createListSource(wellFormed)
          expect(await answers(source, [ALL, ...asked])).toEqual(await answers(expected, [ALL, ...asked]))
          for (const { seq } of wellFormed.entries)
            expect(await source.traceEntry(seq)).toEqual(await expected.traceEntry(seq))
          await close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('over many segments, at their borders and under filters', async () => {
    const entries = Array.from({ length: 3_456 }, (_, at) =>
      entryOf(at + 10, {
        kind: at % 5 === 0 ? 'rest' : 'event',
        failed: at % 7 === 0,
        text: at % 11 === 0 ? 'with a Needle in it' : 'plain',
      }),
    )
    const { source, close } = await passed(listContents({ entries }))
    const expected = createListSource({ attempts: [], health: EMPTY_HEALTH, entries })
    for (const filter of [
      ALL,
      { ...ALL, text: 'nEEDLE' },
      { ...ALL, text: 'event 34' },
      { kinds: ['rest' as const], text: 'needle', failedOnly: true },
      { ...ALL, text: 'nowhere' },
    ])
      for (const from of [0, 455, 456, 999, 1_000, 1_455, 3_455, 3_456, null])
        expect(await source.tracePage(filter, from, 60)).toEqual(await expected.tracePage(filter, from, 60))
    expect(await source.traceEntry(10)).toEqual(entries[0])
    expect(await source.traceEntry(3_465)).toEqual(entries.at(-1))
    expect(await source.traceEntry(3_466)).toBeNull()
    expect(await source.traceEntry(9)).toBeNull()
    await close()
  })

  it('shows a part of the shift as the living one does: what reaches into it', async () => {
    const at = (minute: number) => SAMPLE_AT + minute * 60_000
    const point = (minute: number) => ({ at: at(minute), roundTripMs: 1, driftMs: null, pingsLost: 0 })
    const span = (from: number, to: number | null) => ({ from: at(from), to: to === null ? null : at(to) })
    const { source, close } = await passed(
      listContents({
        health: {
          ...EMPTY_HEALTH,
          from: at(0),
          to: at(60),
          points: [point(0), point(49), point(50), point(59)],
          states: [
            { ...span(0, 20), state: 'READY', look: 'ready' },
            { ...span(20, null), state: 'WORK', look: 'wrapUp' },
          ],
          calls: [span(1, 2), span(49, 51), span(55, 56)],
        },
      }),
    )
    expect(source.health(10 * 60_000)).toMatchObject({
      from: at(50),
      to: at(60),
      points: [{ at: at(50) }, { at: at(59) }],
      states: [{ state: 'WORK' }],
      calls: [{ from: at(49) }, { from: at(55) }],
    })
    expect(source.health(null).points).toHaveLength(4)
    await close()
  })

  it('tells about itself', async () => {
    const { about, close, written } = await passed(
      listContents({
        entries: [entryOf(5, { text: '[redacted] [number 1] [number 2] [variable 7] [contact 1]' })],
      }),
    )
    expect(about).toMatchObject({
      name: `shift-${String(count)}.zip`,
      createdAt: SAMPLE_AT,
      version: '0.1.0',
      platform: 'linux x64',
      server: 'fin-a.example.com:8445',
      trace: { first: 5, next: 6, bytes: 100, maxBytes: 32_000_000, paused: true },
    })
    expect(about.files).toEqual(written.files)
    expect(written.files.map(({ name, what }) => [name, what])).toEqual([
      ['manifest.json', 'manifest'],
      ['versions.json', 'versions'],
      ['settings.json', 'settings'],
      ['attempts.json', 'attempts'],
      ['health.json', 'health'],
      ['har/attempt-2.har', 'har'],
      ['har/attempt-1.har', 'har'],
      ['trace/0000000005.ndjson', 'trace'],
      ['trace/index.json', 'trace'],
    ])
    // The sample attempt holds two secrets that were masked; its HAR only repeats them.
    expect(about.masked).toEqual({ secrets: 1 + 2, numbers: 2, callVariables: 2 })
    await close()
  })
})

describe('what does not fit', () => {
  /** Hardly compressible. */
  const noise = (seq: number): string =>
    Array.from({ length: 40 }, (_, at) => Math.imul(seq * 40 + at, 2_654_435_761).toString(36)).join('')

  it('the oldest segments are left out first, and the manifest says so', async () => {
    const entries = Array.from({ length: 6_000 }, (_, at) => entryOf(at, { text: noise(at) }))
    const { about, source, close, bytes } = await passed(listContents({ entries }), 600_000)
    expect(bytes).toBeLessThan(600_000)
    expect(bytes).toBeGreaterThan(300_000)
    const { end, rows } = await source.tracePage(ALL, 0, 1)
    expect(end).toBeGreaterThan(900)
    expect(end).toBeLessThan(5_000)
    expect(end % 500).toBe(0)
    expect(rows[0]?.seq).toBe(6_000 - end)
    expect(about.trace).toMatchObject({ first: 6_000 - end, next: 6_000 })
    await close()
  })

  it('older attempts lose their texts before they are lost', async () => {
    const big = (id: number) =>
      sampleAttempt({
        id,
        calls: [],
        stages: sampleAttempt().stages.map((stage) => ({
          ...stage,
          exchange: [{ direction: 'sent', at: SAMPLE_AT, text: 'x'.repeat(100_000), cut: 0 }],
        })),
      })
    const { source, close } = await passed(
      listContents({ attempts: Array.from({ length: 12 }, (_, at) => big(at + 1)) }),
    )
    expect(source.attempts()).toHaveLength(12)
    const texts = source.attempts().map(({ id }) => source.attempt(id)?.stages[0]?.exchange.length)
    expect(texts).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
    await close()
  })

  it('a bundle that would be too large without any trace is refused', async () => {
    const path = join(await temporaryFolder(), 'a.zip')
    const written = await writeBundle(path, {
      contents: listContents(),
      masks: NO_SECRETS,
      createdAt: SAMPLE_AT,
      limitBytes: 1_000,
    })
    expect(written).toEqual({ ok: false, error: { code: 'tooLarge', limitBytes: 1_000 } })
  })
})

it('takes the end of the logs, in whole lines, newest first', async () => {
  const folder = await temporaryFolder()
  const [newest, older] = [join(folder, 'sidetone.log'), join(folder, 'sidetone.1.log')]
  const lines = Array.from({ length: 60_000 }, (_, at) => `${String(at)} ${'y'.repeat(60)}\n`)
  await writeFile(newest, lines.slice(30_000).join(''))
  await writeFile(older, lines.join(''))
  const bundles = createBundles({
    contents: () => listContents({}, { logs: [newest, older, join(folder, 'gone.log')] }),
    masks: NO_SECRETS,
    folder: join(folder, 'previews'),
    now: () => SAMPLE_AT,
    newId: () => 'p1',
  })
  const preview = await bundles.prepare()
  if (!preview.ok) throw new Error(preview.error.code)
  const logs = preview.value.files.filter((file) => file.what === 'log')
  expect(logs.map((log) => log.name)).toEqual(['logs/sidetone.log', 'logs/sidetone.1.log'])
  const bytes = logs.reduce((sum, log) => sum + log.bytes, 0)
  expect(bytes).toBeLessThanOrEqual(4 * 1024 * 1024)
  expect(bytes).toBeGreaterThan(4 * 1024 * 1024 - 100)
  const read = await bundles.read('p1', 'logs/sidetone.1.log')
  expect(read).toMatchObject({ ok: true, value: { cut: true } })
  expect(read.ok && /^\d+ y+\n/.test(read.value.text)).toBe(true)
  await bundles.close()
})
