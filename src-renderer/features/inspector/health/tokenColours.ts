const NAMES = ['accent', 'wrap', 'lost', 'line', 'muted', 'surface'] as const
export type TokenColours = Readonly<Record<(typeof NAMES)[number], string>>

/** A canvas knows no custom properties, and `light-dark()` is settled only where it is used: so it is used. */
export const tokenColours = (within: HTMLElement): TokenColours => {
  const probe = document.createElement('span')
  within.append(probe)
  const colours = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--${name})`
      return [name, getComputedStyle(probe).color]
    }),
  ) as Record<(typeof NAMES)[number], string>
  probe.remove()
  return colours
}

const SCHEMES = [
  '(prefers-color-scheme: dark)',
  '(prefers-contrast: more)',
  '(forced-colors: active)',
] as const

/** Calls back when the system changes its colours; returns the function that stops. */
export const onColoursChanged = (listener: () => void): (() => void) => {
  const queries = SCHEMES.map((query) => matchMedia(query))
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
  }
}
