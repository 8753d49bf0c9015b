import type { ProbeKey } from '../../src-contract/messages/probe'
import { err, ok, type Result } from '../finesse/result'
import { readCaFile } from '../finesse/transport/caFile'

/** The text of the file, or what is wrong with it; null for no file. */
export const readCa = async (path: string | null): Promise<Result<string | null, ProbeKey>> => {
  if (path === null) return ok(null)
  const text = await readCaFile(path)
  if (text.ok) return text
  return err(text.error === 'invalid' ? 'bad.caInvalid' : 'bad.caUnreadable')
}
