import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultSettings, type StoredSettings } from '../../src-main/settings/schema'

/** The folder of one installation: settings, logs and whatever Chromium keeps. */
export interface Profile {
  readonly folder: string
  readonly settings: () => StoredSettings
  readonly write: (change: Partial<StoredSettings>) => void
  /** All log files, oldest lines first as far as it matters. */
  readonly log: () => string
  /** Every file, for searches. */
  readonly files: () => readonly { readonly path: string; readonly bytes: Buffer }[]
  readonly remove: () => void
}

export function createProfile(initial: Partial<StoredSettings>): Profile {
  const folder = fs.mkdtempSync(join(tmpdir(), 'sidetone-profile-'))
  const file = join(folder, 'settings.json')
  const write = (settings: StoredSettings): void => {
    fs.writeFileSync(file, JSON.stringify(settings), { mode: 0o600 })
  }
  const settings = (): StoredSettings => JSON.parse(fs.readFileSync(file, 'utf8')) as StoredSettings
  write({ ...defaultSettings('sidetone-0e2e'), ...initial })
  const files = () =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path, bytes: fs.readFileSync(path) }))
  return {
    folder,
    settings,
    write: (change) => {
      write({ ...settings(), ...change })
    },
    log: () =>
      files()
        .filter(({ path }) => path.startsWith(join(folder, 'logs')))
        .map(({ bytes }) => bytes.toString('utf8'))
        .join(''),
    files,
    remove: () => {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** The lines main wrote about errors of its own. */
export const errorLines = (log: string): readonly string[] =>
  log.split('\n').filter((line) => line.includes('"level":"error"'))
