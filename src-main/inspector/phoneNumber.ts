/** A stretch of text that may be a telephone number. `end` is exclusive. */
export interface NumberMatch {
  readonly end: number
  readonly digits: string
  /** Written with a leading `+` in some spelling. */
  readonly plus: boolean
  /** Digits only, nothing between them. */
  readonly plain: boolean
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57
export const isAlnum = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)

/** Spaces (also no-break), `-`, `.`, `/`, `(`, `)`; in query strings also `+`. Length of the separator, 0: none. */
const separatorAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  if (code === 32 || code === 45 || code === 46 || code === 47 || code === 40 || code === 41) return 1
  if (code === 43 || code === 0xa0 || code === 0x2011 || code === 0x202f) return 1
  // %20, %2D, %2E, %2F, %28, %29, %A0
  if (code === 37) return /^%(?:2[0BDEF89]|A0)/i.test(text.slice(at, at + 3)) ? 3 : 0
  return 0
}

const MOST_DIGITS = 24

/** The longest telephone-like stretch from `start` (a digit, `+` or `(`), or null when there are no digits. */
export const numberAt = (text: string, start: number, plus: boolean): NumberMatch | null => {
  let at = start
  let end = start
  let digits = ''
  let plain = true
  let run = start
  while (at < text.length) {
    run = at
    while (isDigit(text.charCodeAt(at))) at += 1
    if (at > run) {
      digits += text.slice(run, at)
      end = at
      if (digits.length > MOST_DIGITS) break
    }
    // At most three in a row: `) - `.
    let between = at
    for (let count = 0; count < 3; count += 1) {
      const length = separatorAt(text, between)
      if (length === 0) break
      between += length
    }
    if (between === at || !isDigit(text.charCodeAt(between))) break
    if (digits !== '') plain = false
    at = between
  }
  return digits === '' ? null : { end, digits, plus, plain }
}

/** A date, and with it the time of day that Finesse writes behind it. */
const ISO_DATE =
  /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?(?!\d))?/
const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.])/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\d*/i

/** Length of the date, and of its time, at the beginning; 0: none. */
export const dateLength = (text: string, at: number): number => {
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return 0
  return ISO_DATE.exec(text.slice(at, at + 40))?.[0].length ?? 0
}

/** Also the counter that Finesse appends to the UUID of an item (5.4). */
export const uuidLength = (text: string, at: number): number => {
  if (text.charCodeAt(at + 8) !== 45 || text.charCodeAt(at + 13) !== 45) return 0
  return UUID.exec(text.slice(at, at + 48))?.[0].length ?? 0
}

/** Four pairs are how some countries write telephone numbers: those are no address. */
export const ipLength = (text: string, at: number): number => {
  // Three digits at most, then a dot.
  if (text.charCodeAt(at + 1) !== 46 && text.charCodeAt(at + 2) !== 46 && text.charCodeAt(at + 3) !== 46)
    return 0
  const found = IPV4.exec(text.slice(at, at + 16))
  if (found === null) return 0
  const groups = found.slice(1)
  if (groups.some((group) => Number(group) > 255)) return 0
  return groups.every((group) => group.length === 2) ? 0 : found[0].length
}
