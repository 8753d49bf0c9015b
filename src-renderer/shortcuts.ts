/** Shortcuts inside the window. Control is Command on a Mac. */
const SHORTCUTS = {
  state: { code: 'KeyK', shift: false, keys: ['Ctrl', 'K'] },
  ready: { code: 'KeyA', shift: true, keys: ['Ctrl', 'Shift', 'A'] },
  find: { code: 'KeyF', shift: false, keys: ['Ctrl', 'F'] },
  reconnect: { code: 'KeyL', shift: true, keys: ['Ctrl', 'Shift', 'L'] },
  signOut: { code: 'KeyO', shift: true, keys: ['Ctrl', 'Shift', 'O'] },
  desk: { code: 'Digit1', shift: false, keys: ['Ctrl', '1'] },
  connection: { code: 'Digit2', shift: false, keys: ['Ctrl', '2'] },
  settings: { code: 'Comma', shift: false, keys: ['Ctrl', ','] },
} as const

export type Shortcut = keyof typeof SHORTCUTS
export const SHORTCUT_NAMES = Object.keys(SHORTCUTS) as readonly Shortcut[]

export const keysOf = (name: Shortcut): readonly string[] => SHORTCUTS[name].keys

/** Physical keys: the same place on every layout. */
export const shortcutOf = (
  event: Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): Shortcut | null => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  return (
    SHORTCUT_NAMES.find(
      (name) => SHORTCUTS[name].code === event.code && SHORTCUTS[name].shift === event.shiftKey,
    ) ?? null
  )
}
