import { join } from 'node:path'
import { createLog } from '../platform/log'
import { createLogFiles } from '../platform/logFiles'
import { newBesideResource } from '../platform/ids'
import type { Redactor } from '../platform/redact'
import { writeAtomically } from '../settings/atomicWrite'
import { loadSettings } from '../settings/load'
import { createSettingsStore } from '../settings/store'

const LOG_BYTES = 2 * 1024 * 1024
const LOG_FILES = 5

/** The profile folder's contents: log files and settings. */
export const openStorage = (profile: string, redactor: Redactor, onWriteFailed: () => void) => {
  const logFiles = createLogFiles({
    folder: join(profile, 'logs'),
    name: 'sidetone',
    maxBytes: LOG_BYTES,
    keep: LOG_FILES,
  })
  const log = createLog({ files: logFiles, redactor, now: () => Date.now() })
  const file = join(profile, 'settings.json')
  const loaded = loadSettings(file, newBesideResource())
  const settings = createSettingsStore({
    initial: loaded.settings,
    write: (content) => writeAtomically(file, content),
    onWriteFailed: (error) => {
      log.warn('settingsNotSaved', { problem: error instanceof Error ? error.message : 'unknown' })
      onWriteFailed()
    },
  })
  return { log, logFiles, settings, file, trouble: loaded.trouble, stored: loaded.stored }
}
