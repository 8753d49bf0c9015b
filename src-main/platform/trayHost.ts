import { execFile } from 'node:child_process'

/**
 * Does this Linux desktop show tray icons? Electron does not know; the session bus does, and `dbus-send` asks it.
 * False when nobody can tell, because there is no bus or no such program: a window that hides must come back (T8).
 */
export const hasTrayHost = (platform: NodeJS.Platform): Promise<boolean> => {
  if (platform !== 'linux') return Promise.resolve(true)
  const question = [
    '--session',
    '--print-reply',
    '--reply-timeout=1000',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.kde.StatusNotifierWatcher',
  ]
  return new Promise((resolve) => {
    execFile('dbus-send', question, { timeout: 2000 }, (error, answer) => {
      resolve(error === null && answer.includes('boolean true'))
    })
  })
}
