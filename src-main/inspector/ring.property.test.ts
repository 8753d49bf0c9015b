import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRing, type Ring, type RingCodec } from './ring'
import { zlibCodec } from './zlibCodec'
import type { EntryFacts } from './ringIndex'

/** Deflates when told to: the order of everything else is the test's own. */
const manualCodec = () => {
  const waiting: (() => void)[] = []
  const codec: RingCodec = {
    // Half of it, whatever it is; the rest is kept aside.
    deflate: (raw) => {
      const copy = Buffer.from(raw)
      const packed = Buffer.alloc(Math.ceil(raw.length / 2))
      aside.set(packed, copy)
      return new Promise((resolve) => waiting.push(() => resolve(packed)))
    },
    inflate: (packed) => {
      const raw = aside.get(packed)
      return raw === undefined ? Promise.reject(new Error('never packed')) : Promise.resolve(Buffer.from(raw))
    },
  }
  const aside = new Map<Buffer, Buffer>()
  return { codec, pack: () => waiting.shift()?.() }
}

const KINDS = ['event', 'iq', 'rest', 'note'] as const

const factsArbitrary: fc.Arbitrary<EntryFacts> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom(...KINDS),
  direction: fc.constantFrom('sent', 'received', 'none'),
  server: fc.constantFrom('a:1', 'b:2', ''),
  failed: fc.boolean(),
  bytes: fc.nat(1_000_000),
})

const stepArbitrary = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(
      fc.constant('append' as const),
      factsArbitrary,
      fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
      fc.nat(20),
    ),
  },
  { weight: 3, arbitrary: fc.tuple(fc.constant('read' as const), fc.nat(400)) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('pack' as const)) },
)

const CAPACITY = 60
const MAX = CAPACITY * 30 + 20_000

const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8')

describe('the ring', () => {
  test('behaves as an array that loses its oldest, and never takes more than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 250, size: 'max' }), async (steps) => {
        const { codec, pack } = manualCodec()
        const ring = createRing({
          maxBytes: MAX,
          codec,
          capacity: CAPACITY,
          slabBytes: 1_000,
          mostText: 4_000,
        })
        const model: { facts: EntryFacts; text: string; line: string }[] = []
        let first = 0
        for (const step of steps) {
          if (step[0] === 'pack') {
            pack()
            await Promise.resolve()
          } else if (step[0] === 'append') {
            const [, facts, part, times] = step
            const text = part.repeat(times)
            expect(ring.append(facts, `line ${part.slice(0, 5)}`, text)).toBe(model.length)
            model.push({ facts, text: wellFormed(text), line: wellFormed(`line ${part.slice(0, 5)}`) })
            // What has just come is there, always.
            expect(ring.first()).toBeLessThan(model.length)
          } else {
            const seq = step[1]
            const entry = await ring.read(seq)
            const wanted = model[seq]
            if (seq < ring.first() || wanted === undefined) expect(entry).toBeNull()
            else {
              expect(entry?.facts).toEqual(wanted.facts)
              expect(entry?.line).toBe(wanted.line)
              if (entry?.cut === true) {
                expect(Buffer.byteLength(wanted.text)).toBeGreaterThan(4_000)
                expect(wanted.text.startsWith(entry.text)).toBe(true)
                expect(Buffer.byteLength(entry.text)).toBeGreaterThan(3_990)
              } else expect(entry?.text).toBe(wanted.text)
            }
          }
          expect(ring.bytes()).toBeLessThanOrEqual(MAX)
          // Never less than the index and the slab that is open: nothing is given back twice.
          if (model.length > 0) expect(ring.bytes()).toBeGreaterThanOrEqual(CAPACITY * 30 + 1_000)
          expect(ring.first()).toBeGreaterThanOrEqual(first)
          expect(ring.next()).toBe(model.length)
          expect(ring.next() - ring.first()).toBeLessThanOrEqual(CAPACITY)
          first = ring.first()
        }
        // Also of what has left meanwhile.
        for (const _step of steps) pack()
        await Promise.resolve()
        if (model.length > 0) expect(ring.bytes()).toBeGreaterThanOrEqual(CAPACITY * 30 + 1_000)
      }),
      { numRuns: 60, endOnFailure: true },
    )
  })

  test('keeps a text larger than a slab, cuts one that is larger than it may be, and says so', async () => {
    const ring = createRing({ maxBytes: 16 * 1024 * 1024, codec: zlibCodec })
    const facts = {
      at: 1,
      kind: 'rest',
      direction: 'received',
      server: 'a:1',
      failed: false,
      bytes: 0,
    } as const
    const fits = 'é'.repeat(128 * 1024)
    ring.append(facts, 'small', 'x')
    const whole = ring.append(facts, 'fits', fits)
    const cut = ring.append(facts, 'cut', `${fits}ö`)
    ring.append(facts, 'after', 'y')
    expect(await ring.read(whole)).toMatchObject({ line: 'fits', text: fits, cut: false })
    expect(await ring.read(cut)).toMatchObject({ line: 'cut', text: fits, cut: true })
    expect(await ring.read(cut + 1)).toMatchObject({ line: 'after', text: 'y' })
  })

  test('refuses a bound that leaves no room', () => {
    expect(() => createRing({ maxBytes: 1_000_000, codec: zlibCodec })).toThrow(RangeError)
  })
})

