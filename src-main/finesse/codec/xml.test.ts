import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BODY_LIMITS, FRAME_LIMITS, parseXml, xmlElement, type XmlElement, type XmlLimits } from './xml'
import { writeXml } from './writeXml'

const small: XmlLimits = { bytes: 200, depth: 3, elements: 4, pieces: 10 }

const read = (text: string, limits = FRAME_LIMITS): XmlElement => {
  const result = parseXml(text, limits)
  if (!result.ok) throw new Error(result.error.problem)
  return result.value
}

const kindOf = (text: string, limits = FRAME_LIMITS): string => {
  const result = parseXml(text, limits)
  return result.ok ? 'ok' : result.error.kind
}

describe('parseXml', () => {
  it('builds a tree with names as sent, local names and keys', () => {
    const root = read('<a:Root b="1" c:d="&lt;&#10;"><Kid/>t<![CDATA[<x>]]><!-- no -->&amp;&#x41;</a:Root>')
    expect(root).toMatchObject({ name: 'a:Root', local: 'Root', key: 'root', text: 't<x>&A' })
    expect(root.attributes).toEqual([
      ['b', '1'],
      ['c:d', '<\n'],
    ])
    expect(root.children).toEqual([
      { name: 'Kid', local: 'Kid', key: 'kid', attributes: [], children: [], text: '' },
    ])
  })

  it('accepts a BOM, and white space and a BOM before the declaration', () => {
    expect(read('\uFEFF<?xml version="1.0" encoding="UTF-8"?><a/>').name).toBe('a')
    expect(read('\n  \uFEFF <?xml version="1.0"?>\n<!-- hello -->\n<a/>\n').name).toBe('a')
  })

  it.each([
    ['', 'empty'],
    ['   ', 'blank'],
    ['hello', 'text only'],
    ['<a>', 'unclosed'],
    ['<a><b></a></b>', 'mismatch'],
    ['<a/><b/>', 'two roots'],
    ['<a/>x', 'text after the root'],
    ['<a b="1" b="2"/>', 'attribute twice'],
    ['<a b=1/>', 'attribute unquoted'],
    ['<a>&nope;</a>', 'unknown entity'],
    ['<a>&constructor;</a>', 'inherited name as an entity'],
    ['<a b="&lol;"/>', 'unknown entity in an attribute'],
    ['<a>&#0;</a>', 'forbidden reference'],
    ['<a>&#xD800;</a>', 'reference to half a character'],
    ['<a>\u0001</a>', 'control character'],
    ['<?xml version="1.1"?><a>&#1;</a>', 'control character by way of XML 1.1'],
    ['<?xml-stylesheet href="x"?><a/>', 'processing instruction'],
    ['<a><?php x ?></a>', 'processing instruction inside'],
    ['<a>]]></a>', 'end of CDATA in text'],
    ['{"json":true}', 'JSON'],
  ])('refuses %j (%s)', (text) => {
    expect(kindOf(text)).toBe('notXml')
  })

  it.each([
    '<!DOCTYPE html><html></html>',
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
  ])('refuses the DOCTYPE of %s', (text) => {
    expect(kindOf(text)).toBe('doctype')
  })

  it('says where the text is broken', () => {
    const result = parseXml('<a>\n<b></c></a>', FRAME_LIMITS)
    expect(result).toMatchObject({
      ok: false,
      error: { problem: expect.stringContaining('line 2') as string },
    })
  })

  it('never carries more of a hostile name into the problem than a line', () => {
    const result = parseXml(`<${'n'.repeat(300)}`, FRAME_LIMITS)
    const unclosed = parseXml(`<a></${'n'.repeat(500_000)}>`, FRAME_LIMITS)
    for (const each of [result, unclosed]) {
      expect(each.ok).toBe(false)
      if (!each.ok) expect(each.error.problem.length).toBeLessThan(300)
    }
  })
})

