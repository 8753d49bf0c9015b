import type { AppInfo } from '../../src-contract/state'
import type { App } from 'electron'

export const appInfo = (app: App, tray: boolean): AppInfo => ({
  name: app.name,
  version: app.getVersion(),
  electron: process.versions.electron,
  chrome: process.versions.chrome,
  platform: process.platform,
  packaged: app.isPackaged,
  tray,
})
