import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TraceFilter } from '../../src-contract/inspector'
import { frameLine, frameShape } from './frames'
import { prettyText } from './pretty'
import { createRing } from './ring'
import { createTrace, type Trace } from './trace'
import { zlibCodec } from './zlibCodec'

const filter = (part: Partial<TraceFilter>): TraceFilter => ({
  kinds: [],
  text: '',
  failedOnly: false,
  ...part,
})
const ALL = filter({})

const traceOf = (options: { capacity?: number; slabBytes?: number; maxBytes?: number } = {}): Trace =>
  createTrace({
    ring: createRing({ maxBytes: 16 * 1024 * 1024, codec: zlibCodec, ...options }),
    breathe: () => setImmediate(),
  })

const add = (trace: Trace, index: number): void =>
  trace.add(
    {
      at: index,
      kind: index % 3 === 0 ? 'event' : 'iq',
      direction: 'received',
      server: 'a:8445',
      failed: index % 10 === 0,
    },
    `line ${String(index)}`,
    `<a>Text ${String(index)} ${index % 7 === 0 ? 'Füßen NEEDLE' : ''}</a>`,
  )

const seqs = async (trace: Trace, asked: TraceFilter, from: number | null, count = 500) => {
  const page = await trace.page(asked, from, count)
  return { ...page, rows: page.rows.map(({ seq }) => seq) }
}

test('a search ends although entries come faster than it reads', async () => {
  let breaths = 0
  const trace = createTrace({
    ring: createRing({ maxBytes: 16 * 1024 * 1024, codec: zlibCodec }),
    breathe: async () => {
      breaths += 1
      if (breaths < 1_000) add(trace, breaths)
    },
  })
  add(trace, 0)
  expect((await trace.page(filter({ text: 'needle' }), null, 5)).end).toBe(1)
  expect(breaths).toBe(1)
  expect((await trace.page(filter({ text: 'needle' }), null, 5)).end).toBe(1)
  expect(breaths).toBe(2)
})

describe('pages', () => {
  test('without a filter positions are sequence numbers', async () => {
    const trace = traceOf()
    for (let index = 0; index < 1_000; index += 1) add(trace, index)
    expect(await seqs(trace, ALL, null, 3)).toEqual({
      first: 0,
      end: 1_000,
      from: 997,
      rows: [997, 998, 999],
    })
    expect(await seqs(trace, ALL, 10, 2)).toEqual({ first: 0, end: 1_000, from: 10, rows: [10, 11] })
    expect(await seqs(trace, ALL, 5_000, 2)).toMatchObject({ rows: [] })
    const [row] = (await trace.page(ALL, 10, 1)).rows
    expect(row).toEqual({
      seq: 10,
      at: 10,
      direction: 'received',
      kind: 'iq',
      server: 'a:8445',
      line: 'line 10',
      bytes: Buffer.byteLength('<a>Text 10 </a>'),
      failed: true,
    })
  })

  for (const [name, asked, wanted] of [
    ['kinds', filter({ kinds: ['event'] }), (index: number) => index % 3 === 0],
    ['failures', filter({ failedOnly: true }), (index: number) => index % 10 === 0],
    ['text, whatever its case', filter({ text: 'needle' }), (index: number) => index % 7 === 0],
    ['text beyond ASCII', filter({ text: 'fÜßEN' }), (index: number) => index % 7 === 0],
    ['text of the line', filter({ text: 'LINE 99' }), (index: number) => String(index).startsWith('99')],
    [
      'all at once',
      filter({ kinds: ['event'], failedOnly: true, text: 'needle' }),
      (index: number) => index % 210 === 0,
    ],
  ] as const)
    test(`filtered by ${name}, while the trace grows and loses its oldest`, async () => {
      const trace = traceOf({ capacity: 700, slabBytes: 4_000 })
      const matching = (first: number, end: number) =>
        Array.from({ length: end - first }, (_, index) => first + index).filter(wanted)
      for (let index = 0; index < 300; index += 1) add(trace, index)
      const early = await seqs(trace, asked, 0)
      expect(early).toEqual({ first: 0, end: early.rows.length, from: 0, rows: matching(0, 300) })
      for (let index = 300; index < 2_000; index += 1) {
        add(trace, index)
        if (index % 100 === 0) await setTimeout(1)
      }
      const { first } = trace.state()
      expect(first).toBeGreaterThan(1_000)
      const late = await seqs(trace, asked, null)
      expect(late.rows).toEqual(matching(first, 2_000))
      // Positions stay: those that were never looked at before they left have none.
      expect(late.end - late.first).toBe(late.rows.length)
      expect(late.first).toBeGreaterThanOrEqual(early.end)
      const [, second] = late.rows
      if (second === undefined) return
      expect((await seqs(trace, asked, late.first + 1, 1)).rows).toEqual([second])
      add(trace, 2_000)
      expect((await seqs(trace, asked, late.first + 1, 1)).rows).toEqual([second])
    })

  test('text of two entries side by side is not a match', async () => {
    const trace = traceOf()
    const facts = { at: 1, kind: 'iq', direction: 'sent', server: '', failed: false } as const
    trace.add(facts, 'x', 'nee')
    trace.add(facts, 'dle', '')
    trace.add(facts, '', 'needle')
    expect((await seqs(trace, filter({ text: 'needle' }), null)).rows).toEqual([2])
  })

  test('a search through everything lets the loop run', async () => {
    const trace = traceOf()
    const text = `<message>${'&lt;state&gt;READY&lt;/state&gt;'.repeat(30)}</message>`
    const facts = { at: 1, kind: 'event', direction: 'received', server: '', failed: false } as const
    for (let index = 0; index < 60_000; index += 1) {
      trace.add(facts, 'event', index % 1_000 === 0 ? text + String(index) : text)
      if (index % 500 === 0) await setImmediate()
    }
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const before = performance.now()
    const page = await trace.page(filter({ text: '</message>59000' }), null, 500)
    const took = performance.now() - before
    delay.disable()
    expect(page.rows).toHaveLength(1)
    expect(delay.max / 1e6).toBeLessThan(50 + 50)
    expect(took).toBeLessThan(10_000)
  }, 60_000)
})

