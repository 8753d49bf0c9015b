import type { ShellSlices } from '../session/view'

export interface ShellState {
  get(): ShellSlices
  /** Changes are shallow and whole: a slice is replaced, never edited. */
  set(change: Partial<ShellSlices>): void
  /** Returns the function that stops listening. */
  onChange(listener: (prev: ShellSlices, next: ShellSlices) => void): () => void
}

/** The part of the state that the shell answers for: application, settings, sign-in form, question. */
export const createShellState = (initial: ShellSlices): ShellState => {
  let current = initial
  const listeners = new Set<(prev: ShellSlices, next: ShellSlices) => void>()
  return {
    get: () => current,
    set: (change) => {
      const prev = current
      current = { ...prev, ...change }
      for (const listener of listeners) listener(prev, current)
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
