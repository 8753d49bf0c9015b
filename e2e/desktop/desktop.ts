import { connectToBus } from './bus'
import { startNotificationService, type NotificationMatch, type ShownNotification } from './notifications'
import { startTray, type Tray } from './tray'

/** What the desktop around the app saw, and what a person there can do. */
export type Desktop = {
  /** Every notification since the start or the last `forgetNotifications`, in order. */
  readonly notifications: readonly ShownNotification[]
  readonly forgetNotifications: () => void
  /** The first one that matches, also if it came already. */
  readonly waitForNotification: (match: NotificationMatch, timeoutMs?: number) => Promise<ShownNotification>
  readonly click: (id: number) => void
  readonly dismiss: (id: number) => void
  readonly tray: Tray
  readonly stop: () => void
}

/**
 * The test process becomes the desktop of its private session bus. Start it before the app: Electron looks for both
 * services once, when it shows its tray icon and its first notification.
 */
export async function startDesktop(): Promise<Desktop> {
  const bus = await connectToBus()
  const service = await startNotificationService(bus)
  const tray = await startTray(bus)
  return {
    get notifications() {
      return service.shown
    },
    forgetNotifications: () => {
      service.shown = []
    },
    waitForNotification: (match, timeoutMs = 10_000) => service.waitFor(match, timeoutMs),
    click: (id) => {
      service.click(id)
    },
    dismiss: (id) => {
      service.close(id, 'dismissed')
    },
    tray,
    stop: () => {
      bus.disconnect()
    },
  }
}
