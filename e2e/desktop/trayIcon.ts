export type IconColour = {
  /** `#rrggbb` */
  readonly hex: string
  /** of the pixels that are at least half opaque, 0 to 1 */
  readonly share: number
}

export type TrayIcon = {
  readonly width: number
  readonly height: number
  /** Four bytes a pixel: alpha, red, green, blue. */
  readonly argb: Uint8Array
  /** Most frequent first, at most eight. */
  readonly colours: readonly IconColour[]
}

/** @param pixmaps the property IconPixmap, a(iiay); the largest picture counts */
export function readIcon(pixmaps: unknown): TrayIcon | null {
  const pictures = (Array.isArray(pixmaps) ? pixmaps : []) as ReadonlyArray<[number, number, Uint8Array]>
  const [largest] = pictures.toSorted((one, other) => other[0] - one[0])
  if (!largest) return null
  const [width, height, argb] = largest
  return { width, height, argb, colours: dominantColours(argb) }
}

function dominantColours(argb: Uint8Array): IconColour[] {
  const counts = new Map<string, number>()
  let opaque = 0
  for (let at = 0; at + 3 < argb.length; at += 4) {
    const [alpha = 0, ...rgb] = argb.subarray(at, at + 4)
    if (alpha < 128) continue
    opaque++
    const hex = `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`
    counts.set(hex, (counts.get(hex) ?? 0) + 1)
  }
  return [...counts]
    .map(([hex, count]) => ({ hex, share: count / opaque }))
    .toSorted((one, other) => other.share - one.share)
    .slice(0, 8)
}
