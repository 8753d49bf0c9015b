import { describe, expect, it } from 'vitest'
import { piecesOf, pretty } from './wireMarkup'

const joined = (text: string): string =>
  piecesOf(text)
    .map((piece) => piece.text)
    .join('')
const masked = (text: string): string[] =>
  piecesOf(text).flatMap((piece) => (piece.look === 'masked' ? [piece.text] : []))

describe('a wire text', () => {
  it('loses nothing by being coloured', () => {
    for (const text of [
      '<a b="1>2" c=\'3\'>\n  x &lt; y\n</a>',
      'not XML at all < >',
      '<broken <a b="c',
      'GET /ws/ HTTP/1.1\nHost: fin-a:8445\nCookie: [redacted]',
      'HTTP/1.1 403 Forbidden\nServer: x\n\nplain body',
      '{"a": "[number 3]"}',
      '',
    ])
      expect(joined(text)).toBe(text)
  })

  it('marks what was taken out, wherever it stands', () => {
    expect(masked('<auth mechanism="PLAIN">[redacted]</auth>')).toEqual(['[redacted]'])
    expect(masked('<a to="[number 12]">[variable 2] and [contact 1]</a>')).toEqual([
      '[number 12]',
      '[variable 2]',
      '[contact 1]',
    ])
    expect(masked('GET /x HTTP/1.1\nAuthorization: Basic [redacted]')).toEqual(['[redacted]'])
    expect(masked('<a>[number]</a> [12] [other 3]')).toEqual([])
  })

  it('names tags, attributes and headers', () => {
    const looks = (text: string) => piecesOf(text).map((piece) => `${piece.look} ${piece.text}`)
    expect(looks('<iq type="set"/>')).toEqual(expect.arrayContaining(['tag iq', 'name type', 'value "set"']))
    expect(looks('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket')).toEqual([
      'head HTTP/1.1 101 Switching Protocols',
      'plain \n',
      'name Upgrade',
      'mark : ',
      'value websocket',
    ])
  })

  it('indents XML that came on one line, with the payload of an event as what it is', () => {
    expect(pretty('<a><b>x</b><c/></a>')).toBe('<a>\n  <b>x</b>\n  <c/>\n</a>')
    expect(pretty('<n>&lt;Update&gt;&lt;s&gt;READY&lt;/s&gt;&lt;/Update&gt;</n>')).toBe(
      '<n>\n  <Update>\n    <s>READY</s>\n  </Update>\n</n>',
    )
    expect(pretty('<a>\n<b/></a>')).toBe('<a>\n<b/></a>')
  })

  it('shows what is very long without colours', () => {
    expect(piecesOf(`<a>${'x'.repeat(70_000)}</a>`)).toHaveLength(1)
  })
})
