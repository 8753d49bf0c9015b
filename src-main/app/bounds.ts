export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface DisplayArea {
  readonly id: string
  readonly workArea: Bounds
}

export const MIN_SIZE = { width: 500, height: 400 } as const
export const START_SIZE = { width: 960, height: 640 } as const

/** So much of the title bar must stay reachable with a mouse, DIP. */
const GRIP = { width: 120, height: 32 } as const

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high))

const overlap = (start: number, length: number, areaStart: number, areaLength: number): number =>
  Math.min(start + length, areaStart + areaLength) - Math.max(start, areaStart)

const isReachable = (bounds: Bounds, area: Bounds): boolean =>
  overlap(bounds.x, bounds.width, area.x, area.width) >= GRIP.width &&
  bounds.y >= area.y - 8 &&
  bounds.y + GRIP.height <= area.y + area.height

const fit = (size: { width: number; height: number }, area: Bounds) => ({
  width: clamp(size.width, MIN_SIZE.width, Math.max(MIN_SIZE.width, area.width)),
  height: clamp(size.height, MIN_SIZE.height, Math.max(MIN_SIZE.height, area.height)),
})

/**
 * Where the window goes: where it was if its title bar can still be reached on some display (fault T9), else centred
 * on the first one. Sizes are brought within the minimum and the display.
 */
export const placeWindow = (saved: Bounds | null, displays: readonly DisplayArea[]): Bounds | null => {
  for (const { workArea } of saved ? displays : []) {
    const bounds = saved && { x: saved.x, y: saved.y, ...fit(saved, workArea) }
    if (bounds && isReachable(bounds, workArea)) return bounds
  }
  const first = displays[0]
  if (!first) return null
  const size = fit(saved ?? START_SIZE, first.workArea)
  return {
    x: Math.round(first.workArea.x + Math.max(0, first.workArea.width - size.width) / 2),
    y: Math.round(first.workArea.y + Math.max(0, first.workArea.height - size.height) / 2),
    ...size,
  }
}
