import { expect, test } from 'vitest'
import { createRedactor } from '../platform/redact'
import { frameShape } from './frames'
import { createMask } from './mask'
import { prettyText } from './pretty'

// Every frame is masked before anybody has looked whether it is well-formed: whatever a server sends must take a time
// that grows with its length, or one frame would hold up the session's own pings.

const LENGTH = 256 * 1024
/** A tenth of a second is usual; looking at the end again and again takes two to thirty. */
const MOST_CPU_MS = 1_000

const redactor = createRedactor()
redactor.register('r&"d')

const cpuOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  return process.cpuUsage(before).user / 1_000
}

const pieces: readonly (readonly [string, string?])[] = [
  ['sessionid'],
  ['lt;'],
  ['<a gt;'],
  ['<loginId>'],
  ['<description>'],
  ['<phone>'],
  ['id='],
  ['loginid='],
  ['firstname='],
  ['\nhost:'],
  ['<auth '],
  ['<response'],
  ['<password '],
  ['<error ', '<iq type="error" '],
  ['<items ', '<message '],
  ['token-'],
  ['eyJ-'],
  ['&amp;'],
]
for (const [piece, before = ''] of pieces)
  test(`a text of nothing but ${JSON.stringify(piece)} is masked in a time that grows with its length`, async () => {
    const text = before + piece.repeat(LENGTH / piece.length)
    const mask = createMask({ redact: redactor.redact })
    expect(await cpuOf(() => frameShape(mask.text(text)))).toBeLessThan(MOST_CPU_MS)
  })

test('text full of escaped brackets is laid out in such a time, too', async () => {
  const text = `<a>${'&lt;'.repeat(40_000)}>x</a>`
  expect(await cpuOf(() => prettyText(text))).toBeLessThan(MOST_CPU_MS)
})