const frame = (index: number): string =>
  `<message xmlns="jabber:client" from="pubsub.fin-a.example.com" to="1001@fin-a.example.com" id="${index.toString(36)}"><event xmlns="http://jabber.org/protocol/pubsub#event"><items node="/finesse/api/User/${String(1000 + (index % 300))}"><item id="2f1c0b9e-53f7-4b0e-9a0d-0d9e5a3a7c11${String(index)}"><notification xmlns="http://jabber.org/protocol/pubsub">&lt;Update&gt;&lt;data&gt;&lt;user&gt;&lt;dialogs&gt;/finesse/api/User/${String(1000 + (index % 300))}/Dialogs&lt;/dialogs&gt;&lt;extension&gt;${String(2000 + (index % 300))}&lt;/extension&gt;&lt;firstName&gt;Ada&lt;/firstName&gt;&lt;lastName&gt;Nord&lt;/lastName&gt;&lt;loginId&gt;${String(1000 + (index % 300))}&lt;/loginId&gt;&lt;state&gt;${index % 2 === 0 ? 'READY' : 'NOT_READY'}&lt;/state&gt;&lt;stateChangeTime&gt;${new Date(1_790_000_000_000 + index * 324).toISOString()}&lt;/stateChangeTime&gt;&lt;teamName&gt;Blue ${String(index % 7)}&lt;/teamName&gt;${'&lt;wrapUpOnIncoming&gt;OPTIONAL&lt;/wrapUpOnIncoming&gt;'.repeat(4)}&lt;/user&gt;&lt;/data&gt;&lt;event&gt;PUT&lt;/event&gt;&lt;source&gt;/finesse/api/User/${String(1000 + (index % 300))}&lt;/source&gt;&lt;/Update&gt;</notification></item></items></event></message>`

test('a shift of 100,000 frames stays within the bound, and off the heap', async () => {
  const facts = {
    at: 1,
    kind: 'event',
    direction: 'received',
    server: 'a:1',
    failed: false,
    bytes: 0,
  } as const
  const ring: Ring = createRing({ maxBytes: 16 * 1024 * 1024, codec: zlibCodec })
  const fill = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      ring.append(facts, 'event', frame(ring.next()))
      if (index % 200 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await fill(20_000)
  const before = process.memoryUsage()
  let most = 0
  for (let round = 0; round < 8; round += 1) {
    await fill(10_000)
    most = Math.max(most, ring.bytes())
  }
  expect(ring.next()).toBe(100_000)
  expect(most).toBeLessThanOrEqual(16 * 1024 * 1024)
  // All of them are still there, deflated.
  expect(ring.first()).toBe(0)
  expect(await ring.read(0)).toMatchObject({ text: frame(0) })
  const after = process.memoryUsage()
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(40 * 1024 * 1024)
  expect(Buffer.byteLength(frame(5_000))).toBeGreaterThan(1_000)
}, 60_000)
