import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MIN_SIZE, placeWindow } from './bounds'
import type { DisplayArea } from './bounds'

const left: DisplayArea = { id: '1', workArea: { x: 0, y: 0, width: 1920, height: 1040 } }
const right: DisplayArea = { id: '2', workArea: { x: 1920, y: 0, width: 1280, height: 1000 } }
const saved = { x: 2100, y: 100, width: 900, height: 600 }

describe('placeWindow', () => {
  it('goes back to where it was', () => {
    expect(placeWindow(saved, [left, right])).toEqual(saved)
  })

  it('T9: comes back to the display that is left', () => {
    expect(placeWindow(saved, [left])).toEqual({ x: 510, y: 220, width: 900, height: 600 })
  })

  it('starts centred at its first size', () => {
    expect(placeWindow(null, [left])).toEqual({ x: 480, y: 200, width: 960, height: 640 })
  })

  it.each([
    ['far above', { ...saved, y: -500 }],
    ['below the edge', { ...saved, y: 1030 }],
    ['a sliver at the side', { ...saved, x: 1920 + 1250 }],
  ])('is not restored %s', (_name, bounds) => {
    expect(placeWindow(bounds, [left, right])).not.toMatchObject({ x: bounds.x, y: bounds.y })
  })

  it('T9: always leaves the title bar within reach', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 })
    const size = fc.integer({ min: 1, max: 10_000 })
    fc.assert(
      fc.property(fc.record({ x: number, y: number, width: size, height: size }), (bounds) => {
        const placed = placeWindow(bounds, [left, right])
        expect(placed).not.toBeNull()
        if (!placed) return
        const reachable = [left, right].some(
          ({ workArea }) =>
            placed.y >= workArea.y - 8 &&
            placed.y < workArea.y + workArea.height &&
            placed.x + placed.width > workArea.x &&
            placed.x < workArea.x + workArea.width,
        )
        expect(reachable).toBe(true)
        expect(placed.width).toBeGreaterThanOrEqual(MIN_SIZE.width)
        expect(placed.height).toBeGreaterThanOrEqual(MIN_SIZE.height)
      }),
    )
  })

  it('has no place without a display', () => {
    expect(placeWindow(saved, [])).toBeNull()
  })
})
