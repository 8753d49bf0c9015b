import type { Look } from '../../src-contract/model'

/** Straight (not premultiplied) colour, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Middle tones: at least 3:1 on a white and on a near-black panel, since no one tells us the panel's colour. */
export const LOOK_COLOURS: Readonly<Record<Look, Rgb>> = {
  ready: [31, 157, 85],
  notReady: [217, 119, 6],
  call: [47, 124, 246],
  hold: [47, 124, 246],
  wrapUp: [139, 92, 246],
  reserved: [13, 148, 136],
  signedOut: [128, 137, 146],
  lost: [225, 59, 87],
  unknown: [128, 137, 146],
}

/** Inside the shape? Coordinates in the unit square, y down. The same shapes as in the windows (docs: design). */
export type Shape = (x: number, y: number) => boolean

const fromCentre = (x: number, y: number): number => Math.hypot(x - 0.5, y - 0.5)
const disc: Shape = (x, y) => fromCentre(x, y) <= 0.42
const ring: Shape = (x, y) => disc(x, y) && fromCentre(x, y) >= 0.28
const bars: Shape = (x, y) => y >= 0.1 && y <= 0.9 && ((x >= 0.18 && x <= 0.43) || (x >= 0.57 && x <= 0.82))
const rhombus = (x: number, y: number): number => Math.abs(x - 0.5) + Math.abs(y - 0.5)
const diamond: Shape = (x, y) => rhombus(x, y) <= 0.48
const hollowDiamond: Shape = (x, y) => diamond(x, y) && rhombus(x, y) >= 0.26
const hourglass: Shape = (x, y) =>
  y >= 0.08 && y <= 0.92 && Math.abs(x - 0.5) <= 0.07 + 0.75 * Math.max(0, Math.abs(y - 0.5) - 0.02)
const triangle: Shape = (x, y) => y >= 0.1 && y <= 0.88 && Math.abs(x - 0.5) <= ((y - 0.1) / 0.78) * 0.46
const struck: Shape = (x, y) => ring(x, y) || (disc(x, y) && Math.abs(x + y - 1) <= 0.1)
const dotted: Shape = (x, y) => ring(x, y) || fromCentre(x, y) <= 0.11

export const LOOK_SHAPES: Readonly<Record<Look, Shape>> = {
  ready: disc,
  notReady: bars,
  call: diamond,
  hold: hollowDiamond,
  wrapUp: hourglass,
  reserved: triangle,
  signedOut: ring,
  lost: struck,
  unknown: dotted,
}

/** The mark for a lost connection: a struck disc in the lower right corner, set off by a gap. */
const BADGE = { x: 0.74, y: 0.74, radius: 0.26, gap: 0.07 } as const

const fromBadge = (x: number, y: number): number => Math.hypot(x - BADGE.x, y - BADGE.y)
export const badgeShape: Shape = (x, y) =>
  fromBadge(x, y) <= BADGE.radius &&
  !(Math.abs(x - BADGE.x + (y - BADGE.y)) <= 0.07 && fromBadge(x, y) <= 0.19)
export const outsideBadge: Shape = (x, y) => fromBadge(x, y) > BADGE.radius + BADGE.gap
export const BADGE_COLOUR: Rgb = LOOK_COLOURS.lost