describe('limits', () => {
  it('count UTF-8 bytes', () => {
    const text = (filler: string): string => `<a>${filler}</a>`
    expect(kindOf(text('x'.repeat(193)), small)).toBe('ok')
    expect(kindOf(text('x'.repeat(194)), small)).toBe('tooLarge')
    expect(kindOf(text('é'.repeat(96)), small)).toBe('ok')
    expect(kindOf(text('é'.repeat(97)), small)).toBe('tooLarge')
  })

  it('stop at depth and number of elements', () => {
    expect(kindOf('<a><b><c/></b></a>', small)).toBe('ok')
    expect(kindOf('<a><b><c><d/></c></b></a>', small)).toBe('tooDeep')
    expect(kindOf('<a><b/><b/><b/></a>', small)).toBe('ok')
    expect(kindOf('<a><b/><b/><b/><b/></a>', small)).toBe('tooManyElements')
  })

  it('stop at long names and at many attributes', () => {
    expect(kindOf(`<${'n'.repeat(257)}/>`)).toBe('tooLarge')
    expect(kindOf(`<a ${'n'.repeat(257)}=""/>`)).toBe('tooLarge')
    const attributes = (count: number): string =>
      `<a ${Array.from({ length: count }, (_, n) => `a${String(n)}=""`).join(' ')}/>`
    expect(kindOf(attributes(64))).toBe('ok')
    expect(kindOf(attributes(65))).toBe('tooLarge')
  })

  it('are enforced while parsing: what follows the excess is never looked at', () => {
    expect(kindOf(`${'<a>'.repeat(49)} & this is not XML`)).toBe('tooDeep')
    expect(kindOf(`<a>${'<b/>'.repeat(5000)} & this is not XML`)).toBe('tooManyElements')
  })

  it('hold for hostile megabytes without stalling', () => {
    const mebibyte = 1024 * 1024
    const hostile = [
      '<a>'.repeat(mebibyte / 3 - 1),
      `<a ${'b="" '.repeat(mebibyte / 6)}`,
      `<a>${'&amp;'.repeat(mebibyte / 6)}`,
      `<a>${'&'.repeat(mebibyte - 10)}`,
      `<!DOCTYPE a [${'<!ENTITY b "c">'.repeat(60_000)}`,
      `<!--${'-'.repeat(mebibyte - 10)}`,
      `<a><![CDATA[${']'.repeat(mebibyte - 20)}`,
      `<${'n'.repeat(mebibyte - 10)}`,
    ]
    for (const text of hostile) {
      const start = performance.now()
      expect(kindOf(text)).not.toBe('ok')
      expect(performance.now() - start).toBeLessThan(2000)
    }
  })

  it.each([
    ['tooLarge', `<a><![CDATA[${']'.repeat(100_001)}]]></a>`],
    ['tooLarge', `<a><![CDATA[${'x]'.repeat(100_000)}]]></a>`],
    ['tooLarge', `<a>${'x\r\n'.repeat(25_001)}</a>`],
    ['tooLarge', `<a>${'<!---->'.repeat(25_000)}</a>`],
    ['tooManyReferences', `<a>${'&lt;'.repeat(25_001)}</a>`],
    ['ok', `<a>${'&lt;'.repeat(25_000)}</a>`],
    ['ok', `<a>${']'.repeat(200_000)}</a>`],
  ])('tell %s before it costs anything', (kind, text) => {
    expect(kindOf(text)).toBe(kind)
  })

  it('let a REST body be large', () => {
    const body = `<Team>${'<User><loginId>1</loginId></User>'.repeat(10_000)}</Team>`
    expect(kindOf(body, FRAME_LIMITS)).toBe('tooLarge')
    expect(kindOf(body, BODY_LIMITS)).toBe('ok')
  })
})

describe('names of the language', () => {
  it('are only names', () => {
    const text =
      '<__proto__ constructor="1" __proto__="2" hasOwnProperty="3"><constructor/><toString>x</toString></__proto__>'
    const root = read(text)
    expect(root.name).toBe('__proto__')
    expect(root.attributes).toEqual([
      ['constructor', '1'],
      ['__proto__', '2'],
      ['hasOwnProperty', '3'],
    ])
    expect(root.children.map((child) => child.key)).toEqual(['constructor', 'toString'])
    expect(Object.getPrototypeOf(root)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(writeXml(root)).toBe(text.replace('<constructor/>', '<constructor></constructor>'))
  })
})

describe('writeXml', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 40 })

  it('writes whatever text it is given so that it comes back', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, value) => {
        // What XML cannot carry is replaced; the rest must survive, carriage returns and tabs too.
        const carried = (raw: string): string =>
          raw.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
        const root = read(writeXml(xmlElement('a', [], text, [['b', value]])))
        expect(root.text).toBe(carried(text))
        expect(root.attributes).toEqual([['b', carried(value)]])
      }),
    )
  })

  it('replaces lone surrogates and control characters', () => {
    expect(writeXml(xmlElement('a', [], 'x\uD800y\u0000z\u{1F600}'))).toBe('<a>x\uFFFDy\uFFFDz\u{1F600}</a>')
  })

  it('writes no name that would break the text', () => {
    expect(writeXml(xmlElement('a><b', []))).toBe('<unnamed></unnamed>')
    expect(writeXml(xmlElement('x:Jalapeño', []))).toBe('<x:Jalapeño></x:Jalapeño>')
  })
})

describe('any text', () => {
  it('never throws', () => {
    const bits = fc.constantFrom(
      '<a>',
      '</a>',
      '<b/>',
      '<',
      '>',
      '&',
      ';',
      '&lt;',
      '&#',
      '<!',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!DOCTYPE',
      '[',
      '"',
      "'",
      '=',
      ' ',
      '\n',
      '\r',
      '\uFEFF',
      '\uD800',
      'x',
      ':',
      '__proto__',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
        const result = parseXml(parts.join(''), FRAME_LIMITS)
        if (!result.ok) expect(result.error.problem).toMatch(/\S/)
      }),
      { numRuns: 3000 },
    )
  })
})
