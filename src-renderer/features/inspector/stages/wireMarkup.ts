/** One stretch of a wire text with its look. */
export interface Piece {
  readonly look: 'plain' | 'mark' | 'tag' | 'name' | 'value' | 'masked' | 'head'
  readonly text: string
}

/** What the masks of main leave in place of a secret or of a customer's data. */
const MASKED = /\[(?:redacted|(?:number|variable|contact) \d+)\]/g

const withMasks = (text: string, look: Piece['look']): Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(MASKED)) {
    if (match.index > from) pieces.push({ look, text: text.slice(from, match.index) })
    pieces.push({ look: 'masked', text: match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ look, text: text.slice(from) })
  return pieces
}

const TAG = /(<[/?!]?)([\w:.-]*)([^<>]*?)([/?]?>)/g
const ATTRIBUTE = /([\w:.-]+)(\s*=\s*)("[^"]*"|'[^']*')/g

const attributes = (text: string): Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(ATTRIBUTE)) {
    const [whole, name = '', equals = '', value = ''] = match
    if (match.index > from) pieces.push(...withMasks(text.slice(from, match.index), 'plain'))
    pieces.push({ look: 'name', text: name }, { look: 'mark', text: equals }, ...withMasks(value, 'value'))
    from = match.index + whole.length
  }
  if (from < text.length) pieces.push(...withMasks(text.slice(from), 'plain'))
  return pieces
}

const xml = (text: string): Piece[] => {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(TAG)) {
    const [whole, open = '', name = '', inner = '', close = ''] = match
    if (match.index > from) pieces.push(...withMasks(text.slice(from, match.index), 'plain'))
    pieces.push({ look: 'mark', text: open }, { look: 'tag', text: name }, ...attributes(inner))
    pieces.push({ look: 'mark', text: close })
    from = match.index + whole.length
  }
  if (from < text.length) pieces.push(...withMasks(text.slice(from), 'plain'))
  return pieces
}

const HEADER = /^([\w-]+)(:\s?)(.*)$/

/** Start line and headers of HTTP, a body after an empty line. */
const http = (text: string): Piece[] => {
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/)
  const pieces: Piece[] = []
  for (const [index, line] of head.split(/\r?\n/).entries()) {
    if (index > 0) pieces.push({ look: 'plain', text: '\n' })
    const header = index === 0 ? null : HEADER.exec(line)
    if (!header) pieces.push(...withMasks(line, 'head'))
    else
      pieces.push(
        { look: 'name', text: header[1] ?? '' },
        { look: 'mark', text: header[2] ?? '' },
        ...withMasks(header[3] ?? '', 'value'),
      )
  }
  const body = rest.join('\n\n')
  return body === '' ? pieces : [...pieces, { look: 'plain', text: '\n\n' }, ...xml(pretty(body))]
}

const isHttp = (text: string): boolean =>
  /^(?:HTTP\/\d|[A-Z]{3,7} \S+ HTTP\/\d|[A-Z]{3,7} \/\S*\r?\n)/.test(text)

/** Beyond this the text is shown without colours: elements cost more than they tell. */
const MOST = 60_000

/** A wire text in pieces that, joined, are the text again (indented where it was XML on one line). */
export const piecesOf = (text: string): readonly Piece[] => {
  if (text.length > MOST) return withMasks(text, 'plain')
  if (isHttp(text)) return http(text)
  return text.trimStart().startsWith('<') ? xml(pretty(text)) : withMasks(text, 'plain')
}

/** The payload of an event is XML that was escaped into text (section 5.4): shown as what it is. */
const ESCAPED = />([^<>]*&lt;[^<>]*&gt;[^<>]*)</g
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()

/** XML on one line gets a line per element; what has lines already is left alone. */
export const pretty = (text: string): string => {
  const trimmed = text.trim()
  if (!trimmed.startsWith('<') || trimmed.includes('\n')) return text
  const readable = trimmed.replace(ESCAPED, (_, escaped: string) => `>${unescaped(escaped)}<`)
  let depth = 0
  const lines: string[] = []
  for (const part of readable.split(/(?<=>)(?=<)/)) {
    const closes = part.startsWith('</')
    if (closes) depth = Math.max(0, depth - 1)
    lines.push('  '.repeat(depth) + part)
    const opens = /^<[^/?!]/.test(part) && !part.endsWith('/>') && !/<\/[^>]*>$/.test(part)
    if (opens) depth++
  }
  return lines.join('\n')
}
