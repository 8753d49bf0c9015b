import { readFile, stat } from 'node:fs/promises'
import type { ProbeKey } from '../../src-contract/messages/probe'
import { err, ok, type Result } from '../finesse/result'
import { parseCaFile } from '../finesse/transport/caFile'

const MAX_BYTES = 4 * 1024 * 1024

/** The text of the file if it holds certificates. Never falls back to less than was asked for (fault N22). */
export const readCa = async (path: string | null): Promise<Result<string | null, ProbeKey>> => {
  if (path === null) return ok(null)
  try {
    const found = await stat(path)
    // A device has no size, and no end.
    if (!found.isFile() || found.size > MAX_BYTES) return err('bad.caInvalid')
    const text = await readFile(path, 'utf8')
    return parseCaFile(text).ok ? ok(text) : err('bad.caInvalid')
  } catch {
    return err('bad.caUnreadable')
  }
}
