const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_at, last) => last,
}

/**
 * Arrow keys among the elements marked `data-roving` of a list: one of them is in the tab order, the chosen one.
 * `choose` gets the mark's value.
 */
export const roveBy =
  (choose: (value: string) => void) =>
  (event: KeyboardEvent): void => {
    const step = STEPS[event.key]
    const list = event.currentTarget
    if (!step || !(list instanceof HTMLElement)) return
    const items = [...list.querySelectorAll<HTMLElement>('[data-roving]')]
    const at = items.findIndex((item) => item === document.activeElement)
    const next = items[Math.max(0, Math.min(items.length - 1, step(at, items.length - 1)))]
    event.preventDefault()
    if (!next) return
    next.focus()
    choose(next.dataset['roving'] ?? '')
  }
