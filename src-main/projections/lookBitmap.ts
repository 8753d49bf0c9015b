import type { Look } from '../../src-contract/model'
import { BADGE_COLOUR, LOOK_COLOURS, LOOK_SHAPES, badgeShape, outsideBadge } from './lookShapes'
import type { Shape } from './lookShapes'

const SAMPLES = 5

/** Share of the pixel that lies inside, 0 to 1. */
const coverage = (shape: Shape, column: number, row: number, size: number): number => {
  let inside = 0
  for (let a = 0; a < SAMPLES; a += 1)
    for (let b = 0; b < SAMPLES; b += 1)
      if (shape((column + (a + 0.5) / SAMPLES) / size, (row + (b + 0.5) / SAMPLES) / size)) inside += 1
  return inside / (SAMPLES * SAMPLES)
}

/**
 * `size` x `size` pixels, four bytes each in the order blue, green, red, alpha, premultiplied: what
 * `nativeImage.createFromBitmap` takes.
 */
export const drawLook = (look: Look, badge: boolean, size: number): Buffer => {
  const pixels = Buffer.alloc(size * size * 4)
  const shape = LOOK_SHAPES[look]
  const body: Shape = badge ? (x, y) => shape(x, y) && outsideBadge(x, y) : shape
  const colour = LOOK_COLOURS[look]
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const main = coverage(body, column, row, size)
      const mark = badge ? coverage(badgeShape, column, row, size) : 0
      const offset = (row * size + column) * 4
      const mix = (index: 0 | 1 | 2): number => Math.round(colour[index] * main + BADGE_COLOUR[index] * mark)
      pixels[offset] = mix(2)
      pixels[offset + 1] = mix(1)
      pixels[offset + 2] = mix(0)
      pixels[offset + 3] = Math.round(255 * Math.min(1, main + mark))
    }
  return pixels
}
