import type { NameMeaning } from './maskNames'
import { isAlnum } from './phoneNumber'

/** No id, no value of a header is longer. */
const NEAR = 1_000

/**
 * Where a value that begins at `at` ends; `find` answers -1 when it has no end. What is kept is scanned on: its end is
 * looked for near by only, or every part of it would look to the end of all.
 */
export const endOf = (
  meaning: NameMeaning,
  text: string,
  at: number,
  find: (text: string, from: number) => number,
): number => {
  const isKept = meaning === 'keep' || meaning === 'agent'
  const found = isKept ? find(text.slice(at, at + NEAR), 0) : find(text, at)
  if (found < 0) return isKept ? Math.min(text.length, at + NEAR) : text.length
  return isKept ? at + found : found
}

/** The last two characters of an entity before its semicolon: `lt`, `#60`, `#x3c`. */
export const bracketBefore = (first: number, second: number): '<' | '>' | null => {
  // t
  if (second === 116) return first === 108 ? '<' : first === 103 ? '>' : null
  if (first === 54) return second === 48 ? '<' : second === 50 ? '>' : null
  if (first !== 51) return null
  return second === 99 || second === 67 ? '<' : second === 101 || second === 69 ? '>' : null
}

/** Where the entity that ends here begins, however often it is escaped; -1: not near by. */
export const entityStart = (text: string, end: number): number => {
  const from = Math.max(0, end - 20)
  const at = text.slice(from, end).lastIndexOf('&')
  return at < 0 ? -1 : from + at
}

export const isNamePart = (code: number): boolean =>
  isAlnum(code) || code === 95 || code === 46 || code === 45 || code === 91 || code === 93

/** a to f: more of a hash than of a number. */
export const isHexDigitLetter = (code: number): boolean =>
  (code >= 97 && code <= 102) || (code >= 65 && code <= 70)

/** `/finesse/api/Dialog/2144292811`, also URL-encoded: an id. */
export const isPath = (text: string, at: number): boolean => {
  if (text.charCodeAt(at - 1) === 47) return at > 1 && isAlnum(text.charCodeAt(at - 2))
  return /%2f$/i.test(text.slice(Math.max(0, at - 3), at))
}

export const plusEntity = (text: string, at: number): number => {
  const next = text.charCodeAt(at + 1)
  // `&lt;`, `&gt;` and `&quot;` are what one meets.
  if (next !== 35 && next !== 112 && next !== 97) return 0
  return /^&(?:amp;)*(?:#43|#x2b|plus);/i.exec(text.slice(at, at + 24))?.[0].length ?? 0
}

const QUOTES = ['"', "'", '\\"', '&quot;', '&apos;', '&amp;quot;', '&#34;', '%22'] as const

export const quoteBefore = (text: string, end: number): number => {
  for (const quote of QUOTES)
    if (text.endsWith(quote, end)) return quote === '"' && text[end - 2] === '\\' ? 2 : quote.length
  return 0
}

export const quoteAt = (text: string, at: number): string => {
  for (const quote of QUOTES) if (text.startsWith(quote, at)) return quote
  return ''
}

const UNQUOTED_END = /[&,;}\])\s"'<#]/g

export const valueEnd = (text: string, from: number, quote: string, isHeader: boolean): number => {
  if (quote !== '') {
    let end = text.indexOf(quote, from)
    // A quote within a JSON string.
    while (end > 0 && quote === '"' && text[end - 1] === '\\') end = text.indexOf(quote, end + 1)
    return end < 0 ? text.length : end
  }
  if (isHeader) {
    const line = text.indexOf('\r\n', from)
    return line < 0 ? text.length : line
  }
  UNQUOTED_END.lastIndex = from
  return UNQUOTED_END.exec(text)?.index ?? text.length
}

/** Below `?`: blanks, quotes and the like. What the scan looks at is 0. */
export const MEANS_NOTHING = Uint8Array.from({ length: 63 }, (_, code) =>
  '%&+-0123456789:;<=>'.includes(String.fromCharCode(code)) ? 0 : 1,
)

export const BRACKET_LENGTH = '&lt;'.length

/** `&lt;` and `&gt;`, the two that payloads are full of: the character they stand for, 0 for anything else. */
export const bracketAt = (text: string, at: number): number => {
  if (text.charCodeAt(at + 3) !== 59 || text.charCodeAt(at + 2) !== 116) return 0
  const first = text.charCodeAt(at + 1)
  return first === 108 ? 60 : first === 103 ? 62 : 0
}
