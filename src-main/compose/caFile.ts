import { open } from 'node:fs/promises'
import type { Problem } from '../../src-contract/problem'
import { problem } from '../../src-contract/problem'
import type { Result } from '../../src-contract/result'
import { err, ok } from '../../src-contract/result'
import { parseCaFile } from '../finesse/transport/caFile'

const MAX_BYTES = 4 * 1024 * 1024

/** The text of the file if it holds certificates. Never falls back to less than was asked for (fault N22). */
export const readCaFile = async (path: string): Promise<Result<string, Problem>> => {
  let text: string
  try {
    const file = await open(path, 'r')
    try {
      const stat = await file.stat()
      // A device has no size, and no end.
      if (!stat.isFile() || stat.size > MAX_BYTES) return err(problem('caFileInvalid', { path }))
      text = await file.readFile('utf8')
    } finally {
      await file.close()
    }
  } catch {
    return err(problem('caFileUnreadable', { path }))
  }
  return parseCaFile(text).ok ? ok(text) : err(problem('caFileInvalid', { path }))
}
