import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NO_INSPECTION } from '../../../src-contract/inspector'
import type { Masks } from '../bundle/masks'
import type { BundleContents } from '../bundle/write'
import { createListSource, EMPTY_HEALTH, type Lists } from './listSource'
import { failedAttempt, sampleAttempt } from './samples'

export const NO_SECRETS: Masks = { redact: (text) => text, holdsSecret: () => false }

export const listContents = (
  lists: Partial<Lists> = {},
  over: Partial<BundleContents> = {},
): BundleContents => {
  const { entries = [] } = lists
  return {
    source: createListSource({
      attempts: [sampleAttempt(), failedAttempt()],
      health: EMPTY_HEALTH,
      ...lists,
      entries,
    }),
    trace: {
      ...NO_INSPECTION.trace,
      first: entries[0]?.seq ?? 0,
      next: (entries.at(-1)?.seq ?? -1) + 1,
      maxBytes: 32_000_000,
    },
    rawTrace: async (seq, count) => entries.filter((entry) => entry.seq >= seq && entry.seq < seq + count),
    server: 'fin-a.example.com:8445',
    version: '0.1.0',
    platform: 'linux x64',
    versions: { electron: '33.2.1', node: '20.18.1' },
    settings: [{ name: 'server', value: 'fin-a.example.com', source: 'file' }],
    logs: [],
    ...over,
  }
}

const folders: string[] = []

export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sidetone-bundle-'))
  folders.push(folder)
  return folder
}

export const removeFolders = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}
