import type { App, Session } from 'electron'
import { parseUrl } from './parseUrl'

export interface Guard {
  /** Addresses a page of ours may load by itself: the app's own page (and Vite's in development). */
  readonly allowed: (url: string) => boolean
  /** Asked for by a page; never opens a window of ours. */
  readonly openLink: (url: string) => void
  readonly refused: (what: string) => void
}

/** Denies what no page of ours needs, for every web contents that will ever exist (faults S16 to S22). */
export const guardContents = (app: App, guard: Guard): void => {
  app.on('web-contents-created', (_event, contents) => {
    const stopUnlessOurs = (what: string) => (details: Electron.Event<{ url: string }>) => {
      if (guard.allowed(details.url)) return
      details.preventDefault()
      guard.refused(what)
    }
    contents.on('will-navigate', stopUnlessOurs('navigate'))
    contents.on('will-frame-navigate', stopUnlessOurs('frameNavigate'))
    contents.on('will-redirect', stopUnlessOurs('redirect'))
    contents.on('will-attach-webview', (event) => {
      event.preventDefault()
      guard.refused('webview')
    })
    contents.setWindowOpenHandler(({ url }) => {
      guard.openLink(url)
      return { action: 'deny' }
    })
  })
}

/** No page of ours asks for anything: camera, location, MIDI, notifications (those are main's), devices. */
export const denyPermissions = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  session.on('will-download', (event) => event.preventDefault())
}

/** In the app: our origin. In development: Vite's origin and nothing else. */
export const allowOnly = (origins: readonly string[]) => (address: string) => {
  const url = parseUrl(address)
  return url !== null && origins.includes(`${url.protocol}//${url.host}`)
}
