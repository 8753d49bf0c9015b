import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './boundedJson'

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
/** Long enough to be looked at. */
const long = (text: string): string => text + ' '.repeat(60_000)

describe('JSON of somebody else', () => {
  it('is read as ever when it is not deep', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value)
        expect(parseJson(long(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    ['24 deep', nested(24), true],
    ['25 deep', nested(25), false],
    ['brackets in a text', JSON.stringify({ a: '['.repeat(99) }), true],
    ['brackets behind a quote in a text', JSON.stringify(`"${'{'.repeat(99)}`), true],
    ['brackets behind backslashes', JSON.stringify(['\\', '\\"[', '{'.repeat(99)]), true],
    ['many side by side', `[${'{},'.repeat(999)}{}]`, true],
    ['an open text', '"[', false],
    ['nothing', '', false],
  ])('%s', (_, text, readable) => {
    expect(parseJson(long(text)) !== undefined).toBe(readable)
  })
})
