/** A number from 0 up to but not including 1, as Math.random. */
export type Random = () => number

/** mulberry32: small, fast, the same sequence everywhere for the same seed. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const integerBetween = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1))

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[Math.floor(random() * items.length)]
}

const HEX = '0123456789abcdef'

export const randomText = (random: Random, length: number): string =>
  Array.from({ length }, () => HEX[Math.floor(random() * 16)] ?? '0').join('')

/** The shape of a version 4 UUID; Finesse puts one in front of the counter of each item (5.4). */
export function randomUuid(random: Random): string {
  const hex = randomText(random, 31)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}
