import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Old or new, never half (fault D2): written beside the file, flushed to disk, renamed over it. The folder is flushed
 * too where that is possible (not on Windows), so that the new name survives a power cut. Rejects with the system's
 * error; the old file is intact then. One writer at a time: an app that was killed leaves one `.tmp` at most, and the
 * next write clears it away.
 */
export const writeAtomically = async (file: string, content: string): Promise<void> => {
  const temporary = `${file}.tmp`
  try {
    await rm(temporary, { force: true })
    // Never through a link that somebody has put there.
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(content, 'utf8')
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await flushFolder(dirname(file))
}

const flushFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