describe('the trace', () => {
  test('takes nothing while it is paused, and says so', async () => {
    const trace = traceOf()
    add(trace, 1)
    trace.setPaused(true, 5)
    add(trace, 2)
    trace.setPaused(true, 6)
    trace.setPaused(false, 7)
    add(trace, 3)
    trace.setPlain(true, 8)
    const { rows } = await trace.page(ALL, null, 10)
    expect(rows.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
      'iq line 1',
      'note paused',
      'note resumed',
      'event line 3',
      'note plain',
    ])
    expect(trace.state()).toMatchObject({ first: 0, next: 5, paused: false, plain: true })
  })

  test('shows an entry laid out, with the payload of an event as what it is', async () => {
    const trace = traceOf()
    const golden = join(import.meta.dirname, '../finesse/golden/stanza-user-login.xml')
    const frame = readFileSync(golden, 'utf8').replaceAll(/\n\s*/g, '')
    trace.add({ at: 1, kind: 'event', direction: 'received', server: '', failed: false }, 'event', frame)
    const entry = await trace.entry(0)
    expect(
      entry?.text
        .split('\n')
        .slice(3, 9)
        .map((line) => line.trim()),
    ).toEqual([
      '<item id="2f1c0b9e-53f7-4b0e-9a0d-0d9e5a3a7c11530">',
      '<notification xmlns="urn:xmpp:push:0">',
      '<Update>',
      '<data>',
      '<user>',
      '<dialogs>/finesse/api/User/7031/Dialogs</dialogs>',
    ])
    expect(entry?.text).toContain('van der Berg &amp; Co</lastName>')
    expect((await trace.raw(0, 10))[0]?.text).toBe(frame)
    expect(await trace.entry(7)).toBeNull()
  })
})

describe('pretty text', () => {
  test('keeps an HTTP head and lays out the body', async () => {
    expect(await prettyText('HTTP/1.1 200 OK\r\nA: b\r\n\r\n<User><id>1</id></User>')).toBe(
      'HTTP/1.1 200 OK\r\nA: b\r\n\r\n<User>\n  <id>1</id>\n</User>',
    )
  })
  for (const text of ['', 'not XML', '<a><b></a>', '<a', 'GET / HTTP/1.1\r\n\r\n', '<a>&lt;b&gt;</a>'])
    test(`leaves ${JSON.stringify(text)} as it is`, async () => expect(await prettyText(text)).toBe(text))
})

describe('lines', () => {
  const ask = frameShape(
    '<iq type="set" id="1" xmlns="jabber:client"><pubsub><subscribe node="/finesse/api/Team/5013/Users" jid="a@b/c"/></pubsub></iq>',
  )
  for (const [text, line] of [
    [
      '<message from="p"><event><items node="/finesse/api/User/1001"/></event></message>',
      'event /finesse/api/User/1001',
    ],
    [
      '<message><event><items node="/x"><n>&lt;Update&gt;&lt;apiErrors&gt;</n></items></event></message>',
      'event /x apiErrors',
    ],
    ['<iq type="get" id="9"><ping xmlns="urn:xmpp:ping"/></iq>', 'ping'],
    ['<presence from="finesse@h/f" type="unavailable"/>', 'presence unavailable finesse@h/f'],
    ['<stream:features><x/></stream:features>', 'features'],
    ['<failure xmlns="s"><not-authorized/></failure>', 'failure not-authorized'],
    ['<stream:error><conflict xmlns="x"/></stream:error>', 'error conflict'],
    ['garbage', ''],
  ] as const)
    test(line === '' ? text : line, () => expect(frameLine(frameShape(text), undefined)).toBe(line))

  test('an answer is named after what it answers', () => {
    expect(frameLine(ask, undefined)).toBe('iq set subscribe /finesse/api/Team/5013/Users')
    const refused = frameShape(
      "<iq type='error' id='1'><error type='auth'><forbidden xmlns='x'/></error></iq>",
    )
    expect(frameLine(refused, ask)).toBe('iq error subscribe /finesse/api/Team/5013/Users forbidden')
    expect(refused.failed).toBe(true)
  })
})
