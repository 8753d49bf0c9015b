const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const once = (text: string): string =>
  text.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (whole, name, decimal, hex) => {
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

/** XML text as it was before it was escaped, however often. */
export const decodeEntities = (text: string): string => {
  let current = text
  for (let round = 0; round < 4 && current.includes('&'); round += 1) {
    const next = once(current)
    if (next === current) break
    current = next
  }
  return current
}

/** One level only. */
export const decodeEntitiesOnce = once
