import { protocol } from 'electron'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://sidetone'
export const APP_PAGE = `${APP_ORIGIN}/index.html`

/** Must run before `ready`. `standard` gives the page an origin of its own, `secure` makes it a secure context. */
export const registerAppScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
