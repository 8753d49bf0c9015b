/** Deeper than anything a bundle holds. */
const MAX_DEPTH = 24

/** Shorter texts cannot hold brackets enough to matter. */
const HARMLESS = 50_000

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Brackets outside of texts. Millions of open ones would take a parser gigabytes. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      index += 1
      while (index < text.length && text.charCodeAt(index) !== QUOTE) {
        if (text.charCodeAt(index) === BACKSLASH) index += 1
        index += 1
      }
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1
      if (depth > MAX_DEPTH) return true
    } else if (code === 0x5d || code === 0x7d) depth -= 1
  }
  return false
}

/** The value, or undefined for anything that is not JSON of a sensible depth. */
export const parseJson = (text: string): unknown => {
  if (text.length > HARMLESS && isTooDeep(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
