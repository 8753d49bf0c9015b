import type { BrowserWindow, Screen } from 'electron'
import { placeWindow } from '../app/bounds'
import type { DisplayArea } from '../app/bounds'
import type { FinesseClock } from '../finesse/notifications/types'
import type { SettingsStore } from '../settings/store'
import { lastBounds, rememberBounds } from '../settings/windowBounds'

/** A window dragged or sized has come to rest after this. */
const SETTLED_MS = 400

const areaOf = (display: Electron.Display): DisplayArea => ({
  id: String(display.id),
  workArea: display.workArea,
})

/** Puts the window where it was last, and remembers where it goes, per display. */
export const keepPlacement = (
  window: BrowserWindow,
  screen: Screen,
  settings: SettingsStore,
  clock: FinesseClock,
): void => {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  const bounds = placeWindow(lastBounds(settings.get()), [primary, ...others].map(areaOf))
  if (bounds) window.setBounds(bounds)
  const remember = (): void => {
    if (window.isDestroyed() || window.isMinimized() || !window.isVisible()) return
    const normal = window.getNormalBounds()
    rememberBounds(settings, String(screen.getDisplayMatching(normal).id), normal)
  }
  let cancel = (): void => undefined
  const soon = (): void => {
    cancel()
    cancel = clock.after(SETTLED_MS, remember)
  }
  // `moved` and `resized` do not exist on Linux; these come for every pixel.
  window.on('move', soon)
  window.on('resize', soon)
  window.on('close', remember)
  window.on('closed', () => cancel())
}
