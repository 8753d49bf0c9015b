import { describe, expect, it } from 'vitest'
import type { Look } from '../../src-contract/model'
import { drawLook } from './lookBitmap'
import { LOOK_COLOURS } from './lookShapes'

const LOOKS = Object.keys(LOOK_COLOURS) as Look[]

/** The shape alone: which pixels are covered. */
const silhouette = (look: Look, size: number): string => {
  const pixels = drawLook(look, false, size)
  return Array.from({ length: size * size }, (_, n) => ((pixels[n * 4 + 3] ?? 0) > 127 ? '#' : '.')).join('')
}

const contrast = (a: readonly number[], b: readonly number[]): number => {
  const light = (colour: readonly number[]): number =>
    colour
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

describe('tray icon', () => {
  it.each([16, 22, 32, 44])('has another shape for every look at %i pixels', (size) => {
    expect(new Set(LOOKS.map((look) => silhouette(look, size))).size).toBe(LOOKS.length)
  })

  it('can be seen on light and on dark panels', () => {
    for (const look of LOOKS)
      for (const panel of [
        [255, 255, 255],
        [24, 24, 24],
      ])
        expect(contrast(LOOK_COLOURS[look], panel)).toBeGreaterThanOrEqual(3)
  })

  it('is premultiplied: no channel is above its alpha', () => {
    for (const look of LOOKS)
      for (const badge of [false, true]) {
        const pixels = drawLook(look, badge, 22)
        for (let offset = 0; offset < pixels.length; offset += 4)
          for (let channel = 0; channel < 3; channel += 1)
            expect(pixels[offset + channel] ?? 0).toBeLessThanOrEqual(pixels[offset + 3] ?? 0)
      }
  })

  it('shows the mark for a lost connection at the lower right', () => {
    const at = (buffer: Buffer, x: number, y: number) => [
      ...buffer.subarray((y * 22 + x) * 4, (y * 22 + x) * 4 + 3),
    ]
    const [red, green, blue] = LOOK_COLOURS.lost
    expect(at(drawLook('ready', true, 22), 19, 19)).toEqual([blue, green, red])
    expect(at(drawLook('ready', true, 22), 8, 8)).toEqual([...LOOK_COLOURS.ready].reverse())
  })
})
